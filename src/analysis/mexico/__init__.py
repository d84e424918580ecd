"""What another country would replace: its states and their names, and what its series and bodies are called.

`COUNTRY` is all that the rest of the library knows of it; nothing else names the country, its states or its publishers.
State codes are ISO 3166-2 (`MX-CHP`); `MEX` is always the country, `MX-MEX` the state of that name.
"""

import tomllib
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
    other_names=("nacional",),
    tags=TAGS,
    revised=REVISED,
    template=Path(__file__).with_name("theme.ipynb"),
    **tomllib.loads(Path(__file__).with_name("country.toml").read_text(encoding="utf-8")),
)
