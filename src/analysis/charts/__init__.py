"""Charts of the briefings: one function a chart type, data in, matplotlib Axes out.

Each function draws at printed size, full or half of the text width. Titles, sources and alternative texts are not
drawn: pages set them as real text. `analysis.style.to_svg` turns the axes into SVG.
"""

from analysis.charts._series import Event, Span, lines, stacked_area

__all__ = ["Event", "Span", "lines", "stacked_area"]
