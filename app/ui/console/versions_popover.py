"""Who changed a field, when, and what its mask was: the newest first. Older values stay sealed, and none opens here."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.session.shown_editing import ShownVersion
from app.ui.saying import joined
from app.ui.theme.fonts import BODY, SMALL, VALUES, Weight
from app.ui.theme.look import Look
from app.ui.widgets.chips import key_cap
from app.ui.widgets.labels import ElidedLabel, icon_label, text_label
from app.ui.widgets.mask_view import MaskView
from app.ui.widgets.popover import Popover
from app.ui.words import day_and_time, in_a_sentence

WIDTH, MOST = 440, 8


class VersionsPopover(Popover):
    """The versions of one field."""

    def __init__(self, look: Look, anchor: QWidget, label: str, versions: Sequence[ShownVersion]) -> None:
        super().__init__(look, anchor, WIDTH, name="versions_popover")
        self._look = look
        title = self.tr("Versions of {field}").format(field=in_a_sentence(label))
        self.setAccessibleName(title)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(icon_label(look, "history", "accent"))
        head.addWidget(text_label(look, title, size=BODY, weight=Weight.SEMIBOLD), 1)
        head.addWidget(key_cap(look, "Esc"))
        self.column.addLayout(head)
        self.column.addSpacing(8)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        for line, version in enumerate(versions[:MOST]):
            self._add(grid, line, version)
        self.column.addLayout(grid)
        more = len(versions) - MOST
        rest = self.tr("Older values stay sealed; none of them opens here.")
        if more > 0:
            rest = joined(" ", self.tr("{n} older ones are not listed.").format(n=more), rest)
        self.column.addSpacing(8)
        self.column.addWidget(text_label(look, rest, ink="ink2", size=SMALL, wrap=True))
        self.setAccessibleDescription(joined(". ", *(self._spoken(version) for version in versions[:MOST]), rest))

    def _add(self, grid: QGridLayout, line: int, version: ShownVersion) -> None:
        look = self._look
        ink = "ink" if line == 0 else "ink2"
        grid.addWidget(text_label(look, day_and_time(version.at), ink=ink, size=SMALL), line, 0)
        if version.mask is not None:
            grid.addWidget(MaskView(look, version.mask), line, 1)
        elif version.text:
            grid.addWidget(ElidedLabel(look, version.text, ink=ink, features=VALUES), line, 1)
        else:
            grid.addWidget(text_label(look, self._nothing(version), ink="ink3", size=SMALL), line, 1)
        grid.addWidget(text_label(look, self._who(version), ink=ink, size=SMALL, wrap=True), line, 2)

    def _who(self, version: ShownVersion) -> str:
        if version.kind == "import":
            return self.tr("{name}, by an import").format(name=version.name)
        if version.kind == "emptied":
            return self.tr("{name}, removed").format(name=version.name)
        return version.name

    def _nothing(self, version: ShownVersion) -> str:
        return self.tr("No value") if version.kind == "emptied" else self.tr("mask not kept")

    def _spoken(self, version: ShownVersion) -> str:
        what = str(version.mask) if version.mask is not None else version.text or self._nothing(version)
        return joined(", ", day_and_time(version.at), what, self._who(version))
