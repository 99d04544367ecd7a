"""One sealed field that is kept: label, curtain, reason, key, and the one action it offers (ui.md section 3).

The row is the control (Tab stop of its group, arrows inside); the button is its picture for the mouse. Its
accessible name says the mask and what may be done, never a value.
"""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.mask import Mask
from app.domain.quota import Shut
from app.domain.training.rule import RULES
from app.session.shown import Action, Revealed, ShownAct, ShownField
from app.ui.accessible import heard_as
from app.ui.console.row_marks import RowMarks
from app.ui.console.row_node import RowNode
from app.ui.managed import settled_words, show_choice
from app.ui.saying import filled, joined, said
from app.ui.shortcuts import cap_for, command_of, words_for
from app.ui.theme.fonts import SMALL
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import key_cap
from app.ui.widgets.curtain import Curtain
from app.ui.widgets.curtain_states import CurtainState
from app.ui.widgets.labels import ElidedLabel
from app.ui.words import class_name, lesson_opens, mask_reason, one_or_many, row_reason

LABEL_WIDTH, ACTION_WIDTH, ROW, ROOM_FOR_KEY, ACT = 122, 98, 30, 560, 24
STACKED = 440
"""Width in px of the design below which a field's name stands above its curtain."""


class Offer(StrEnum):
    """What the row's one action does now."""

    REVEAL = "reveal"
    ASK = "ask"
    WITHDRAW = "withdraw"
    OPEN = "open"
    """Open what a supervisor approved."""
    CLOSE = "close"
    STOP = "stop"
    """Stop the program that uses it."""
    LEARN = "learn"
    """Go to the lesson, or to the rules of conduct, that open it."""
    NONE = "none"


_LOOKS: dict[Offer, tuple[str, str]] = {
    Offer.REVEAL: ("eye", "reveal"),
    Offer.ASK: ("hand", "ask"),
    Offer.WITHDRAW: ("undo-2", "withdraw"),
    Offer.OPEN: ("eye", "reveal"),
    Offer.CLOSE: ("eye-off", "close"),
    Offer.STOP: ("x", "close"),
    Offer.LEARN: ("graduation-cap", "learn"),
}
"""Icon, and the key's name in the table of shortcuts."""

_LETTERS = {
    "reveal": (Offer.REVEAL, Offer.OPEN),
    "ask": (Offer.ASK,),
    "withdraw": (Offer.WITHDRAW,),
    "learn": (Offer.LEARN,),
}
"""The offers that a letter of the table takes."""

_ACT_ICONS = {"phone": "phone", "email": "mail"}


class FieldRow(QWidget):
    """A row of the card.

    Attributes:
        field: what the session told about it; a mask, no value.
        offer: what its action does now.
        acts: what may be done with it while it stays shut.
        takes_letters: whether single letters do something in it; the person may switch that off.

    Signals:
        wanted: the row and the offer that the person took.
        copy_wanted: the row whose open value is to go to the clipboard.
        act_wanted: the row that is to be used and not shown.
        verify_wanted: the row whose value is to be compared with what the caller says.
        edit_wanted: the row that is to be changed.
        versions_wanted: the row whose versions are to be listed.
        moved: -1 or 1, the focus goes to the row above or below.
        menu_wanted: the row whose actions are to be listed.
    """

    wanted = Signal(object, str)
    copy_wanted = Signal(object)
    act_wanted = Signal(object)
    verify_wanted = Signal(object)
    edit_wanted = Signal(object)
    versions_wanted = Signal(object)
    moved = Signal(int)
    menu_wanted = Signal(object)

    def __init__(
        self, look: Look, field: ShownField, *, tells_reason: bool = True, label_width: int = LABEL_WIDTH
    ) -> None:
        super().__init__()
        self._look, self.field, self._tells_reason = look, field, tells_reason
        self.offer = Offer.NONE
        self.acts: tuple[ShownAct, ...] = ()
        self.takes_letters = True
        self._hovered = self._chosen = False
        self._shut: Shut | None = None
        self._open_note = self._opened_by = ""
        self.setObjectName(f"row_{field.name}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row = row = self._begin_row(label_width)
        self.curtain = self._make_curtain()
        row.addWidget(self.curtain, 1)
        self.marks = RowMarks(look, field.name, field.label)
        self.marks.edit_pressed.connect(lambda: self.edit_wanted.emit(self))
        self.marks.versions_pressed.connect(lambda: self.versions_wanted.emit(self))
        row.addWidget(self.marks)
        self.act = self._make_act()
        row.addWidget(self.act)
        self._act_key = key_cap(look, cap_for("act"))
        self._act_key.hide()
        row.addWidget(self._act_key)
        row.addSpacing(4)
        self.copy = Button(look, self.tr("Copy"), "row", icon="copy", name=f"copy_{field.name}")
        self.copy.setAccessibleName(filled("{}, {}", self.tr("Copy"), field.label))
        self.copy.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.copy.clicked.connect(self._on_copy_clicked)
        self.copy.hide()
        row.addWidget(self.copy)
        self._copy_key = key_cap(look, cap_for("copy"))
        self._copy_key.hide()
        row.addWidget(self._copy_key)
        row.addSpacing(4)
        self._verify_key = key_cap(look, cap_for("verify"))
        self._verify_key.setObjectName("verify_key")
        self._verify_key.setToolTip(words_for("verify"))
        self._verify_key.hide()
        row.addWidget(self._verify_key)
        row.addSpacing(4)
        self._key = key_cap(look, "R")
        self._key.hide()
        row.addWidget(self._key)
        row.addSpacing(7)
        self.button = Button(look, "", "row", icon="eye")
        self.button.setFixedWidth(look.px(ACTION_WIDTH))
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self._on_button_clicked)
        row.addWidget(self.button)
        self.show_rest()

    def set_letters(self, takes: bool) -> None:
        """Whether single letters do something in it; without them no cap shows one."""
        if takes is not self.takes_letters:
            self.takes_letters = takes
            self._light()

    @property
    def reason_code(self) -> str:
        """Why it is masked now, as a code."""
        return self._reason_code()

    @property
    def offer_icon(self) -> str:
        """The sign of its action."""
        return _LOOKS[self.offer][0] if self.offer in _LOOKS else ""

    @property
    def offer_key(self) -> str:
        """The name in the table of the key of its action."""
        return _LOOKS[self.offer][1] if self.offer in _LOOKS else "row_action"

    def _begin_row(self, label_width: int) -> QHBoxLayout:
        """The name beside the rest of the row, and above it, for a narrow card."""
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 0, 4, 0)
        column.setSpacing(0)
        self._above = ElidedLabel(self._look, self.field.label, ink="ink2", size=SMALL)
        self._above.setContentsMargins(0, 6, 0, 0)
        self._above.hide()
        column.addWidget(self._above)
        row = QHBoxLayout()
        row.setSpacing(0)
        column.addLayout(row)
        self._label = ElidedLabel(self._look, self.field.label, ink="ink2")
        self._label.setFixedWidth(label_width)
        row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    @property
    def name_label(self) -> QWidget:
        """The name as it stands now: beside the curtain, or above it."""
        return self._label if self._above.isHidden() else self._above

    def _act_words(self) -> str:
        return self.acts[0].label if len(self.acts) == 1 else self.tr("Use without showing")

    @property
    def act_icon(self) -> str:
        """The sign of what may be done with this kind of field."""
        return _ACT_ICONS.get(self.field.kind, "send")

    def _make_act(self) -> Button:
        act = Button(self._look, "", "link", name=f"act_{self.field.name}")
        act.set_glyph(self.act_icon, "ink2")
        act.setFixedSize(self._look.px(ACT), self._look.px(ACT))
        act.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        act.clicked.connect(self._on_act_clicked)
        act.hide()
        return act

    def set_acts(self, acts: tuple[ShownAct, ...]) -> None:
        """What may be done with it while it stays shut; nothing hides the sign."""
        self.acts = acts
        what = self._act_words()
        self.act.setAccessibleName(filled("{}, {}", what, self.field.label))
        self.act.setVisible(bool(acts))
        for cap in (self._act_key, self._key):  # the sign stands still when the row lights up
            policy = cap.sizePolicy()
            policy.setRetainSizeWhenHidden(bool(acts))
            cap.setSizePolicy(policy)
        self._row.invalidate()
        self._light()

    def set_edit(self, can_edit: bool, changes: int) -> None:
        """Whether the person may change it, and how often it was changed."""
        self.marks.show_state(can_edit, changes)
        self._light()
        self._row.invalidate()  # a layout is not told of what changes before it is shown
        self._row.activate()  # the office's answer comes later than the row: nothing stands over the action meanwhile

    def _make_curtain(self) -> Curtain:
        curtain = Curtain(self._look, self.field.mask or Mask("", "", 0), kind=self.field.kind)
        curtain.setObjectName(f"curtain_{self.field.name}")
        curtain.shut.connect(self._on_curtain_shut)
        curtain.few_left.connect(self._on_few_left)
        return curtain

    # states --------------------------------------------------------------------------------------------------------
    def show_rest(self) -> None:
        """The state that role and policy give: masked, or tied with a cord."""
        offers = {Action.REVEAL: Offer.REVEAL, Action.ASK: Offer.ASK, Action.NONE: Offer.NONE}
        state = CurtainState.MASKED if self._action() is Action.REVEAL else CurtainState.TIED
        offer = offers[self._action()]
        if self.field.reason in ("training", RULES):
            state, offer = CurtainState.RESTING, Offer.LEARN
        self._show(state, "", offer)

    def set_shut(self, shut: Shut | None) -> None:
        """The person may not open it by themselves for now, or may: what they could open can be asked for."""
        if shut is not self._shut:
            self._shut = shut
            if not self.is_busy:
                self.show_rest()

    def _action(self) -> Action:
        return Action.ASK if self._is_shut() else self.field.action

    def _is_shut(self) -> bool:
        return self._shut is not None and self.field.action is Action.REVEAL

    def _reason_code(self) -> str:
        return self._shut.value if self._shut is not None and self._is_shut() else self.field.reason

    def show_requested(self, words: str) -> None:
        """A request waits."""
        if self.curtain.state is CurtainState.REQUESTED:
            self.curtain.set_words(words)  # who asks for the name hears them; a name that changed each second would nag
            return
        self._show(CurtainState.REQUESTED, words, Offer.WITHDRAW)

    def show_granted(self, words: str) -> None:
        """A supervisor approved; it can be opened once."""
        if self.curtain.state is CurtainState.GRANTED:
            self.curtain.set_words(words)
            return
        self._show(CurtainState.GRANTED, words, Offer.OPEN)

    def show_refused(self, words: str, state: CurtainState = CurtainState.REFUSED) -> None:
        """A request was refused or has expired; the right it had before stays."""
        offer = Offer.ASK if self._action() is Action.ASK else Offer.NONE
        self._show(state, words, offer)

    def show_asked_back(self, words: str) -> None:
        """A supervisor has a question; asking anew answers it."""
        self.show_refused(words, CurtainState.ASKED_BACK)

    def show_offline(self, *, tells: bool = True) -> None:
        """The back office is away; one row of the card says it in words."""
        self._show(CurtainState.OFFLINE, self.tr("No reveal while offline") if tells else "", Offer.NONE)

    def show_opening(self) -> None:
        """The value is on its way."""
        self.curtain.opening()
        self._offer(Offer.NONE)

    def show_open(self, revealed: Revealed) -> None:
        """Hand the value to the curtain, and only there."""
        self._open_note = revealed.reason
        under = self.tr("Opened for you by {name}, once").format(name=revealed.opened_by)
        self._opened_by = under if revealed.opened_by else ""
        self.curtain.opened(revealed, self._opened_by)
        self._offer(Offer.CLOSE)

    def show_closed(self) -> None:
        """Drop the value, close the cloth."""
        self._open_note = self._opened_by = ""
        if self.curtain.is_open:
            self.curtain.closed()
        self._offer(Offer.NONE)
        if self.curtain.state is not CurtainState.CLOSING:
            self.show_rest()

    def show_acting(self, words: str, *, can_stop: bool) -> None:
        """A program uses it; these words say since when."""
        self._show(CurtainState.ACTING, words, Offer.STOP if can_stop else Offer.NONE)

    def show_acted(self, words: str) -> None:
        """It was used, and what it offers is as before."""
        self.show_rest()
        self._show(CurtainState.ACTED, words, self.offer)

    def show_not_acted(self, words: str) -> None:
        """It was not used, or nobody knows; what it offers is as before."""
        self.show_rest()
        self._show(CurtainState.NOT_ACTED, words, self.offer)

    @property
    def is_busy(self) -> bool:
        """Whether it is open, opening, closing or being used, so that a poll leaves it alone."""
        busy = (CurtainState.OPEN, CurtainState.OPENING, CurtainState.CLOSING, CurtainState.ACTING)
        return self.curtain.state in busy

    @property
    def can_verify(self) -> bool:
        """Whether what the caller says can be compared with it now: it is kept shut, and the office is there."""
        return self.field.can_verify and not self.is_busy and self.curtain.state is not CurtainState.OFFLINE

    def _show(self, state: CurtainState, words: str, offer: Offer) -> None:
        self.curtain.set_state(state, words)
        self._offer(offer)

    def _on_curtain_shut(self) -> None:
        self.show_rest()

    # offer and words -----------------------------------------------------------------------------------------------
    def _offer(self, offer: Offer) -> None:
        self.offer = offer
        self.button.setVisible(self.offer is not Offer.NONE)
        if self.offer is not Offer.NONE:
            icon, key = _LOOKS[self.offer]
            self.button.set_glyph(icon)
            self.button.set_words(self._offer_words())
            self.button.setAccessibleName(filled("{}, {}", self._offer_words(), self.field.label))
            self.button.setObjectName(f"{self.offer.value}_{self.field.name}")
            self._key.setText(cap_for(key))
            self._fit_button()
        self._light()

    def _fit_button(self) -> None:
        """All actions stand in one column; a word that needs more room has it."""
        self.button.setFixedWidth(max(self._look.px(ACTION_WIDTH), self.button.sizeHint().width()))

    def retranslate(self) -> None:
        """Longer words, or shorter."""
        self._fit_button()

    def _offer_words(self) -> str:
        words = {
            Offer.REVEAL: self.tr("Reveal"),
            Offer.ASK: self.tr("Ask"),
            Offer.WITHDRAW: self.tr("Withdraw"),
            Offer.OPEN: self.tr("Open"),
            Offer.CLOSE: self.tr("Close"),
            Offer.STOP: self.tr("Stop"),
            Offer.LEARN: self.tr("Lesson"),
        }
        return words.get(self.offer, "")

    def set_chosen(self, chosen: bool) -> None:
        """Stay lit while the row's popover has the focus."""
        self._chosen = chosen
        self._light()

    def _light(self) -> None:
        focused = self.hasFocus() or self._chosen
        lit = focused or self._hovered or self.offer is Offer.CLOSE
        self.button.set_lit(lit and self.offer is not Offer.NONE)
        self.copy.setVisible(self.curtain.may_copy or self.curtain.is_copy_settled)
        show_choice(self.copy, is_settled=self.curtain.is_copy_settled)
        has_room = self.width() >= self._look.px(ROOM_FOR_KEY) and self.takes_letters
        self._copy_key.setVisible(self.curtain.may_copy and has_room)
        ends = self.offer in (Offer.CLOSE, Offer.STOP)  # by Esc, which is no letter
        shows_key = (focused or self.offer is Offer.CLOSE) and self.offer is not Offer.NONE
        self._key.setVisible(shows_key and (has_room or (ends and self.width() >= self._look.px(ROOM_FOR_KEY))))
        self._act_key.setVisible(has_room and focused and bool(self.acts))
        self._verify_key.setVisible(has_room and focused and self.can_verify)
        self.marks.light(focused or self._hovered)
        self.curtain.set_lit(self.hasFocus())
        shows_reason = focused or self._hovered or self.offer is Offer.CLOSE or self._tells_reason
        self.curtain.set_reason(self._reason() if shows_reason else "")
        self._tell()
        self.update()

    def _reason(self) -> str:
        if self._open_note:
            return self._open_note
        resting = (CurtainState.MASKED, CurtainState.TIED, CurtainState.RESTING)
        if self.curtain.state not in resting:
            return ""
        return lesson_opens(self.field.lesson) if self.field.lesson else row_reason(self._reason_code())

    @said
    def spoken(self) -> str:
        """The name of the row for a screen reader: the field, its class, its state as it is now; never a value."""
        parts = [self.field.label, class_name(self.field.data_class).lower()]
        if self.curtain.is_open:
            parts.append(self._left_words())
        else:
            parts.append(self.curtain.spoken())
            parts += [self.curtain.words] if self.curtain.words else []
        return joined(", ", *parts)

    def _left_words(self) -> str:
        left, many = self.curtain.seconds_left(), self.tr("open, {n} seconds left")
        return one_or_many(left, self.tr("open, {n} second left"), many).format(n=left)

    @said
    def spoken_why(self) -> str:
        """Its description: why it is shut or open, and which keys do something; never a value."""
        if self.curtain.is_open:
            say = self.tr("{key} says it aloud").format(key=cap_for("say")) if self.takes_letters else ""
            copies = self.curtain.may_copy and self.takes_letters
            may = self.tr("{key} copies it").format(key=cap_for("copy")) if copies else ""
            if self.curtain.is_copy_settled:
                may = filled("{}: {}", self.tr("Copy"), settled_words())
            return "; ".join(words for words in (self._open_note, self._opened_by, say, may) if words)
        words = lesson_opens(self.field.lesson) if self.field.lesson else mask_reason(self._reason_code())
        why = [words] if self.field.reason else []
        if not self.takes_letters:
            return "; ".join(why)
        why += [filled("{}: {}", cap_for("act"), self._act_words())] if self.acts else []
        why += [self.tr("{key} compares what the caller says").format(key=cap_for("verify"))] * self.can_verify
        why += self.marks.spoken()
        return "; ".join(why)

    def _tell(self) -> None:
        self.setAccessibleName(self.spoken())
        self.setAccessibleDescription(self.spoken_why())

    def _on_few_left(self, seconds: int) -> None:
        """A reader hears that the time runs out; the name says how much is left."""
        self._tell()
        many = self.tr("{n} seconds left")
        announce(self, one_or_many(seconds, self.tr("{n} second left"), many).format(n=seconds))

    # what the person does ------------------------------------------------------------------------------------------
    def _on_button_clicked(self) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.take(self.offer)

    def _on_copy_clicked(self) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.want_copy()

    def _on_act_clicked(self) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.want_act()

    def press(self) -> None:
        """As a click on its button: what a screen reader's own action does."""
        if self.isEnabled():
            self._on_button_clicked()

    def _say(self) -> None:
        """Let a screen reader speak the open value, once; without one nothing is said anywhere."""
        self.curtain.say_to(lambda text: announce(self, text, now=True))

    def want_act(self) -> None:
        """Have it used, if it may be and nothing uses it."""
        if self.acts and self.curtain.state is not CurtainState.ACTING:
            self.act_wanted.emit(self)

    def want_copy(self) -> None:
        """Have the open value copied, if it may be."""
        if self.curtain.may_copy:
            self.copy_wanted.emit(self)

    def take(self, offer: Offer) -> None:
        """Take the offer if it is the one on hand."""
        if offer is not Offer.NONE and offer is self.offer:
            self.wanted.emit(self, offer.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Letters of the row, Return, arrows."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take(self.offer)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Menu:
            self.menu_wanted.emit(self)
        elif not self._take_letter(command_of(event)):
            super().keyPressEvent(event)

    def _take_letter(self, does: str) -> bool:
        """Do what a letter of the table means here and now; whether it meant something."""
        can: dict[str, tuple[bool, Callable[[], object]]] = {
            "verify": (self.can_verify, lambda: self.verify_wanted.emit(self)),
            "copy": (self.curtain.may_copy, self.want_copy),
            "say": (self.curtain.is_open, self._say),
            "act": (bool(self.acts), self.want_act),
            "edit_field": (self.marks.can_edit, lambda: self.edit_wanted.emit(self)),
            "field_versions": (self.marks.changes > 0, lambda: self.versions_wanted.emit(self)),
        }
        can |= {name: (self.offer in offers, lambda: self.take(self.offer)) for name, offers in _LETTERS.items()}
        possible, act = can.get(does, (False, bool))
        if not self.takes_letters or not possible:
            return False
        act()
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 (Qt's name)
        """The right button, too, lists what can be done."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.menu_wanted.emit(self)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Light up."""
        super().focusInEvent(event)
        self._light()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Go dark."""
        super().focusOutEvent(event)
        self._light()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """In a narrow card the name stands above the curtain."""
        super().resizeEvent(event)
        self._stack()

    def redress(self) -> None:
        """Another size of the text: another arrangement."""
        self._stack()
        self._light()

    def _stack(self) -> None:
        stacked = self.width() < self._look.px(STACKED)
        if stacked is self._above.isHidden():
            self._above.setVisible(stacked)
            self._label.setVisible(not stacked)
        self.button.setMinimumWidth(0 if stacked else self._look.px(ACTION_WIDTH))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As narrow as its card."""
        return QSize(0, super().minimumSizeHint().height())

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Light up under the pointer."""
        self._hovered = True
        self._light()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Go dark."""
        self._hovered = False
        self._light()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Tint the row that has the focus, the pointer or the open value."""
        role = (
            "selected"
            if self.hasFocus() or self._chosen or self.offer is Offer.CLOSE
            else "hover"
            if self._hovered
            else ""
        )
        if not role:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edged = role == "selected" and self._look.is_contrast
        painter.setPen(QPen(self._look.colour("accent"), 1) if edged else Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour(role))
        inset = 0.5 if edged else 0.0
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 5, 5)
        painter.end()


heard_as("FieldRow", RowNode)
