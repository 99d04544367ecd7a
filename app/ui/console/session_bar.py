"""The bar at the top: mark, workspace, workstation, lease, time left, who is signed in, sign out."""

import time
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.session.shown import Person
from app.ui.console.bar_room import Step, make_room
from app.ui.console.call_chip import CallChip
from app.ui.console.person_button import PersonButton
from app.ui.console.workspace_entries import CONSOLE, icon_of
from app.ui.console.workspace_tab import WorkspaceTab
from app.ui.saying import filled
from app.ui.shortcuts import tip_for, words_for
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import badge
from app.ui.widgets.labels import icon_label, line, text_label
from app.ui.widgets.one_at_a_time import OneAtATime
from app.ui.widgets.popover import TOP_BAR
from app.ui.words import hours_minutes, role_name, workspace_name

HEIGHT, NARROW = 48, 1280
"""Px of the design; and px of the screen below which workstation and lease stand at the foot (ui.md section 4)."""
MINUTE_MS = 15_000


class SessionBar(QWidget):
    """The session bar.

    Signals:
        sign_out_wanted: sign out and wipe.
        lock_wanted: lock the console.
        colleagues_wanted: show the new colleagues.
        workspace_wanted: bring a workspace to the front.
        account_wanted: show one's own account.
        menu_wanted: list what has no place of its own in the bar.
        told_below: workstation and lease, for the bar at the foot, as there is no room here; empty: they stand here.
    """

    sign_out_wanted = Signal()
    lock_wanted = Signal()
    colleagues_wanted = Signal()
    workspace_wanted = Signal(str)
    account_wanted = Signal()
    menu_wanted = Signal()
    told_below = Signal(str, str)

    def __init__(self, look: Look, person: Person, workspaces: Sequence[str] = (CONSOLE,)) -> None:
        super().__init__()
        self.tabs: list[WorkspaceTab] = []
        self._look, self._person = look, person
        self.setObjectName(TOP_BAR)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.redress()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(14, 0, 10, 0)
        self._row.setSpacing(8)
        column.addLayout(self._row, 1)
        column.addWidget(line())
        self._make_room = OneAtATime(self._make_room_once)
        self._spare: list[QWidget] = []
        self._told = ("", "")
        self._left_parts: list[QWidget] = []
        self._lock_words = self.tr("Lock")
        self._add_left(workspaces)
        self._row.addStretch(1)
        self.call = CallChip(self._look)
        self._row.addWidget(self.call)
        self._row.addStretch(1)
        self._lease, self._left = self._add_times()
        self._add_person()
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self._show_times)
        self._minute.start()
        self._show_times()

    def _add_left(self, workspaces: Sequence[str]) -> None:
        self._row.addWidget(icon_label(self._look, "mark", "accent", 22))
        self._brand = text_label(self._look, "Tirai", weight=Weight.SEMIBOLD)
        self._row.addWidget(self._brand)
        self._row.addSpacing(20)
        for key in workspaces:
            tab = WorkspaceTab(self._look, key, workspace_name(key), icon_of(key))
            tab.clicked.connect(lambda _checked=False, k=key: self.workspace_wanted.emit(k))
            self.tabs.append(tab)
            self._row.addWidget(tab)
            self._row.addSpacing(8)
        self.show_workspace(workspaces[0])
        self._row.addSpacing(8)
        self.colleagues = Button(
            self._look, self.tr("New colleagues"), "quiet", icon="user-plus", name="new_colleagues"
        )
        self.colleagues.clicked.connect(self.colleagues_wanted)
        whole = self.colleagues.sizeHint().width()
        self.colleagues.setText("")
        self._colleagues_words = whole - self.colleagues.sizeHint().width()
        self._is_colleagues_short = True
        self.colleagues.hide()
        waiting = QHBoxLayout()
        waiting.setSpacing(0)
        waiting.addWidget(self.colleagues)
        self._badge = badge(self._look, "")
        self._badge.setObjectName("new_colleagues_count")
        self._badge.hide()
        waiting.addWidget(self._badge)
        self._row.addLayout(waiting)

    def _add_times(self) -> tuple[QLabel, QLabel]:
        labels = []
        for icon, text in (("monitor", self._person.seat), ("timer", ""), ("clock", "")):
            sign = icon_label(self._look, icon, "ink2", 14)
            label = text_label(self._look, text, ink="ink2", size=SMALL, features=FIGURES)
            label.setContentsMargins(0, 0, 8, 0)
            for widget in (sign, label):
                self._row.addWidget(widget)
                (self._left_parts if icon == "clock" else self._spare).append(widget)
            labels.append(label)
        return labels[1], labels[2]

    def _add_person(self) -> None:
        self._row.addWidget(line(vertical=True))
        self._row.addSpacing(4)
        name, role = self._person.display_name, role_name(self._person.role)
        self.account = PersonButton(self._look, name, role, words_for("my_account"))
        self.account.clicked.connect(self.account_wanted)
        self._row.addWidget(self.account)
        self.menu = Button(self._look, "", "quiet", icon="ellipsis", name="menu")
        self.menu.setAccessibleName(self.tr("Menu"))
        self.menu.setToolTip(self.tr("Menu"))
        self.menu.setFixedWidth(self._look.px(36))
        self.menu.clicked.connect(self.menu_wanted)
        self.lock = Button(self._look, self._lock_words, "quiet", icon="lock", name="lock")
        self.lock.setAccessibleName(words_for("lock"))
        self.lock.setToolTip(tip_for("lock"))
        self.lock.setMinimumWidth(self._look.px(36))
        self.lock.clicked.connect(self.lock_wanted)
        self._row.addWidget(self.lock)
        self.sign_out = Button(self._look, "", "quiet", icon="log-out", name="sign_out")
        self.sign_out.setAccessibleName(self.tr("Sign out"))
        self.sign_out.setToolTip(tip_for("sign_out"))
        self.sign_out.setMinimumWidth(self._look.px(36))
        self.sign_out.clicked.connect(self.sign_out_wanted)
        self._row.addWidget(self.sign_out)
        self._row.addWidget(self.menu)

    def event(self, event: QEvent) -> bool:
        """Another width, or something in it grew: more or less room."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._make_room()
        return super().event(event)

    def _steps(self) -> tuple[Step, ...]:
        """What goes first, and so on: each is found elsewhere, or its sign and its name for readers stay."""
        call, account, lock = self.call, self.account, self.lock
        words_of_lock = lock.fontMetrics().horizontalAdvance(self._lock_words)
        return (
            self._hiding(self._spare),
            Step(call.words_width, lambda: call.saved_width() > 0, call.set_short),
            Step(self._colleagues_take, lambda: self._is_colleagues_short, self._shorten_colleagues),
            self._hiding([self._brand]),
            Step(account.words_width, lambda: account.is_short, account.set_short),
            Step(lambda: words_of_lock, lambda: not lock.text(), self._shorten_lock),
            self._hiding(self._left_parts),
            Step(self._tabs_take, lambda: self.tabs[0].is_short, self._shorten_tabs),
        )

    def _hiding(self, widgets: Sequence[QWidget]) -> Step:
        def hide(hides: bool) -> None:
            for widget in widgets:
                if widget.isHidden() is not hides:
                    widget.setVisible(not hides)

        gap = self._row.spacing()
        return Step(lambda: sum(w.sizeHint().width() + gap for w in widgets), widgets[0].isHidden, hide)

    def _make_room_once(self) -> None:
        make_room(self._row, self._steps(), self.width(), first_goes=self.width() < NARROW)
        self._tell_below()

    def _colleagues_take(self) -> int:
        return 0 if self.colleagues.isHidden() else self._colleagues_words

    def _shorten_colleagues(self, is_short: bool) -> None:
        if is_short is not self._is_colleagues_short:
            self._is_colleagues_short = is_short
            self.colleagues.setText("" if is_short else self.tr("New colleagues"))

    def _tabs_take(self) -> int:
        return sum(tab.saved_width() for tab in self.tabs)

    def _shorten_tabs(self, is_short: bool) -> None:
        for tab in self.tabs:
            tab.set_short(is_short)

    def _shorten_lock(self, is_short: bool) -> None:
        if is_short is bool(self.lock.text()):
            self.lock.setText("" if is_short else self._lock_words)

    def _tell_below(self) -> None:
        hidden = self._spare[0].isHidden()
        times = self._lease.text()
        if self._left.isHidden():
            times = filled("{}  ·  {}", times, self._left.text())
        told = (self._person.seat, times) if hidden else ("", "")
        if told != self._told:
            self._told = told
            self.told_below.emit(*told)

    def redress(self) -> None:
        """Another size of the text: a bar is two lines of it high."""
        self.setFixedHeight(self._look.panel(HEIGHT))

    def show_workspace(self, key: str) -> None:
        """Light the tab of the workspace in front; one's own account has none."""
        for tab in self.tabs:
            tab.setAutoExclusive(False)
            tab.setChecked(tab.key == key)
            tab.setAutoExclusive(True)

    def show_waiting(self, key: str, count: int) -> None:
        """How much waits in a workspace."""
        for tab in self.tabs:
            if tab.key == key:
                tab.show_count(count)

    def show_pressing(self, key: str, count: int) -> None:
        """How much of what waits in a workspace is due soon or overdue."""
        for tab in self.tabs:
            if tab.key == key:
                tab.show_pressing(count)

    def show_person(self, person: Person) -> None:
        """Times of a renewed lease."""
        self._person = person
        self._show_times()

    def show_colleagues(self, count: int) -> None:
        """How many new colleagues wait; none hides the entry."""
        self.colleagues.setVisible(count > 0)
        self._badge.setVisible(count > 0)
        self._badge.setText(str(count))
        self.colleagues.setAccessibleName(self.tr("New colleagues, {n} waiting").format(n=count))

    def show_ending(self) -> None:
        """The session ends; nothing more can be done here."""
        self.sign_out.setEnabled(False)
        self.lock.setEnabled(False)
        self.sign_out.set_words(self.tr("Signing out…"))

    def _show_times(self) -> None:
        now = time.time()
        self._lease.setText(self.tr("Lease {t}").format(t=hours_minutes(self._person.lease_ends_at - now)))
        self._tell_below()
        self._left.setText(self.tr("{t} left").format(t=hours_minutes(self._person.ends_at - now)))
