"""Ten recovery codes, shown once: in two columns, to be printed once or copied by hand.

Invariant: `forget` leaves them in no widget; whoever shows this calls it when it is left.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.session.shown import Secret
from app.ui.theme.fonts import SMALL, VALUES, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label
from app.ui.widgets.strips import Message, Strip

COLUMNS = 2


class RecoveryCodes(QWidget):
    """The codes with what they are for.

    Signals:
        noted: the person has them.
    """

    noted = Signal()

    def __init__(self, look: Look, *, has_button: bool = True) -> None:
        super().__init__()
        self._look = look
        self._codes: tuple[Secret, ...] = ()
        self._account = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        words = self.tr(
            "If your authenticator is lost, your password and one of these codes set up another. Each works once. "
            "Keep them on paper, away from this workstation."
        )
        column.addWidget(text_label(look, words, ink="ink2", wrap=True))
        self._sheet = QWidget()
        self._sheet.setProperty("ground", "card")
        self._sheet.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        grid = QGridLayout(self._sheet)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setVerticalSpacing(7)
        self._labels = [self._make_label(at) for at in range(10)]
        for at, label in enumerate(self._labels):
            grid.addWidget(label, at % 5, at // 5)
        column.addWidget(self._sheet)
        column.addWidget(Strip(look, self.tr("They are shown this once. New ones can be made in My account."), "warn"))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.print_once = Button(look, self.tr("Print once…"), "secondary", icon="printer", name="print_codes")
        self.print_once.clicked.connect(self._on_print_clicked)
        row.addWidget(self.print_once)
        self._said = Message(look, "ok", "codes_printed")
        self._not_printed = Message(look, "warn", "codes_not_printed")
        row.addWidget(self._said, 10)
        row.addWidget(self._not_printed, 10)
        row.addStretch(1)
        self.have = Button(look, self.tr("I have them"), "primary", name="codes_noted")
        self.have.clicked.connect(self.noted)
        row.addWidget(self.have)
        column.addLayout(row)
        self.have.setVisible(has_button)  # in its place by now: before that it would be a window of its own

    def _make_label(self, at: int) -> QLabel:
        label = text_label(self._look, "", size=14, weight=Weight.MEDIUM, features=VALUES)
        label.setObjectName(f"recovery_code_{at + 1}")
        label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return label

    def show_codes(self, codes: Sequence[Secret], account: str) -> None:
        """Show ten codes of an account."""
        self.forget()
        self._codes, self._account = tuple(codes), account
        for label, code in zip(self._labels, codes, strict=False):
            label.setText(code.reveal())
        self.print_once.setEnabled(True)
        self.print_once.setFocus(Qt.FocusReason.OtherFocusReason)  # a Return too many loses no code

    def forget(self) -> None:
        """Leave them nowhere."""
        for label in self._labels:
            label.setText("")
        for code in self._codes:
            code.forget()
        self._codes = ()
        self._said.say("")
        self._not_printed.say("")

    @property
    def is_empty(self) -> bool:
        """Whether nothing is shown."""
        return not self._codes

    # paper ---------------------------------------------------------------------------------------------------------
    def _on_print_clicked(self) -> None:
        from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo

        if not QPrinterInfo.availablePrinterNames():
            self._not_printed.say(self.tr("This workstation knows no printer. Copy them by hand."))
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.tr("Recovery codes"))
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle(self.tr("Print recovery codes"))
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, on=False)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            painter = QPainter()
            if not painter.begin(printer):
                self._not_printed.say(self.tr("The printer does not take it. Copy them by hand."))
                return
            self.print_on(painter)
            self.print_once.setEnabled(False)
            self._not_printed.say("")
            self._said.say(self.tr("Sent to the printer."))

    def print_on(self, painter: QPainter) -> None:
        """Draw the page: whose codes, what for, the ten."""
        dpi = painter.device().logicalDpiY()

        def font(points: float, weight: int = Weight.REGULAR) -> QFont:
            made = self._look.font(SMALL, weight, VALUES)
            made.setPixelSize(max(1, round(points * dpi / 72)))
            return made

        line, left, top = round(dpi * 0.32), round(dpi * 0.6), round(dpi * 0.8)
        painter.setFont(font(16, Weight.SEMIBOLD))
        painter.drawText(left, top, self.tr("Tirai recovery codes"))
        painter.setFont(font(10))
        painter.drawText(left, top + line, self._account)
        painter.drawText(
            left, top + 2 * line, self.tr("Each works once, with your password. Keep this page locked away.")
        )
        painter.setFont(font(13, Weight.MEDIUM))
        for at, code in enumerate(self._codes):
            painter.drawText(left, top + (4 + at) * line, f"{at + 1:>2}.  {code.reveal()}")
        painter.end()
