"""The notice that nobody is here: a calm strip with the time that is left. Any key, click or move takes it away."""

from app.ui.saying import joined
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.strips import Strip
from app.ui.words import minutes_seconds


class IdleBar(Strip):
    """Says when the session ends by itself."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "", "warn", flat=True, name="idle_notice")
        self.hide()

    def show_left(self, left_s: int, note: str = "") -> None:
        """So many seconds are left; the first time readers hear it, too.

        Args:
            left_s: until the end.
            note: what becomes of the note in hand, as a sentence, or empty.
        """
        is_new = self.isHidden()
        text = self.tr("Nobody is using this console. Its session ends in {t}. Any key keeps it.")
        self.say(joined(" ", *(part for part in (text.format(t=minutes_seconds(left_s)), note) if part)))
        if is_new:
            announce(self, self.label.text(), now=True)

    def show_kept(self) -> None:
        """Somebody is here."""
        self.say("")
