"""What public bodies are called in each language; the tables keep the words of the audit."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Final

from analysis.foundation.words import Language, word

_AND: Final = re.compile(r"(?<!Customs) and ")  # "U.S. Customs and Border Protection" is one name
with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as _file:
    _NAMES: Final = list(csv.DictReader(_file))


def body_name(publisher: str, language: Language) -> str:
    """Return the name of a publisher as the language has it: "OIM" or "IOM"."""
    name = _AND.sub(f" {word('and', language)} ", publisher)
    for called in _NAMES:
        name = name.replace(called["en" if language == "es" else "es"], called[language])
    return name
