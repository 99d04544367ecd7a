"""How the screens look and speak: theme, density, size of the text, motion, language. A choice is there at once."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QButtonGroup, QFrame, QHBoxLayout, QLabel, QWidget

from app.domain.display import DENSITIES, MOTIONS, TEXT_SIZES, THEMES
from app.domain.managed_display import PARTS
from app.ui.console.display_choice import DisplayChoice
from app.ui.language import Language, speak, spoken
from app.ui.managed import is_settled, settled_words, show_settled
from app.ui.saying import filled
from app.ui.saying_widgets import words_of
from app.ui.theme.fonts import BODY, FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import key_cap
from app.ui.widgets.labels import icon_label, text_label
from app.ui.widgets.popover import Popover

WIDTH = 470


class DisplayPopover(Popover):
    """The choices, each a row of segments; arrows go along a row.

    Args:
        look: colours and sizes.
        anchor: the button that opened it.
        choice: what is worn, and who takes another choice.
    """

    def __init__(self, look: Look, anchor: QWidget, choice: DisplayChoice) -> None:
        super().__init__(look, anchor, WIDTH, name="display_popover")
        self._look, self._choice = look, choice
        self.setAccessibleName(self.tr("Display"))
        self._add_head()
        here = choice.current
        themes = (self.tr("System"), self.tr("Light"), self.tr("Dark"), self.tr("High contrast"))
        self.themes = self._add_segments("theme", self.tr("Colours"), themes, THEMES, here.theme)
        rows = (self.tr("Compact"), self.tr("Comfortable"))
        self.densities = self._add_segments("density", self.tr("Rows"), rows, DENSITIES, here.density)
        self._add_text_size()
        motions = (self.tr("As the system says"), self.tr("None"))
        self.motions = self._add_segments("motion", self.tr("Motion"), motions, MOTIONS, here.motion)
        self._add_languages()
        hint = self.tr("Kept for you at this workstation.")
        self.column.addWidget(text_label(look, hint, ink="ink3", size=SMALL, wrap=True))
        self._show_size()
        chosen = self.themes[THEMES.index(here.theme)]
        others = (*self.densities, self.smaller, self.larger)
        self.unfold(chosen if chosen.isEnabled() else next(button for button in others if button.isEnabled()))

    def _add_head(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(icon_label(self._look, "monitor", "accent"))
        head.addWidget(text_label(self._look, self.tr("Display"), size=BODY, weight=Weight.SEMIBOLD), 1)
        head.addWidget(key_cap(self._look, "Esc"))
        self.column.addLayout(head)
        self.column.addSpacing(10)

    def _add_label(self, words: str) -> QLabel:
        label = text_label(self._look, words, ink="ink2", size=SMALL, weight=Weight.MEDIUM)
        self.column.addWidget(label)
        self.column.addSpacing(4)
        return label

    def _add_segments(
        self, part: str, title: str, words: Sequence[str], values: Sequence[str], chosen: str
    ) -> list[Button]:
        self._add_label(title)
        frame = QFrame()
        frame.setProperty("kind", "segments")
        frame.setAccessibleName(title)
        row = QHBoxLayout(frame)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        group, buttons = QButtonGroup(self), []
        for text, value in zip(words, values, strict=True):
            button = Button(self._look, text, "segment", name=f"{part}_{value}")
            button.setAccessibleName(filled("{}: {}", title, text))
            button.setCheckable(True)
            button.setChecked(value == chosen)
            button.clicked.connect(self._choosing(part, value))
            group.addButton(button)
            row.addWidget(button, 1)
            buttons.append(button)
            if is_settled(PARTS.get(part, part)):
                show_settled(button)
        self.column.addWidget(frame)
        if is_settled(PARTS.get(part, part)):
            self.column.addWidget(text_label(self._look, settled_words(), ink="ink3", size=SMALL, wrap=True))
        self.column.addSpacing(12)
        return buttons

    def _add_languages(self) -> None:
        names, codes = [language.own_name for language in Language], [language.value for language in Language]
        self.languages = self._add_segments("language", self.tr("Language"), names, codes, spoken().value)

    def _choose(self, part: str, value: str) -> None:
        application = QApplication.instance()
        if part != "language":
            self._choice.choose(**{part: value})
        elif application is not None:
            speak(application, Language(value))

    def _choosing(self, part: str, value: str) -> Callable[[], None]:
        return lambda: self._choose(part, value)

    # size of the text ----------------------------------------------------------------------------------------------
    def _add_text_size(self) -> None:
        self._add_label(self.tr("Size of the text"))
        row = QHBoxLayout()
        row.setSpacing(6)
        self.smaller = Button(self._look, "", "square", icon="minus", name="text_smaller")
        self.smaller.setAccessibleName(self.tr("Smaller text"))
        self.larger = Button(self._look, "", "square", icon="plus", name="text_larger")
        self.larger.setAccessibleName(self.tr("Larger text"))
        self.size_words = text_label(self._look, "", weight=Weight.MEDIUM, features=FIGURES)
        self.size_words.setObjectName("text_size")
        self.size_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for button, step in ((self.smaller, -1), (self.larger, 1)):
            button.setFixedWidth(self._look.px(36))
            button.clicked.connect(self._stepping(step))
        row.addWidget(self.smaller)
        row.addWidget(self.size_words, 1)
        row.addWidget(self.larger)
        self.column.addLayout(row)
        self.column.addSpacing(12)

    def _stepping(self, step: int) -> Callable[[], None]:
        return lambda: self._step(step)

    def _step(self, step: int) -> None:
        at = TEXT_SIZES.index(self._choice.current.text) + step
        if 0 <= at < len(TEXT_SIZES):
            self._choice.choose(text=TEXT_SIZES[at])
        self._show_size()
        announce(self, self.size_words.text())

    def _show_size(self) -> None:
        text = self._choice.current.text
        self.size_words.setText(self.tr("{n} %").format(n=text))
        for button, end in ((self.smaller, TEXT_SIZES[0]), (self.larger, TEXT_SIZES[-1])):
            button.setAccessibleDescription(words_of(self.size_words) if text != end else self.tr("No further"))
