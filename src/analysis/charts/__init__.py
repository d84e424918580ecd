"""Charts of the briefings: one function a chart type, data in, matplotlib Axes out.

Each function draws at printed size, full or half of the text width. Titles, sources and alternative texts
are not drawn: pages set them as real text. `analysis.charts.style.to_svg` turns the axes into SVG.
"""

from analysis.charts._area import stacked_area
from analysis.charts._heat import heat
from analysis.charts._lines import lines
from analysis.charts._periods import Event, Span
from analysis.charts._ranks import dumbbell, ranked_bars
from analysis.charts._rounds import rounds
from analysis.charts._tiles import tile_map
from analysis.charts._timeline import timeline
from analysis.charts._years import bars, small_multiples, stacked_bars

__all__ = [
    "Event",
    "Span",
    "bars",
    "dumbbell",
    "heat",
    "lines",
    "ranked_bars",
    "rounds",
    "small_multiples",
    "stacked_area",
    "stacked_bars",
    "tile_map",
    "timeline",
]
