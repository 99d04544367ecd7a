"""The program's icon from the mark: white on a tile in the accent of the design, so that it is seen on any desktop."""

import re

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

from app.resource_files import resource_text

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
TILE, MARK = "#6B2A5B", "#FFFFFF"


def icon_svg() -> str:
    """The scalable icon."""
    found = re.search(r"<svg[^>]*>(.*)</svg>", resource_text("icons", "mark.svg"), re.DOTALL)
    assert found is not None
    body = found.group(1).strip()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 128 128">\n'
        f'  <rect x="4" y="4" width="120" height="120" rx="26" fill="{TILE}"/>\n'
        f'  <g transform="translate(26 26) scale(3.1667)" fill="{MARK}">\n  {body}\n  </g>\n</svg>\n'
    )


def icon_png(size: int) -> bytes:
    """The icon as PNG, size x size pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(icon_svg().encode())).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, QByteArray(b"png")).write(image):
        raise RuntimeError("Qt wrote no PNG")
    return bytes(buffer.data().data())
