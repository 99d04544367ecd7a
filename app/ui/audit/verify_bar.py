"""The foot: how far the chain was verified in this session, and the verification itself, with progress and Stop."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout

from app.session.log_shown import LogVerdict
from app.ui.shortcuts import cap_for
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import key_cap
from app.ui.widgets.flow_row import FlowRow, together
from app.ui.widgets.labels import icon_label, text_label
from app.ui.words import clock_time, number

_BAR = 180


class VerifyBar(QFrame):
    """One line; two where the text is large.

    Signals:
        wanted: Verify now.
        stopped: Stop.
    """

    wanted = Signal()
    stopped = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("verify_bar")
        self.setProperty("ground", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        around = QVBoxLayout(self)
        around.setContentsMargins(12, 6, 12, 6)
        row = FlowRow(10)
        around.addWidget(row)
        self._sign = icon_label(look, "shield", "ink2")
        self.label = text_label(look, "", size=SMALL, weight=Weight.MEDIUM, features=FIGURES)
        self.label.setObjectName("verify_state")
        row.add(together(self._sign, self.label, gap=10))
        self.bar = QProgressBar()
        self.bar.setObjectName("verify_progress")
        self.bar.setAccessibleName(self.tr("Verification"))
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(look.px(_BAR), look.px(6))
        row.add(self.bar)
        self.verify = Button(look, self.tr("Verify now"), "link", icon="shield-check", name="verify_now")
        self.verify.clicked.connect(self.wanted)
        row.add(self.verify)
        self._key = key_cap(look, cap_for("verify_chain"))
        row.add(self._key)
        self.stop = Button(look, self.tr("Stop"), "link", icon="x", name="verify_stop")
        self.stop.clicked.connect(self.stopped)
        row.add(self.stop)
        self.found = text_label(look, "", ink="ink2", size=SMALL, features=FIGURES)
        self.found.setObjectName("audit_found")
        row.add(self.found, ends=True)
        self.say(self.tr("Not verified in this session."))

    def say(self, sentence: str, sign: str = "shield", ink: str = "ink2") -> None:
        """No verification runs; this is what there is to say of the last one."""
        had_focus = self.stop.hasFocus()
        self.label.setText(sentence)
        self._sign.show_icon(sign, ink)
        self.bar.hide()
        self.stop.hide()
        self.verify.setVisible(True)
        self._key.setVisible(True)
        if had_focus:
            self.verify.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_verdict(self, verdict: LogVerdict) -> None:
        """What a verification came to."""
        if verdict.ok:
            text = self.tr("Chain verified to {n} at {t}").format(n=number(verdict.entries), t=clock_time(verdict.at))
            self.say(text, "shield-check", "ok")
        else:
            text = self.tr("Chain holds to {n} only").format(n=number(max(0, (verdict.first_bad or 1) - 1)))
            self.say(text, "circle-alert", "danger")
        announce(self, text, now=not verdict.ok)

    def say_progress(self, done: int, total: int) -> None:
        """A verification runs: so far, of about so many."""
        had_focus = self.verify.hasFocus()
        self.label.setText(self.tr("Verifying: {n} of {total}").format(n=number(done), total=number(max(done, total))))
        self._sign.show_icon("shield", "accent")
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(min(done, total))
        self.verify.hide()
        self._key.hide()
        self.bar.setVisible(True)
        self.stop.setVisible(True)
        if had_focus:
            self.stop.setFocus(Qt.FocusReason.OtherFocusReason)
