"""The demo authenticator: `python -m tests.demo.authenticator PEOPLE_FILE`. Demo only, never shipped.

In life each person has a password in the head and an authenticator in a pocket. Here one window shows them all, so
that a newcomer can sign in as anybody; it knows the secrets from the demo's people file.
"""

import signal
import sys
import time
from base64 import b32decode
from collections.abc import Callable, Sequence
from pathlib import Path

import segno
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.auth.totp import provisioning_uri
from app.domain.role import Role
from app.ui.application import make_application
from app.ui.theme.fonts import BODY, SMALL, TITLE, VALUES, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import ElidedLabel, line, text_label
from app.ui.words import role_name
from tests.demo.office import OFFICE_NAME, read_people
from tests.demo.people import STEP_S, DemoPerson

SIZE, HEADER, STRIPE, RING, QR = (360, 480), 44, 14, 26, 185


class StripedHeader(QWidget):
    """Stripes and words that no product has."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedHeight(HEADER)
        self.setAccessibleName("DEMO, never shipped")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._look.colour("warn_soft"))
        painter.setPen(QPen(self._look.colour("warn", 0.22), STRIPE / 2))
        for x in range(-HEADER, self.width() + HEADER, STRIPE):
            painter.drawLine(QPointF(x, HEADER + 4), QPointF(x + HEADER + 4, -4))
        painter.setFont(self._look.font(BODY, Weight.SEMIBOLD))
        words = "DEMO, never shipped"
        width = painter.fontMetrics().horizontalAdvance(words) + 24
        plate = QRectF((self.width() - width) / 2, 9, width, HEADER - 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("surface"))
        painter.drawRoundedRect(plate, 6, 6)
        painter.setPen(self._look.colour("warn"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()


class Ring(QWidget):
    """Seconds left of the code."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedSize(RING, RING)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw what is left, and the number in it."""
        left = STEP_S - time.time() % STEP_S
        role = "danger" if left <= 5 else "accent"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(2, 2, RING - 4, RING - 4)
        painter.setPen(QPen(self._look.colour("sunken"), 3))
        painter.drawEllipse(ring)
        painter.setPen(QPen(self._look.colour(role), 3))
        painter.drawArc(ring, 90 * 16, round(360 * 16 * left / STEP_S))
        painter.setPen(self._look.colour("ink2"))
        painter.setFont(self._look.font(10, Weight.MEDIUM, ("tnum",)))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(int(left)))
        painter.end()


class QrCode(QWidget):
    """The QR code of a secret, always dark on white."""

    def __init__(self, uri: str) -> None:
        super().__init__()
        self._rows: Sequence[Sequence[int]] = [list(row) for row in segno.make(uri, error="m").matrix]
        self.setFixedSize(QR, QR)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw its modules with four of quiet zone."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#FFFFFF"))
        edge = QR // (len(self._rows) + 8)
        start = (QR - edge * len(self._rows)) // 2
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(start + x * edge, start + y * edge, edge, edge, QColor("#000000"))
        painter.end()


class PersonCard(QWidget):
    """One person: name, role, account, password, code."""

    def __init__(self, look: Look, person: DemoPerson) -> None:
        super().__init__()
        self._look, self._person = look, person
        self._qr: QrCode | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 10, 16, 10)
        self._column.setSpacing(5)
        names = QHBoxLayout()
        names.addWidget(text_label(look, person.name, weight=Weight.SEMIBOLD))
        names.addWidget(text_label(look, role_name(Role(person.role)), ink="ink2", size=SMALL), 1)
        self._column.addLayout(names)
        self._column.addLayout(self._pair("Account", person.account))
        self._column.addLayout(self._pair("Password", person.password))
        self._column.addLayout(self._make_code())

    def _pair(self, name: str, value: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        label = text_label(self._look, name, ink="ink2", size=SMALL)
        label.setFixedWidth(58)
        row.addWidget(label)
        row.addWidget(ElidedLabel(self._look, value, size=SMALL, weight=Weight.MEDIUM, features=VALUES), 1)
        row.addWidget(self._copier(name, lambda: value))
        return row

    def _make_code(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._code: QLabel = text_label(self._look, "", size=TITLE, weight=Weight.MEDIUM, features=VALUES)
        self._code.setObjectName(f"code_{self._person.account}")
        self._ring = Ring(self._look)
        row.addWidget(self._code)
        row.addWidget(self._ring)
        row.addStretch(1)
        self._shows_qr = Button(self._look, "QR", "link", icon="qr-code", name=f"qr_{self._person.account}")
        self._shows_qr.clicked.connect(self._on_qr_clicked)
        row.addWidget(self._shows_qr)
        row.addWidget(self._copier("Code", self._person.authenticator.shown_code))
        self.tick()
        return row

    def _copier(self, what: str, text: Callable[[], str]) -> Button:
        button = Button(self._look, "Copy", "link", icon="copy")
        button.setAccessibleName(f"Copy {what.lower()} of {self._person.name}")
        button.clicked.connect(lambda: QGuiApplication.clipboard().setText(text()))
        return button

    def _on_qr_clicked(self) -> None:
        if self._qr is None:
            secret = self._person.authenticator.secret
            self._qr = QrCode(provisioning_uri(b32decode(secret), self._person.account, OFFICE_NAME))
            self._column.addWidget(self._qr, 0, Qt.AlignmentFlag.AlignHCenter)
            return
        self._qr.setVisible(self._qr.isHidden())

    def tick(self) -> None:
        """Show the code of this half minute."""
        code = self._person.authenticator.shown_code()
        self._code.setText(f"{code[:3]} {code[3:]}")
        self._code.setAccessibleName(f"Code of {self._person.name}")
        self._ring.update()


class DemoAuthenticator(QWidget):
    """The window."""

    def __init__(self, look: Look, people: Sequence[DemoPerson]) -> None:
        super().__init__()
        self.setObjectName("demo_authenticator")
        self.setWindowTitle("Demo authenticator, never shipped")
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.resize(*SIZE)
        self.setMinimumWidth(SIZE[0])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(StripedHeader(look))
        words = "Invented people. Each code works once; for another, wait for the next."
        hint = text_label(look, words, ink="ink2", size=SMALL, wrap=True)
        hint.setContentsMargins(16, 8, 16, 8)
        column.addWidget(hint)
        column.addWidget(line())
        column.addWidget(self._make_list(look, people), 1)
        self._second = QTimer(self, interval=250)
        self._second.timeout.connect(self._on_tick)
        self._second.start()

    def _make_list(self, look: Look, people: Sequence[DemoPerson]) -> QScrollArea:
        sheet = QWidget()
        sheet.setProperty("ground", "none")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._cards = [PersonCard(look, person) for person in people]
        for card in self._cards:
            column.addWidget(card)
            column.addWidget(line())
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(sheet)
        return scroll

    def _on_tick(self) -> None:
        for card in self._cards:
            card.tick()


def main() -> int:
    """Show the window until it is closed or ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C at the terminal is for the demo, which then ends this window
    application = make_application(["demo-authenticator"], "light", hooks=False)
    application.setDesktopFileName("tirai-demo-authenticator")
    window = DemoAuthenticator(application.look, list(read_people(Path(sys.argv[1])).values()))
    screen = application.primaryScreen().availableGeometry()
    window.move(screen.right() - SIZE[0] - 24, screen.top() + 48)
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
