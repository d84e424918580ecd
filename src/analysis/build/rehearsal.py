"""What every report does for the first time, done before there is one: letters, months and templates are read once."""

import pandas as pd

from analysis.charts import ranked_bars
from analysis.charts.ink import picture
from analysis.foundation.typeface import lacking
from analysis.foundation.words import LANGUAGES
from analysis.report.html import compile_parts
from analysis.values.quantities import format_number, month_name
from analysis.values.vocabulary import phrases


def rehearse() -> None:
    """Have all that is read at first use read now; nothing of it is kept but what was read."""
    compile_parts()
    phrases("trend")
    lacking("a")
    for language in LANGUAGES:
        month_name(1, language, short=True)
        picture(ranked_bars(pd.Series({month_name(1, language): 1.0}), language=language))
        format_number(1.0, language)
