"""Follows the policy: a change that the office tells of is asked for at once, and what is shown obeys it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.session.idle import IdleRule
from app.ui.console.live import Live
from app.ui.console.pulse import Pulse
from app.ui.use_cases import DeskUseCases


class PolicyWatch(QObject):
    """Watches which version this console obeys.

    Args:
        desk: the session.
        pulse: a beat follows the book, and the policy with it.
        live: tells that there is something to follow.
        rule: counts unused time.
        is_busy: whether a field is open, so that nothing is shown anew beneath it; the next beat does it then.
        parent: whose console.

    Signals:
        changed: another policy is obeyed; what is shown is to be shown anew.
    """

    changed = Signal()

    def __init__(
        self,
        desk: DeskUseCases,
        pulse: Pulse,
        live: Live,
        rule: IdleRule,
        is_busy: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._pulse, self._rule, self._is_busy = desk, pulse, rule, is_busy
        self._version = desk.policy_version
        pulse.beaten.connect(lambda _person: self._look())
        live.changed.connect(self._on_told)

    def _on_told(self, topics: frozenset[str]) -> None:
        if "policy" in topics:
            self._pulse.beat()

    def _look(self) -> None:
        desk = self._desk
        if desk.policy_version == self._version:
            return
        self._rule.set_limits(desk.idle_end_s, lock_s=desk.idle_lock_s, call_max_s=desk.call_idle_max_s)
        if not self._is_busy():
            self._version = desk.policy_version
            self.changed.emit()
