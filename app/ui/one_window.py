"""One console per account and OS user: the same account again raises the first window (`decisions.md`, Names).

A signed-in console listens on a socket of its own in the owner-only runtime folder (`session.console_line`); a door
asks there before it signs anybody in. A window that does not answer within a second is taken for gone, and the sign-in
then ends its session. What a softphone says of calls comes in here, too, and goes to `calls`.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from app.session.console_line import Answer, Ask, ask, socket_name
from app.ui.calls import Calls
from app.ui.console_line import ConsoleLine


def raise_other(path: Path) -> bool:
    """Ask the console at `path` to come to the front. Blocks for a second at most.

    Returns:
        Whether one of this OS user answered.
    """
    return ask(path, Ask("raise")) is Answer.HERE


class OneWindow(QObject):
    """Listens for doors of the same account, and for the softphone.

    Args:
        path_of: the path of a socket by its name.
        account: whose console this is already, at a lock screen; or empty.

    Attributes:
        calls: the calls of this console's person.

    Signals:
        raise_wanted: bring this console to the front.
    """

    raise_wanted = Signal()

    def __init__(
        self,
        path_of: Callable[[str], Path],
        parent: QObject | None = None,
        *,
        account: str = "",
    ) -> None:
        super().__init__(parent)
        self._path_of, self.calls = path_of, Calls(self)
        self._line = ConsoleLine(self._answer, self)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.leave)
        if account:
            self.stand_for(account)

    def elsewhere(self, account: str) -> bool:
        """Whether another console has this account and came to the front; for any thread but the GUI's."""
        return raise_other(self._path_of(socket_name(account)))

    def stand_for(self, account: str) -> None:
        """Listen as the console of an account, if it does not already; an older socket is replaced.

        Where that fails, the same account again ends this session instead of raising it.
        """
        if not self._line.is_listening:
            self._line.listen(self._path_of(socket_name(account)))

    @Slot()
    def leave(self) -> None:
        """Listen no more."""
        self._line.close()

    def _answer(self, question: Ask) -> Answer:
        if question.does == "raise":
            self.raise_wanted.emit()
            return Answer.HERE
        return self.calls.answer(question)
