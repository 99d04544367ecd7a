"""Icons: Lucide's outlines from the installed package, and our own mark, drawn in the colour of a role.

Outlines are those of the package `lucide`, whose own code is not run: what the program names stands in
`resources/icons/lucide.json`, anything else in the package's zip. Stroke 1.75, or 2 at 14 px and below (ui.md
section 9). Pixmaps are kept per name, colour, size and scale.
"""

import json
import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.resource_files import resource_text

if TYPE_CHECKING:
    from zipfile import ZipFile

MARK = "mark"


@cache
def _known() -> dict[str, str]:
    known: dict[str, str] = json.loads(resource_text("icons", "lucide.json"))
    return known


@cache
def _archive() -> "ZipFile":
    """Lucide's zip, which stays open. Reading its list of names costs a tenth of a start, so that no start does."""
    from importlib.util import find_spec
    from zipfile import ZipFile

    package = find_spec("lucide")
    if package is None or package.origin is None:
        raise FileNotFoundError("the package lucide is missing; install Tirai again")
    return ZipFile(Path(package.origin).parent / "lucide.zip")


@cache
def _outline(name: str) -> str:
    if name == MARK:
        return resource_text("icons", "mark.svg")
    return _known().get(name) or _archive().read(f"{name}.svg").decode("utf-8")


def _svg(name: str, colour: str, size: int) -> QByteArray:
    stroke = "2" if size <= 14 else "1.75"
    text = _outline(name).replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    return QByteArray(text.encode("utf-8"))


@cache
def icon_pixmap(name: str, colour: str, size: int, scale: float) -> QPixmap:
    """An icon as a pixmap.

    Args:
        name: Lucide's name, or `mark`. Raises KeyError for an unknown one.
        colour: `#RRGGBB`.
        size: edge in logical pixels.
        scale: device pixels per logical pixel.
    """
    renderer = QSvgRenderer(_svg(name, colour, size))
    pixmap = QPixmap(round(size * scale), round(size * scale))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def draw_icon(painter: QPainter, name: str, colour: QColor, target: QRectF) -> None:
    """Draw an icon into a square of the painter's own coordinates, as sharp as the painter is scaled."""
    scale = painter.device().devicePixelRatioF() if painter.device() is not None else 1.0
    turned = painter.worldTransform()
    scale = round(scale * math.hypot(turned.m11(), turned.m12()), 3)
    pixmap = icon_pixmap(name, colour.name(), round(target.width()), scale)
    painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
