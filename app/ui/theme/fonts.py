"""Type: Inter alone, so that pictures are equal on every machine; weights by axis, figures by feature.

Invariant: no style sheet names a font. A sheet that does would drop the features (`tnum zero ss02`) by which agents
tell I, l and 1 apart when they read a value aloud (ui.md section 2).
"""

import sys
from enum import IntEnum
from functools import cache
from pathlib import Path

import fontpkg_inter
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF


class Weight(IntEnum):
    """The three weights of the design."""

    REGULAR = 400
    MEDIUM = 500
    SEMIBOLD = 600


SMALL, BODY, TITLE = 12, 13, 20
VALUES = ("tnum", "zero", "ss02")
FIGURES = ("tnum",)


def install_fonts() -> bool:
    """Register the bundled Inter with Qt. Returns False if it cannot be read; Qt then falls back by itself."""
    folder = Path(fontpkg_inter.__file__).parent / "files"
    upright = [path for path in sorted(folder.glob("Inter*.ttf")) if "Italic" not in path.name]
    return bool(upright) and QFontDatabase.addApplicationFont(str(upright[0])) >= 0


def make_font(size: int = BODY, weight: int = Weight.REGULAR, features: tuple[str, ...] = ()) -> QFont:
    """One font of the design.

    Args:
        size: height in logical pixels; 12, 13 and 20 are the design's, 14 to 22 only for code boxes and marks, and
            what the size of the text makes of them (`Look.font`).
        weight: 400, 500 or 600.
        features: OpenType features; `VALUES` for values, masks and codes, `FIGURES` for other numbers.
    """
    return QFont(_made(size, int(weight), features))


@cache
def measures(size: int = BODY, weight: int = Weight.REGULAR, features: tuple[str, ...] = ()) -> QFontMetricsF:
    """The measures of one font of the design, made once: a table asks for those of its masks hundreds of times."""
    return QFontMetricsF(_made(size, int(weight), features))


@cache
def _made(size: int, weight: int, features: tuple[str, ...]) -> QFont:
    font = QFont("Inter")
    if sys.platform != "darwin":
        font.setFamilies(["Inter", "Noto Sans"])
    font.setPixelSize(size)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setWeight(QFont.Weight(weight))
    font.setVariableAxis(QFont.Tag("wght"), float(weight))
    _fit_to_size(font, size)
    for feature in features:
        font.setFeature(QFont.Tag(feature), 1)
    return font


def resized(font: QFont, size: int) -> QFont:
    """The same font, so many px high."""
    other = QFont(font)
    other.setPixelSize(size)
    _fit_to_size(other, size)
    return other


def _fit_to_size(font: QFont, size: int) -> None:
    font.setVariableAxis(QFont.Tag("opsz"), float(max(14, min(32, size))))
