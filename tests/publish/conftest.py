"""A sample briefing in both languages: every kind of block, with invented numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from analysis.publish.document import Document

Block = dict[str, Any]
YEARS = list(range(2015, 2026))
CLAIMS = [3.4, 8.8, 14.6, 29.6, 70.4, 41.2, 129.8, 119.1, 140.3, 78.2, 69.9]
MONTHS = [
    2.1,
    2.6,
    4.4,
    3.0,
    2.2,
    1.9,
    0.4,
    0.9,
    1.4,
    4.8,
    12.9,
    8.0,
    5.1,
    6.3,
    9.0,
    14.1,
    15.8,
    13.2,
    7.4,
    0.7,
]


def drawing(name: str, width: float, height: float, values: Sequence[float], unit: str) -> str:
    """One column chart as SVG with its text as text; `name` keeps the ids of two charts apart."""
    slot, base = width / len(values), height - 14
    columns = "".join(
        f'<rect x="{i * slot + 2:.2f}" y="{base - value / max(values) * (base - 14):.2f}" width="{slot - 4:.2f}" '
        f'height="{value / max(values) * (base - 14):.2f}" style="fill: {"#7fa9e0" if i + 1 < len(values) else "#0033a0"}"/>'
        for i, value in enumerate(values)
    )
    font = "font: 8px 'Source Sans Pro', sans-serif; fill: #46525f"
    return (
        '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n'
        f'<svg xmlns:xlink="http://www.w3.org/1999/xlink" xmlns="http://www.w3.org/2000/svg" version="1.1" '
        f'width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}">'
        f'<metadata>drawn for a test</metadata><defs><path id="{name}-axis" d="M 0 {base} H {width}"/></defs>'
        f'{columns}<use xlink:href="#{name}-axis" style="stroke: #7a8692"/>'
        f'<text x="0" y="8" style="{font}">{max(values):.0f} {unit}</text>'
        f'<text x="0" y="{height - 3}" style="{font}">2015</text></svg>\n'
    )


def chart(
    number: int, language: str, title: str, subtitle: str, alt: str, source: str, **other: Any
) -> Block:
    """One chart block with its picture and its data."""
    width = other.pop("width", "half")
    values = CLAIMS if number % 2 else MONTHS
    unit = "mil personas" if language == "es" else "thousand people"
    tall = 216 if number == 1 else 180 if width == "half" else 138
    head = ["Año", "Solicitudes", "Cambio"] if language == "es" else ["Year", "Claims", "Change"]
    return {
        "kind": "chart",
        "number": number,
        "id": f"g{number}",
        "width": width,
        "title": title,
        "subtitle": subtitle,
        "alt": alt,
        "source": source,
        "note": other.pop("note", ""),
        "svg": drawing(f"{language}{number}", 504 if width == "full" else 243, tall, values, unit),
        "svg_narrow": drawing(f"{language}{number}n", 243, 186, values, unit) if width == "full" else "",
        "data": {"head": head, "rows": [["2024", "78,241", "+1.2%"], ["2025", "69,874", "\u221210.7%"]]},
        "download": other.pop("download", True),
    }


def figure(
    value: str,
    label: str,
    change: str,
    reference: str,
    spark: Sequence[float | None],
    seal: str | None = None,
) -> Block:
    """One key figure."""
    return {
        "value": value,
        "label": label,
        "change": change,
        "reference": reference,
        "spark": list(spark),
        "seal": seal,
    }


def spanish() -> list[Block]:
    """Blocks of the Spanish sample."""
    acnur = "Fuente: ACNUR, Refugee Data Finder, versión del 25 jun 2026, consulta 22 nov 2026. Licencia CC BY 4.0."
    oim = "Fuente: OIM, Proyecto Migrantes Desaparecidos, versión del 8 sep 2025. Licencia CC BY-IGO."
    return [
        {
            "kind": "headline",
            "text": "Una de cada dos personas que pidieron asilo en México en 2025 llegó de Cuba, y la mayoría de los "
            "expedientes se cerró sin resolverse.",
            "lead": "Las solicitudes sumaron 69,874, una décima menos que en 2024 y la mitad que en el año más alto. "
            "Las personas hondureñas, que fueron el grupo mayor durante seis años, son ahora el cuarto. Las cifras de "
            "niñez de 2025 llegan hasta abril y pueden cambiar.",
        },
        {
            "kind": "key_figures",
            "figures": [
                figure("69,874", "solicitudes de asilo, 2025", "\u221210.7%", "78,241 en 2024", CLAIMS),
                figure(
                    "49.3%",
                    "de quienes solicitaron son de Cuba, 2025",
                    "+25.9 puntos",
                    "23.4% en 2024",
                    [None, 0, 4, 1, 12, 14, 6, 15, 13, 23, 49],
                ),
                figure(
                    "80.2%",
                    "de las resoluciones fueron favorables, 2025",
                    "+0.6 puntos",
                    "79.6% en 2024",
                    [60, 78, 79, 90, 91, 88, 87, 83, 85, 80, 80],
                ),
                figure("1.07 millones", "personas nacidas en otro país, 2020", "", "", [0.5, 0.9, 1.0, 1.07]),
                figure(
                    "10,512",
                    "eventos de niñas, niños y adolescentes, enero–abril de 2025",
                    "\u221281.3%",
                    "56,198 en enero–abril de 2024",
                    [6, 9, 5, 7, 11, 14, 56, 10],
                    "preliminar",
                ),
                figure(
                    "218",
                    "muertes y desapariciones en territorio mexicano, 2024",
                    "\u221250.2%",
                    "438 en 2023",
                    [14, 20, 14, 13, 21, 15, 28, 29, 44, 22],
                ),
            ],
            "note": "Minigráficas: 2015–2025; niñez, enero–abril de 2018 a 2025; muertes, 2015–2024.",
            "sources": [acnur],
        },
        chart(
            1,
            "es",
            "Las solicitudes se estabilizan en la mitad de su máximo",
            "Solicitudes nuevas de asilo por año, 2015–2025",
            "Gráfica de columnas de 2015 a 2025. Las solicitudes suben de 3,400 en 2015 a un máximo de 140,300 en 2023 y terminan en 69,900 en 2025.",
            acnur,
            width="full",
        ),
        {"kind": "section", "text": "Asilo: otro perfil", "level": 2, "id": "s1"},
        {
            "kind": "finding",
            "text": "Al cierre de 2025 esperaban respuesta 172,961 personas, un tercio menos que un año antes. La baja se explica más por cierres administrativos que por resoluciones.",
        },
        {
            "kind": "pair",
            "left": [
                chart(
                    2,
                    "es",
                    "Se cierran más casos de los que entran",
                    "Expedientes concluidos por mes, 2024–2025",
                    "Columnas mensuales con un máximo de 15,800 cierres y un mínimo de 400.",
                    acnur,
                )
            ],
            "right": [
                chart(
                    3,
                    "es",
                    "La mitad que en el máximo",
                    "Solicitudes por año, 2015–2025",
                    "Columnas anuales: 140,300 en 2023 y 69,900 en 2025.",
                    acnur,
                    note="Países con 100 resoluciones o más.",
                    download=False,
                )
            ],
        },
        {
            "kind": "table",
            "number": 1,
            "id": "c1",
            "title": "Solicitudes por nacionalidad y resultado",
            "head": [
                "Nacionalidad",
                "2023",
                "2024",
                "2025",
                "Cambio\n2024–2025",
                "Parte\nde 2025",
                "Resoluciones\n2025",
                "Favorables\n2025",
            ],
            "rows": [
                ["Cuba", "18,211", "17,602", "34,447", "+96%", "49.3%", "6,702", "77%"],
                ["Venezuela", "5,480", "5,377", "14,190", "+164%", "20.3%", "2,301", "83%"],
                ["Haití", "44,118", "10,790", "9,003", "\u221217%", "12.9%", "4,711", "93%"],
                ["Honduras", "41,807", "27,654", "4,698", "\u221283%", "6.7%", "4,402", "82%"],
                ["Perú", "170", "331", "350", "+6%", "0.5%", "95", "–"],
                ["Otras", "30,514", "16,487", "7,186", "\u221256%", "10.3%", "3,512", "68%"],
                ["Total", "140,300", "78,241", "69,874", "\u221211%", "100.0%", "21,723", "80%"],
            ],
            "align": ["left"] + ["right"] * 7,
            "emphasis": 3,
            "muted_row": 5,
            "total": True,
            "note": "Guion: menos de 100 resoluciones.",
            "source": acnur,
        },
        {
            "kind": "caution",
            "title": "Qué mide la tasa de reconocimiento",
            "text": "Divide las resoluciones favorables entre todas las resoluciones y no cuenta los expedientes cerrados. Si se contaran, la proporción de 2025 bajaría a 17%.",
        },
        {"kind": "section", "text": "Niñez migrante", "level": 2, "id": "s2"},
        {
            "kind": "finding",
            "text": "De enero a abril de 2025 hubo 10,512 eventos de niñas, niños y adolescentes; en los mismos meses de 2024, 56,198.",
        },
        chart(
            4,
            "es",
            "Los eventos de niñez cayeron 81% en enero–abril de 2025",
            "Eventos mensuales de menores de 18 años, 2018–2025",
            "Columnas mensuales de 2018 a 2025 con un máximo de 15,800 eventos y 700 en el último mes.",
            acnur,
            width="full",
            note="2025: preliminar.",
        ),
        {"kind": "section", "text": "Muertes y desapariciones", "level": 2, "id": "s3"},
        {
            "kind": "markdown",
            "text": "Las familias que buscan gastan entre $5 y $10 mil al mes, según [su registro](https://example.org/registro). Cuentan:\n\n- los traslados,\n- las *copias certificadas* y\n- el **hospedaje**.",
        },
        {
            "kind": "pair",
            "left": [
                chart(
                    5,
                    "es",
                    "Cinco estados reúnen 76%",
                    "Casos por año, 2015–2025",
                    "Columnas anuales con 140 casos en 2023.",
                    oim,
                )
            ],
            "right": [
                {
                    "kind": "finding",
                    "text": "Coahuila y Chiapas suman la mitad de los casos cuya entidad se conoce.",
                },
                {
                    "kind": "caution",
                    "title": "Registros que miden cosas distintas",
                    "text": "El registro oficial cuenta personas no localizadas; este proyecto cuenta incidentes publicados. No se suman ni se restan: cada uno se compara consigo mismo, y ambos son mínimos.",
                },
            ],
        },
        {"kind": "section", "text": "Método y definiciones", "level": 2, "id": "s4"},
        {
            "kind": "method",
            "groups": [
                {
                    "column": "left",
                    "title": "Definiciones",
                    "items": [
                        {
                            "term": "Solicitud.",
                            "text": "Petición de asilo presentada ante la COMAR. La unidad es la persona.",
                        },
                        {
                            "term": "Evento.",
                            "text": "Registro de una persona en situación migratoria irregular. Una persona puede aparecer varias veces en un año.",
                        },
                        {
                            "term": "Resolución.",
                            "text": "Decisión que concede o niega la protección. Un expediente cerrado no la tiene.",
                        },
                    ],
                },
                {
                    "column": "right",
                    "title": "Cómo se calcularon y se marcan las cifras",
                    "items": [
                        {"term": "Cambios.", "text": "Se comparan los mismos meses de dos años seguidos."},
                        {
                            "term": "Marcas.",
                            "text": "Trama rayada: periodo preliminar. Franja gris: sin dato.",
                        },
                    ],
                },
                {
                    "column": "right",
                    "title": "Qué no dicen estos datos",
                    "items": [
                        {
                            "term": "Pedir no es llegar.",
                            "text": "Muchas personas cruzan el país sin pedir asilo.",
                        },
                    ],
                },
            ],
        },
        {
            "kind": "sources",
            "title": "Fuentes",
            "head": ["Elemento", "Fuente", "Periodo", "Versión consultada", "Licencia"],
            "rows": [
                [
                    "Cifras clave, gráficas 1–4, cuadro 1",
                    "ACNUR, Refugee Data Finder (datos de COMAR)",
                    "2000–2025",
                    "25 jun 2026",
                    "CC BY 4.0",
                ],
                [
                    "Gráfica 5",
                    "OIM, Proyecto Migrantes Desaparecidos",
                    "2014–8 sep 2025",
                    "8 sep 2025",
                    "CC BY-IGO",
                ],
            ],
            "cite_label": "Cómo citar.",
            "cite": "Movilidad humana en México. Informes breves: Asistencia y protección. Edición 2026-1.",
            "disclaimer": "Informe independiente; no es una publicación de las instituciones citadas.",
            "errata": "Los errores encontrados se corrigen en la siguiente edición.",
        },
    ]


def english() -> list[Block]:
    """Blocks of the English sample."""
    unhcr = (
        "Source: UNHCR, Refugee Data Finder, version of 25 Jun 2026, accessed 22 Nov 2026. Licence CC BY 4.0."
    )
    return [
        {
            "kind": "headline",
            "text": "One in two people who claimed asylum in Mexico in 2025 came from Cuba, and most cases were closed without a decision.",
            "lead": "Claims added up to 69,874, a tenth fewer than in 2024. Figures for children run until April and may change.",
        },
        {
            "kind": "key_figures",
            "figures": [
                figure("69,874", "asylum claims, 2025", "\u221210.7%", "78,241 in 2024", CLAIMS),
                figure(
                    "49.3%",
                    "of claimants are from Cuba, 2025",
                    "+25.9 points",
                    "23.4% in 2024",
                    [0, 0, 4, 1, 12, 14, 6, 15, 13, 23, 49],
                ),
                figure(
                    "10,512",
                    "events of children, January–April 2025",
                    "\u221281.3%",
                    "56,198 in January–April 2024",
                    [6, 9, 5, 7, 11, 14, 56, 10],
                    "preliminary",
                ),
                figure(
                    "218",
                    "deaths and disappearances in Mexico, 2024",
                    "\u221250.2%",
                    "438 in 2023",
                    [14, 20, 14, 13, 21, 15, 28, 29, 44, 22],
                ),
            ],
            "note": "Small charts: 2015–2025; children, January–April of 2018 to 2025.",
            "sources": [unhcr],
        },
        chart(
            1,
            "en",
            "Claims settle at half of their peak",
            "New asylum claims by year, 2015–2025",
            "Column chart, 2015 to 2025. Claims rise from 3,400 in 2015 to a peak of 140,300 in 2023 and end at 69,900 in 2025.",
            unhcr,
            width="full",
        ),
        {"kind": "section", "text": "Asylum: another profile", "level": 2, "id": "s1"},
        {
            "kind": "finding",
            "text": "At the end of 2025, 172,961 people were waiting for a decision, 35.1 per cent fewer than a year earlier.",
        },
        {
            "kind": "pair",
            "left": [
                chart(
                    2,
                    "en",
                    "More cases closed than opened",
                    "Cases closed by month, 2024–2025",
                    "Monthly columns with a peak of 15,800.",
                    unhcr,
                )
            ],
            "right": [
                {
                    "kind": "caution",
                    "title": "What the recognition rate measures",
                    "text": "It leaves closed cases out.",
                }
            ],
        },
        {"kind": "section", "text": "Method and definitions", "level": 2, "id": "s2"},
        {"kind": "markdown", "text": "Shelters ask for $5 or $10 a night."},
        {
            "kind": "method",
            "groups": [
                {
                    "column": "left",
                    "title": "Definitions",
                    "items": [
                        {"term": "Claim.", "text": "Asylum claim lodged with COMAR; persons are counted."}
                    ],
                },
                {
                    "column": "right",
                    "title": "What these data do not say",
                    "items": [
                        {
                            "term": "Claiming is not arriving.",
                            "text": "Many people cross the country without a claim.",
                        }
                    ],
                },
            ],
        },
        {
            "kind": "sources",
            "title": "Sources",
            "head": ["Element", "Source", "Period", "Version read", "Licence"],
            "rows": [
                ["Charts 1 and 2", "UNHCR, Refugee Data Finder", "2000–2025", "25 Jun 2026", "CC BY 4.0"]
            ],
            "cite_label": "How to cite.",
            "cite": "Human mobility in Mexico. Briefings: Assistance and protection. Edition 2026-1.",
            "disclaimer": "Independent briefing; not a publication of the institutions cited.",
            "errata": "Errors found are mended in the next edition.",
        },
    ]


def sample(language: str) -> Document:
    """The whole sample in one language."""
    es = language == "es"
    cover = {
        "kind": "cover",
        "number": 5,
        "title": "Asistencia y protección" if es else "Assistance and protection",
        "scope": "Solicitudes de asilo, niñez, muertes y desapariciones"
        if es
        else "Asylum, children, deaths and disappearances",
        "series": "Movilidad humana en México" if es else "Human mobility in Mexico",
        "series_kind": "Informes breves" if es else "Briefings",
        "language": language,
        "as_of": "2026-06-30",
        "cutoff": "Datos disponibles al 30 de junio de 2026" if es else "Data available on 30 June 2026",
        "geography": "MEX",
        "place": "México" if es else "Mexico",
    }
    other = "en" if es else "es"
    return Document(
        language="es" if es else "en",
        cover=cover,
        edition="Edición 2026-1" if es else "Edition 2026-1",
        blocks=spanish() if es else english(),
        links={
            "pdf": "05_assistance_protection.pdf",
            "other_language": f"../{other}/05_assistance_protection.html",
            "index": "../index.html" if es else "../index.en.html",
        },
    )


def with_blocks(document: Document, *blocks: Block) -> Document:
    """The same document with other blocks."""
    return replace(document, blocks=list(blocks))


@pytest.fixture(params=["es", "en"])
def document(request: pytest.FixtureRequest) -> Document:
    """The sample, once in each language."""
    return sample(request.param)


@pytest.fixture
def document_es() -> Document:
    """The Spanish sample, which holds every kind of block."""
    return sample("es")
