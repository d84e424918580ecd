"""A drawing as a small picture of pixels, for viewers that do not show SVG."""

from __future__ import annotations

import io
from typing import Final

import typst
from PIL import Image

from analysis.export.fonts import typst_fonts
from analysis.foundation.errors import PublishError

_PAGE: Final = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.drawing), format: "svg")'
# As large as on a screen; charts have few colours, and so a third of the bytes.
_PIXELS_PER_INCH: Final = 96
_COLORS: Final = 16


def png(svg: str) -> bytes:
    """Return a drawing on white as PNG, at its printed size, in the typeface of the pages.

    Raises:
        PublishError: if the text is not SVG.
    """
    try:
        drawn = typst.compile(
            _PAGE,
            font_paths=typst_fonts(),
            ignore_system_fonts=True,
            format="png",
            ppi=_PIXELS_PER_INCH,
            sys_inputs={"drawing": svg},
        )
    except typst.TypstError as error:
        raise PublishError(f"a chart is not an SVG file ({error.message}): draw it again") from None
    file = io.BytesIO()
    with Image.open(io.BytesIO(drawn)) as picture:
        picture.convert("RGB").quantize(_COLORS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()
