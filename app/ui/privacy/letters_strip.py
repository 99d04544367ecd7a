"""Letters to many people on their way: how many are made, and Stop."""

import threading

from app.ui.theme.look import Look
from app.ui.widgets.progress_strip import ProgressStrip
from app.ui.words import number


class LettersStrip(ProgressStrip):
    """One line while letters are made.

    Args:
        look: colours.
        what, stop: as `ProgressStrip` takes them; its page says them.
    """

    def __init__(self, look: Look, what: str, stop: str) -> None:
        super().__init__(look, "letters", what, stop)
        self._stopping = threading.Event()
        self.stopped.connect(self.stop)

    def begin(self) -> threading.Event:
        """Others are made now; what says that they are to stop."""
        self._stopping = threading.Event()
        return self._stopping

    def show_letters(self, stopping: threading.Event, done: int, total: int) -> None:
        """So many are made."""
        if stopping is self._stopping and not stopping.is_set():
            said = self.tr("{n} of {total} letters are made.").format(n=number(done), total=number(total))
            self.show_far(said, done, total)

    def stop(self) -> None:
        """The person does not want them any more: there is no file, and they can be made again."""
        self._stopping.set()
        self.show_stopping()
