"""The card of a new contact: nobody in the person's queues has the caller's number. Stands in the card's place.

It asks for a name, a queue, a city and what the inventory requires, no more. On what basis that is kept, and of which
privacy notice the caller is to be told, stands under it.
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.kinds import Kind
from app.session.callers import Caller
from app.session.shown_new_contact import NewContactForm, NewField
from app.ui.console.new_contact_field import NewContactField
from app.ui.help.words import basis_words
from app.ui.shortcuts import cap_for
from app.ui.theme.fonts import SMALL, TITLE, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import icon_label, text_label
from app.ui.widgets.strips import Message

INSET, COLUMNS = 20, 2
_ALWAYS = {Kind.NAME, Kind.CITY, Kind.QUEUE}


def asked(form: NewContactForm) -> tuple[NewField, ...]:
    """What is asked for while somebody is on the line; the rest is edited later."""
    wanted = [f for f in form.fields if f.required or f.is_caller or (f.data_class == "open" and f.kind in _ALWAYS)]
    return tuple(sorted(wanted, key=lambda f: (f.kind != Kind.NAME, not f.is_caller, f.kind != Kind.QUEUE)))


class NewContactCard(QWidget):
    """The card.

    Signals:
        save_wanted: read `values`.
        dropped: what is typed is not wanted.
    """

    save_wanted = Signal()
    dropped = Signal()

    def __init__(self, look: Look, form: NewContactForm, caller: Caller | None) -> None:
        super().__init__()
        self._look, self._form, self.caller = look, form, caller
        self._is_changed = False
        self.setObjectName("new_contact")
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("New contact"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        sheet = QWidget()
        sheet.setProperty("ground", "none")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(INSET, 14, INSET, 12)
        column.setSpacing(4)
        column.addWidget(text_label(look, self.tr("New contact"), size=TITLE, weight=Weight.MEDIUM))
        why = self.tr("Nobody in your queues has this number.") if caller is not None else ""
        subtitle = text_label(look, why, ink="ink2", size=SMALL, wrap=True)
        column.addWidget(subtitle)
        subtitle.setVisible(bool(why))
        column.addSpacing(10)
        self.fields = {field.name: NewContactField(look, field, caller) for field in asked(form)}
        column.addLayout(self._grid())
        column.addSpacing(8)
        column.addWidget(self._why())
        self.error = Message(look, "danger", "new_contact_error")
        column.addWidget(self.error)
        column.addSpacing(10)
        column.addLayout(self._foot())
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(sheet)
        outer.addWidget(scroll)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        at = 0
        for field in self.fields.values():
            is_wide = field.field.kind == Kind.NAME and field.field.data_class == "open"
            at += at % COLUMNS if is_wide else 0
            grid.addWidget(field, at // COLUMNS, at % COLUMNS, 1, COLUMNS if is_wide else 1, Qt.AlignmentFlag.AlignTop)
            at += COLUMNS if is_wide else 1
            field.changed.connect(self._on_changed)
            field.entered.connect(self.save_wanted)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        return grid

    def _why(self) -> QWidget:
        """On which basis it is kept, and the notice."""
        box = QFrame()
        box.setProperty("ground", "card")
        row = QHBoxLayout(box)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(icon_label(self._look, "scale", "ink2"), 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        by_basis: dict[str, list[str]] = {}
        for field in self.fields.values():
            by_basis.setdefault(field.field.basis, []).append(field.field.label)
        for basis, labels in by_basis.items():
            words = self.tr("Ground: {basis} ({fields}).").format(basis=basis_words(basis), fields=", ".join(labels))
            lines.addWidget(text_label(self._look, words, ink="ink2", size=SMALL, wrap=True))
        self.notice = text_label(self._look, self._notice_words(self._form.notice), ink="ink2", size=SMALL, wrap=True)
        self.notice.setObjectName("new_contact_notice")
        lines.addWidget(self.notice)
        row.addLayout(lines, 1)
        return box

    def _notice_words(self, version: str) -> str:
        words = self.tr("Privacy notice {version} is written down with it. Tell the caller where to find it.")
        return words.format(version=version)

    def show_notice(self, version: str) -> None:
        """Another notice holds now."""
        self.notice.setText(self._notice_words(version))

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addStretch(1)
        self.drop = Button(self._look, self.tr("Discard"), "quiet", name="drop_contact")
        self.drop.clicked.connect(self.dropped)
        foot.addWidget(self.drop)
        self.save = Button(self._look, self.tr("Save contact"), "primary", name="save_contact")
        self.save.setToolTip(cap_for("main_action"))
        self.save.clicked.connect(self.save_wanted)
        foot.addWidget(self.save)
        return foot

    # what is typed -------------------------------------------------------------------------------------------------
    def _on_changed(self) -> None:
        self._is_changed = True
        self.error.say("")

    @property
    def is_changed(self) -> bool:
        """Whether something was typed or chosen here."""
        return self._is_changed

    def values(self) -> dict[str, str]:
        """What goes to the office, by field; what is empty is left out."""
        return {name: field.value for name, field in self.fields.items() if field.value}

    def typed(self) -> tuple[tuple[str, str], ...]:
        """What the person typed, for a lock; nothing, if that is nothing."""
        if not self._is_changed:
            return ()
        return tuple((name, field.typed) for name, field in self.fields.items() if field.typed)

    def bring_back(self, typed: Mapping[str, str]) -> None:
        """What was typed before a lock."""
        for name, text in typed.items():
            if name in self.fields:
                self.fields[name].bring_back(text)
                self._is_changed = True

    def forget(self) -> None:
        """Nothing that was typed stays in these widgets."""
        for field in self.fields.values():
            field.forget()
        self._is_changed = False

    def focus_first(self) -> None:
        """Put the focus into the first field that is empty."""
        next((f for f in self.fields.values() if not f.value), next(iter(self.fields.values()))).focus()

    def focus_missing(self) -> bool:
        """Whether something needed is missing; it says so, and has the focus."""
        missing = [field for field in self.fields.values() if field.field.required and not field.value]
        for field in missing:
            field.refuse("missing")
        if missing:
            missing[0].focus()
        return bool(missing)

    def refuse(self, fields: Mapping[str, str]) -> None:
        """The office does not take these fields."""
        self.set_working(False)
        wrong = [self.fields[name] for name in fields if name in self.fields]
        for field in wrong:
            field.refuse(fields[field.field.name])
        if wrong:
            wrong[0].focus()
        else:
            self.error.say(self.tr("The back office wants a field that is not asked for here."))

    def say(self, sentence: str) -> None:
        """It was not saved; what is typed stays."""
        self.set_working(False)
        self.error.say(sentence)

    def set_working(self, works: bool) -> None:
        """It is being saved."""
        self.save.set_busy(self.tr("Saving…") if works else "")
