"""The library's own fixed words, in Spanish and English.

Prose belongs to notebooks; only what every briefing prints alike (labels, marks, the line of a source) stands here.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal

Language = Literal["es", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("es", "en")

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "absent_at_date": (
        "Sin cifra en las tablas de este informe con este corte",
        "No figure in the tables of this briefing at this cut-off",
    ),
    "after_cutoff": ("posterior al corte", "after the cut-off"),
    "accessed": ("consulta", "accessed"),
    "all_briefings": ("Todos los informes", "All briefings"),
    "and": ("y", "and"),
    "as_of": ("Corte: {date}", "Cut-off: {date}"),
    "billions_letter": ("mM", "bn"),
    "break": ("no comparable", "not comparable"),
    "calculation": ("Cómo se calcularon y se marcan las cifras", "How figures were made and are marked"),
    "changes": ("Qué cambió desde la edición anterior", "What changed since the previous edition"),
    "changes_table": ("Cifras clave de las dos ediciones", "Key figures of the two editions"),
    "chart_data": ("Datos de esta gráfica", "Data of this chart"),
    "cite": ("Cómo citar.", "How to cite."),
    "comparison": ("Edición {before} y edición {now}: qué cambió", "Edition {before} and edition {now}: what changed"),
    "comparison_scope": (
        "Lo que cada informe dice de otra manera. Los puntos de las gráficas no se comparan uno a uno.",
        "What each briefing says differently. The points of charts are not compared one by one.",
    ),
    "contents": ("Contenido", "Contents"),
    "cutoff_rule": (
        "Se usan los periodos que habían terminado y que, según el plazo usual de cada fuente, ya se habían publicado "
        "al {date}. Los valores son los de la versión que cita cada fuente, no los que se conocían ese día; una "
        "versión fechada después lleva la marca «posterior al corte».",
        "Periods are used that had ended and, by the usual lag of each source, had been published by {date}. The "
        "values are those of the version that each source names, not those known on that day; a version dated later "
        "is marked “after the cut-off”.",
    ),
    "cutoff_term": ("Fecha de corte.", "Cut-off date."),
    "data_package": ("Paquete de datos de estos informes", "Data package of these briefings"),
    "data_read": ("Datos leídos el {date}", "Data read on {date}"),
    "definitions": ("Definiciones", "Definitions"),
    "difference_counts": (
        "Cifras de otro periodo o de otra cosa en el mismo lugar: {newer}; nuevas: {appeared}; que ya no están: "
        "{disappeared}.",
        "Figures of another period or of something else in the same place: {newer}; new: {appeared}; no longer there: "
        "{disappeared}.",
    ),
    "download_csv": ("Descargar CSV", "Download CSV"),
    "download_pdf": ("Descargar PDF", "Download PDF"),
    "download_svg": ("Descargar gráfica (SVG)", "Download chart (SVG)"),
    "draft": ("borrador", "draft"),
    "draft_edition": ("Borrador de la edición {name}", "Draft of edition {name}"),
    "edition": ("Edición {name}", "Edition {name}"),
    "element": ("Elemento", "Element"),
    "errata": (
        "Erratas y contacto: {contact}. Si encuentra un error en una cifra, díganoslo ahí; las correcciones se "
        "publican en la siguiente edición.",
        "Errata and contact: {contact}. If you find an error in a figure, tell us there; corrections appear in the "
        "next edition.",
    ),
    "few_cases": ("pocos casos", "few cases"),
    "figure": ("Gráfica", "Chart"),
    "figure_said": ("Cifra", "Figure"),
    "figure_went": ("Antes: {before}. Ahora: {now}.", "Before: {before}. Now: {now}."),
    "figures": ("Gráficas", "Charts"),
    "finds_both": ("Ambas ediciones encuentran: «{headline}»", "Both editions find: “{headline}”"),
    "finds_now": ("Esta edición encuentra: «{headline}»", "This edition finds: “{headline}”"),
    "found_before": (
        "La edición {edition}, con corte al {date}, encontró: «{headline}»",
        "The {edition} edition, with the cut-off {date}, found: “{headline}”",
    ),
    "goes_on": ("de del dice", "of say says"),
    "in": ("en", "in"),
    "index_scope": ("Datos públicos sobre migración, tema por tema", "Public data on migration, theme by theme"),
    "index_title": ("Informes por tema", "Briefings by theme"),
    "issue_tracker": ("registro de incidencias del proyecto", "issue tracker of the project"),
    "key_figures": ("Cifras clave", "Key figures"),
    "language": ("Español", "English"),
    "last_datum": ("Último dato: {period}", "Latest data: {period}"),
    "licence": ("Licencia", "Licence"),
    "licence_of_each": ("la de cada tabla", "that of each table"),
    "limits": ("Qué no dicen estos datos", "What these data do not say"),
    "millions": ("millones", "million"),
    "millions_letter": ("M", "M"),
    "millions_of": ("millones de {unit}", "million {unit}"),
    "no_data": ("s/d", "n/a"),
    "noncommercial": ("uso no comercial", "non-commercial use"),
    "of_what": ("De", "Of"),
    "only_before": ("Este informe ya no está en la edición nueva.", "This briefing is no longer in the new edition."),
    "only_now": ("Este informe no estaba en la edición anterior.", "This briefing was not in the previous edition."),
    "overview": ("Resumen", "Summary"),
    "page": ("Página", "Page"),
    "partial": ("incompleto", "incomplete"),
    "period": ("Periodo", "Period"),
    "points": ("puntos", "points"),
    "preliminary": ("preliminar", "preliminary"),
    "quoted": ("«{text}»", "“{text}”"),
    "reach": (
        "Sus series terminan entre {oldest} y {newest}",
        "Its series end between {oldest} and {newest}",
    ),
    "reach_of_all": ("Todas sus series terminan en {newest}", "All its series end in {newest}"),
    "read_here": ("Leer en español", "Read in English"),
    "reconstruction": ("Reconstrucción con los datos del {date}", "Reconstruction with the data of {date}"),
    "reconstruction_rule": (
        "Este informe mira una fecha pasada con los datos del {date}: nadie lo publicó entonces, y lo que se sabía "
        "aquel día pudo ser distinto.",
        "This briefing looks at a past date with the data of {date}: nobody published it then, and what was known on "
        "that day may have been different.",
    ),
    "reconstruction_term": ("Reconstrucción.", "Reconstruction."),
    "revised_since": (
        "Cifras del mismo periodo en ambas ediciones: {both}; revisadas desde entonces: {revised}.",
        "Figures of the same period in both editions: {both}; revised since: {revised}.",
    ),
    "revised_table": ("Cifras del mismo periodo con otro valor", "Figures of the same period with another value"),
    "scroll_hint": ("Deslice el cuadro hacia los lados", "Scroll the table sideways"),
    "series_kind": ("Informes breves", "Briefings"),
    "skip_to_content": ("Ir al contenido", "Skip to content"),
    "source": ("Fuente", "Source"),
    "source_of_table": ("Fuente de toda la tabla", "Source of the whole table"),
    "sources": ("Fuentes", "Sources"),
    "stale": ("no actualizado", "not up to date"),
    "table": ("Cuadro", "Table"),
    "tables": ("Cuadros", "Tables"),
    "text": ("Texto", "Text"),
    "their_figures": ("Entre sus cifras clave: {figures}.", "Among its key figures: {figures}."),
    "theme_of": ("Tema {number} de {count}", "Theme {number} of {count}"),
    "thousands_letter": ("k", "k"),
    "too_few": ("–", "–"),
    "today": ("hoy", "today"),
    "total": ("Total", "Total"),
    "use": ("Uso", "Use"),
    "version": ("versión", "version"),
    "version_read": ("Versión consultada", "Version used"),
    "versions": ("versiones", "versions"),
}


def word(key: str, language: Language) -> str:
    """Return the fixed word or phrase of that key.

    Raises:
        KeyError: if the library has no such word, naming the key.
    """
    spanish, english = _WORDS[key]
    return spanish if language == "es" else english


def plain(text: str) -> str:
    """Return a text in lower case, without accents, with single spaces: what names are compared by."""
    letters = unicodedata.normalize("NFD", text)
    bare = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
    return re.sub(r"\s+", " ", bare).strip().lower()
