"""What another country would replace: its states and their names, and what its series and bodies are called.

`COUNTRY` is all that the rest of the library knows of it; nothing else names the country, its states or its publishers.
State codes are ISO 3166-2 (`MX-CHP`); `MEX` is always the country, `MX-MEX` the state of that name.
"""

import re
from pathlib import Path
from typing import Final

from analysis.mexico.countries import TAGS, PlaceError
from analysis.mexico.country import Country
from analysis.mexico.revised import REVISED

__all__ = ["COUNTRY", "PlaceError"]

COUNTRY: Final = Country(
    code="MEX",
    example="MX-CHP",
    unknown_state="unknown",
    distribution="movilidad-humana-mexico",
    themes=9,
    name={"es": "México", "en": "Mexico"},
    other_names=("nacional",),
    unknown_name={"es": "Entidad desconocida", "en": "State unknown"},
    series={"es": "Movilidad humana en México", "en": "Human mobility in Mexico"},
    by_state={"es": "Por entidad federativa", "en": "By state"},
    disclaimer={
        "es": "Informe independiente elaborado con datos públicos. No es una publicación de la OIM ni de las "
        "instituciones citadas. Las opiniones y los errores son de quienes lo elaboran. El mapa de cuadros es un "
        "esquema: no representa superficies ni límites.",
        "en": "Independent briefing built on public data. It is not a publication of IOM or of the institutions cited. "
        "Opinions and errors are the authors' own. The tile map is a scheme: it shows neither areas nor borders.",
    },
    tags=TAGS,
    revised=REVISED,
    proper_names=re.compile(
        r"\bEl (Atlas|Paso|Salvador|Universal)\b"
        r"|\b(Las Vegas|Los Angeles|Universidad del Valle)\b"
        r"|\bThe (Dallas Morning News|Sun Post|Washington Post)\b"
    ),
    names_with_digits=r"(?:Título|Title) (?:8|42)\b|\b(?:R4V|COVID-19)\b",
    template=Path(__file__).with_name("theme.ipynb"),
)
