"""Contact sheets: twelve pictures of one variant side by side, each with its name below."""

from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from tests.ui.gallery.variants import SIZE

COLUMNS, ROWS = 4, 3
WIDTH, NAME_HEIGHT, GAP = 560, 24, 8
HEIGHT = WIDTH * SIZE[1] // SIZE[0]


def make_sheets(pictures: list[Path], into: Path, name: str) -> int:
    """Write `NAME-01.png` and so on into a folder; how many were made anew."""
    made, per_sheet = 0, COLUMNS * ROWS
    for at in range(0, len(pictures), per_sheet):
        sheet, shown = into / f"{name}-{at // per_sheet + 1:02d}.png", pictures[at : at + per_sheet]
        list_of = sheet.with_suffix(".txt")
        names = "\n".join(picture.stem for picture in shown)
        is_known = list_of.exists() and list_of.read_text(encoding="utf-8") == names
        if is_known and all(picture.stat().st_mtime < list_of.stat().st_mtime for picture in shown):
            continue
        _sheet(shown).save(str(sheet))
        list_of.write_text(names, encoding="utf-8")
        made += 1
    return made


def _sheet(pictures: list[Path]) -> QImage:
    size = (COLUMNS * (WIDTH + GAP) + GAP, ROWS * (HEIGHT + NAME_HEIGHT + GAP) + GAP)
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("#777777"))
    painter = QPainter(image)
    font = QFont("Inter")
    font.setPixelSize(16)
    painter.setFont(font)
    painter.setPen(QColor("#ffffff"))
    for at, path in enumerate(pictures):
        left = GAP + at % COLUMNS * (WIDTH + GAP)
        top = GAP + at // COLUMNS * (HEIGHT + NAME_HEIGHT + GAP)
        picture = QImage(str(path))
        picture.setDevicePixelRatio(1)
        smooth = Qt.TransformationMode.SmoothTransformation
        shown = picture.scaled(WIDTH, HEIGHT, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        painter.drawImage(left + (WIDTH - shown.width()) // 2, top, shown)
        painter.drawText(QRect(left, top + HEIGHT, WIDTH, NAME_HEIGHT), Qt.AlignmentFlag.AlignCenter, path.stem)
    painter.end()
    return image
