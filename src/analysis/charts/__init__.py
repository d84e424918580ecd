"""Charts of the briefings: one function a chart type, data in, matplotlib Axes out.

Each function draws at printed size, full or half of the text width. Titles, sources and alternative texts
are not drawn: pages set them as real text. `analysis.charts.style.to_svg` turns the axes into SVG.
"""

from analysis.charts._area import stacked_area as stacked_area
from analysis.charts._heat import heat as heat
from analysis.charts._lines import lines as lines
from analysis.charts._locator import locator as locator
from analysis.charts._periods import Event as Event
from analysis.charts._periods import Span as Span
from analysis.charts._ranks import dumbbell as dumbbell
from analysis.charts._ranks import ranked_bars as ranked_bars
from analysis.charts._rounds import rounds as rounds
from analysis.charts._rows import Verdict as Verdict
from analysis.charts._rows import changes as changes
from analysis.charts._rows import scorecard as scorecard
from analysis.charts._steps import waterfall as waterfall
from analysis.charts._tiles import tile_map as tile_map
from analysis.charts._timeline import timeline as timeline
from analysis.charts._years import bars as bars
from analysis.charts._years import small_multiples as small_multiples
from analysis.charts._years import stacked_bars as stacked_bars
