"""The notebook that is measured, made of the cells of `report.py`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

REPORT = Path(__file__).with_name("report.py")
_BACK = "BACK = 0"
_CELL = re.compile(r"^# %% (\S+)\n", re.MULTILINE)


def benchmark_notebook(back: int) -> str:
    """Return the notebook as a file holds it, about a year so many years before the last.

    Typst remembers what it has set: copies that are alike would cost it next to nothing.
    """
    script = REPORT.read_text(encoding="utf-8")
    if _BACK not in script:
        raise ValueError(f"{REPORT.name} has no line '{_BACK}'")
    return as_notebook(script.replace(_BACK, f"BACK = {back}"))


def as_notebook(script: str) -> str:
    """Return a notebook whose cells begin at the lines `# %% NAME`; the one named parameters is tagged so."""
    _, *parts = _CELL.split(script)
    cells = [_cell(name, source) for name, source in zip(parts[::2], parts[1::2], strict=True)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    content = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def edited(notebook: str, mark: str) -> str:
    """Return a notebook with one line more in its last code cell: what an author does between two saves."""
    content = json.loads(notebook)
    last = [cell for cell in content["cells"] if cell["cell_type"] == "code"][-1]
    source = "".join(last["source"]).partition("\n# edited ")[0]
    last["source"] = f"{source}\n# edited {mark}"
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _cell(name: str, source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {"tags": [name]} if name == "parameters" else {},
        "execution_count": None,
        "outputs": [],
        "source": source.strip(),
    }
