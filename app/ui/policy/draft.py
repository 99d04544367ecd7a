"""The edit that an administrator makes: a text that is changed in one place after another, and judged each time."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.domain.data_class import DataClass
from app.domain.policy import Access, Policy, PolicyError, Reason
from app.domain.policy_text import with_access, with_reason, with_value, without_reason
from app.domain.role import Role
from app.session.policies import Edit, PolicyShown
from app.ui.policy.use_cases import PolicyUseCases
from app.ui.tasks import Tasks


class Draft(QObject):
    """An edit that nobody has proposed yet.

    Attributes:
        edit: as it was judged last, or None where there is none.

    Signals:
        changed: there is another one, or none; whether it is to be shown.
        refused: what was put into it cannot stand; it is as before.
    """

    changed = Signal(bool)
    refused = Signal(object)

    def __init__(self, policies: PolicyUseCases, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._policies, self._tasks = policies, tasks
        self._shown: PolicyShown | None = None
        self.edit: Edit | None = None

    def take(self, shown: PolicyShown) -> None:
        """What is in force; an edit over another version is judged anew."""
        before, self._shown = self._shown, shown
        if self.edit is not None and before is not None and before.version != shown.version:
            self.judge(self.edit.text, show=False)

    def policy(self, shown: PolicyShown) -> Policy:
        """What the edit says, else what is in force."""
        return self.edit.policy if self.edit is not None else shown.policy

    def forget(self) -> None:
        """There is none any more."""
        self.edit = None
        self.changed.emit(False)

    def with_text(self, then: Callable[[str], object]) -> None:
        """Go on with the text of the edit, or of what is in force."""
        shown = self._shown
        if self.edit is not None:
            then(self.edit.text)
        elif shown is not None:
            number = shown.version if shown.fits else 0
            self._tasks.run(lambda: self._policies.text(number), then, self.refused.emit, owner=self)

    def begin_with(self, number: int) -> None:
        """An edit that goes back to a version."""
        self._tasks.run(lambda: self._policies.text(number), self.judge, self.refused.emit, owner=self)

    def judge(self, text: str, *, show: bool = True) -> None:
        """Take a text as the edit, if it can stand."""

        def judged(edit: Edit) -> None:
            self.edit = edit
            self.changed.emit(show)

        self._tasks.run(lambda: self._policies.judge(text), judged, self.refused.emit, owner=self)

    def put_right(self, role: Role, data_class: DataClass, access: Access, steps_up: bool, decides: bool) -> None:
        """Another right."""
        if self._shown is not None:
            policy = self.policy(self._shown)
            self._put(
                lambda text: with_access(text, policy, role, data_class, access, steps_up=steps_up, decides=decides)
            )

    def put_number(self, key: str, value: int) -> None:
        """Another number."""
        self._put(lambda text: with_value(text, "numbers", key, value))

    def put_retired(self, what: str, code: str) -> None:
        """Without a reason."""
        self._put(lambda text: without_reason(text, f"{what}_reason", code))

    def put_reason(self, what: str, reason: Reason) -> None:
        """With another reason."""
        self._put(lambda text: with_reason(text, f"{what}_reason", reason))

    def _put(self, change: Callable[[str], str]) -> None:
        def put(text: str) -> None:
            try:
                self.judge(change(text))
            except PolicyError as error:
                self.refused.emit(error)

        self.with_text(put)
