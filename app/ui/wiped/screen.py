"""The wiped screen: a receipt on a stage whose drapes are drawn aside. Closes by itself after 40 s.

Not after an idle end: nobody was here to read it, so it stays until somebody comes.
"""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.session.ends import Receipt, WipeLine
from app.ui.saying import filled
from app.ui.theme.fonts import FIGURES, SMALL, TITLE, Weight
from app.ui.theme.look import Look
from app.ui.theme.rescale import fix_panel
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import icon_label, line, text_label
from app.ui.widgets.stage import DoorStage
from app.ui.wiped import words
from app.ui.words import clock_time_seconds, number

PARTED, WIDTH, ROW, CLOSES_AFTER_S = 150, 620, 42, 40


class WipedScreen(QWidget):
    """The receipt.

    Signals:
        sign_in_wanted: sign in again.
        close_wanted: by the button, or because the time is up.
    """

    sign_in_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, look: Look, receipt: Receipt) -> None:
        super().__init__()
        self._look, self.receipt = look, receipt
        self._left_s = CLOSES_AFTER_S
        self._closes_itself = receipt.cause != "idle"
        self.setMouseTracking(True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        stage = DoorStage(look, PARTED)
        outer.addWidget(stage)
        body = QWidget()
        fix_panel(body, look, WIDTH)
        stage.place(body)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        sign, ink = ("badge-check", "ok") if receipt.ok else ("circle-alert", "danger")
        column.addWidget(icon_label(look, sign, ink, 32))
        column.addSpacing(10)
        column.addWidget(text_label(look, words.title(receipt), size=TITLE, weight=Weight.MEDIUM))
        column.addSpacing(3)
        column.addWidget(text_label(look, words.cause(receipt), ink="ink2", wrap=True))
        column.addSpacing(14)
        column.addWidget(self._make_rows())
        column.addSpacing(14)
        column.addLayout(self._make_under())
        column.addSpacing(20)
        column.addLayout(self._make_foot())
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self.count_down)
        self._show_left()

    def _make_rows(self) -> QFrame:
        sheet = QFrame()
        sheet.setProperty("ground", "sheet")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for at, entry in enumerate(self.receipt.lines):
            if at:
                column.addWidget(line())
            column.addWidget(self._make_row(entry))
        return sheet

    def _make_row(self, entry: WipeLine) -> QWidget:
        widget = QWidget()
        widget.setObjectName(f"wiped_{entry.what}")
        widget.setAccessibleName(filled("{}: {}", words.what(entry), words.result(entry, self.receipt)))
        widget.setMinimumHeight(self._look.px(ROW))
        row = QHBoxLayout(widget)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(10)
        row.addWidget(icon_label(self._look, words.ICONS.get(entry.what, "info"), "ink2"))
        name = text_label(self._look, words.what(entry), weight=Weight.SEMIBOLD)
        name.setFixedWidth(self._look.px(140))
        row.addWidget(name)
        ink = "ink2" if entry.ok else "danger"
        row.addWidget(text_label(self._look, words.result(entry, self.receipt), ink=ink, size=SMALL, wrap=True), 1)
        row.addWidget(text_label(self._look, words.took(entry), ink="ink2", size=SMALL, features=FIGURES))
        row.addWidget(icon_label(self._look, *(("circle-check", "ok") if entry.ok else ("circle-alert", "danger"))))
        return widget

    def _make_under(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        entry = self.receipt.audit_entry
        if entry is not None:
            row.addWidget(icon_label(self._look, "file-check", "ink2", 14))
            text = self.tr("Recorded as entry {n} of the audit log, {t}")
            text = text.format(n=number(entry), t=clock_time_seconds(self.receipt.at))
            row.addWidget(text_label(self._look, text, ink="ink2", size=SMALL, features=FIGURES))
        row.addStretch(1)
        self._copy = Button(self._look, self.tr("Copy this receipt"), "link", icon="copy", name="copy_receipt")
        self._copy.clicked.connect(self._on_copy_clicked)
        row.addWidget(self._copy)
        return row

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.again = Button(self._look, self.tr("Sign in again"), "primary", name="sign_in_again")
        self.again.setProperty("door", True)
        self.again.clicked.connect(self.sign_in_wanted)
        row.addWidget(self.again)
        close = Button(self._look, self.tr("Close Tirai"), "secondary", name="close_tirai")
        close.setProperty("door", True)
        close.clicked.connect(self.close_wanted)
        row.addWidget(close)
        row.addStretch(1)
        self._left = text_label(self._look, "", ink="ink2", size=SMALL, features=FIGURES)
        row.addWidget(self._left)
        return row

    def begin(self) -> None:
        """Start to count down, if somebody can see it."""
        if self._closes_itself:
            self._second.start()
        self.again.setFocus()

    def count_down(self) -> None:
        """One second has passed."""
        self._left_s -= 1
        self._show_left()
        if self._left_s <= 0:
            self._second.stop()
            self.close_wanted.emit()

    def _show_left(self) -> None:
        text = self.tr("Closes by itself in {n} s").format(n=self._left_s)
        self._left.setText(text if self._closes_itself else "")

    def _stay(self) -> None:
        if self._second.isActive():
            self._second.stop()
            self._left.setText("")

    def _on_copy_clicked(self) -> None:
        self._stay()
        QGuiApplication.clipboard().setText(words.as_text(self.receipt))
        self._copy.set_words(self.tr("Copied"))

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        """Another screen took its place: nothing counts on."""
        if not event.spontaneous():
            self._second.stop()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """A key says that somebody reads: it stays."""
        self._stay()
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """A click says that somebody reads: it stays."""
        self._stay()
        super().mousePressEvent(event)
