"""A document on its way: how much of the log is read for it, and Stop."""

from app.ui.theme.look import Look
from app.ui.widgets.progress_strip import ProgressStrip
from app.ui.words import number


class MakingStrip(ProgressStrip):
    """One line below the question, while a document takes more than a second."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "who_saw", self.tr("Making the PDF"), self.tr("Stop making the PDF"))

    def show_progress(self, done: int, total: int) -> None:
        """So many entries of the log are read, of so many."""
        text = self.tr("The whole log is read before a document is made: {n} of {total} entries")
        self.show_far(text.format(n=number(done), total=number(total)), done, total)
