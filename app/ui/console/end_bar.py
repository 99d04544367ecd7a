"""The bar that says when a session ends by the clock, and what becomes of what the person has in hand."""

from app.session.timed_end import Coming, Why
from app.ui.language import tr as _tr
from app.ui.saying import joined
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.strips import Strip
from app.ui.words import minutes_seconds


class EndBar(Strip):
    """Calm, not modal, and over only with its cause."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "", "warn", flat=True, name="end_notice")
        self._said: tuple[Why, bool] | None = None
        self.hide()

    def show_coming(self, coming: Coming | None, note: str, *, is_call: bool) -> None:
        """Say what comes, or nothing; readers hear it when it is first said and again when it is near.

        Args:
            coming: the end.
            note: what becomes of the note in hand, as a sentence, or empty.
            is_call: whether a call is on.
        """
        if coming is None:
            self._said = None
            self.say("")
            return
        if coming.why is Why.SESSION:
            text = self.tr("This session ends in {t}: it has lasted as long as one may.")
        else:
            text = self.tr("The back office does not answer. This session ends in {t}, for want of contact.")
        parts = [text.format(t=minutes_seconds(coming.left_s)), note]
        parts.append(self.tr("Your call goes on.") if is_call else "")
        parts.append(self.tr("You can sign in again at once.") if coming.why is Why.SESSION else "")
        self.say(joined(" ", *(part for part in parts if part)))
        if self._said != (coming.why, coming.is_near):
            self._said = (coming.why, coming.is_near)
            announce(self, self.label.text(), now=coming.is_near)


def note_words(*, has_note: bool, is_kept: bool, is_waiting: bool) -> str:
    """What becomes of the note in hand when the session ends.

    Args:
        has_note: whether there is one.
        is_kept: whether office or outbox hold all of it already.
        is_waiting: whether it is the outbox.
    """
    if not has_note:
        return ""
    if not is_kept:
        return _tr("Your note is saved before that.")
    return _tr("Your note is kept here, sealed for the back office.") if is_waiting else _tr("Your note is saved.")
