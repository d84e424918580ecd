"""What public bodies are called in each language; the tables keep the words of the audit."""

from __future__ import annotations

import re
from typing import Final

from analysis.foundation.words import Language, word

_AND: Final = re.compile(r"(?<!Customs) and ")  # "U.S. Customs and Border Protection" is one name
_NAMES: Final = (
    ("ACNUR", "UNHCR"),
    ("OIM México", "IOM Mexico"),
    ("OIM", "IOM"),
    ("OCDE", "OECD"),
    ("INEGI (censo)", "INEGI census"),
    ("INM (boletín)", "INM bulletin"),
    ("copia de 2015", "2015 copy"),
    ("copia en un foro", "forum copy"),
    ("copiado por", "copied by"),
    ("boletín citado por", "bulletin quoted by"),
    ("nota de agencia", "Reuters-style note"),
    ("Departamento de Estado de EE. UU.", "US Department of State"),
    ("Aduanas y Protección Fronteriza de EE. UU.", "U.S. Customs and Border Protection"),
    ("informe del DHS sobre los MPP", "DHS MPP Cohort Report"),
    ("Coordinación Nacional de Protección Civil", "National Coordination of Civil Protection"),
    ("Protección Civil", "Civil Protection"),
    ("Consulado General de México en Toronto", "Consulate General of Mexico in Toronto"),
    ("Embajada de México en Canadá", "Embassy of Mexico in Canada"),
    ("Poder Judicial", "Federal judiciary"),
    ("Biblioteca de la Cámara de Diputados", "Library of the Chamber of Deputies"),
    ("STPS/SRE (boletín conjunto)", "STPS/SRE joint release"),
    ("Consejo Danés para Refugiados", "Danish Refugee Council"),
    ("Dirección General de Epidemiología", "Directorate General of Epidemiology"),
    ("Secretaría de Educación de Chiapas", "Ministry of Education of Chiapas"),
    ("Secretaría de Salud", "Ministry of Health"),
    ("MSF (sección de Japón)", "MSF (Japan section)"),
    ("Osuna et al., con SEE Baja California", "Osuna et al., with SEE Baja California"),
    (" vía ", " via "),
    ("encuesta nacional de 2018 y 2019", "national poll 2018-2019"),
    ("Encuesta Mundial de Valores", "World Values Survey"),
    ("gobierno federal", "federal government"),
    ("gobiernos estatales", "state governments"),
    ("gobierno estatal", "state government"),
)


def body_name(publisher: str, language: Language) -> str:
    """Return the name of a publisher as the language has it: "OIM" or "IOM"."""
    name = _AND.sub(f" {word('and', language)} ", publisher)
    for spanish, english in _NAMES:
        name = name.replace(english, spanish) if language == "es" else name.replace(spanish, english)
    return name
