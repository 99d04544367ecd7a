"""How this person likes the screens: what they chose, worn at once, and kept for the next time."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.domain.display import Display, display_of
from app.domain.managed_display import settled_display
from app.ui.application import managed_on_screen, show_everywhere, shown_display
from app.ui.choices import Choices

_WORDS = ("theme", "density", "motion")
_TEXT = "text_percent"


class DisplayChoice(QObject):
    """The choice of one person.

    Args:
        choices: what the person chose before, and where a new choice is kept.
        parent: whose console.

    Signals:
        chosen: the person has chosen (`Display`); the door of this home looks so, too.
    """

    chosen = Signal(object)

    def __init__(self, choices: Choices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices = choices

    @property
    def current(self) -> Display:
        """What is worn now."""
        return shown_display()

    def wear(self) -> None:
        """Show the screens as the person chose; as the door looked, where they chose nothing."""
        said: dict[str, object] = {name: word for name in _WORDS if (word := self._choices.word(name))}
        if text := self._choices.number(_TEXT):
            said["text"] = text
        if not said:
            return
        here = self.current
        before = {"theme": here.theme, "density": here.density, "motion": here.motion, "text": here.text}
        wanted = settled_display(display_of({**before, **said}), managed_on_screen())
        if wanted != here:
            show_everywhere(wanted)

    def choose(self, **parts: object) -> None:
        """Change one part or more: theme, density, text, motion. All windows change at once."""
        wanted = settled_display(replace(self.current, **parts), managed_on_screen())  # type: ignore[arg-type]
        for name in _WORDS:
            self._choices.keep(name, str(getattr(wanted, name)))
        self._choices.keep(_TEXT, wanted.text)
        show_everywhere(wanted)
        self.chosen.emit(wanted)
