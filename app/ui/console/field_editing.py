"""Changing fields of the customer on the card: begins, judges, saves, meets others, ends (ui.md section 5).

One field at a time. What was typed lives in the line of `EditRow` alone and goes with the save; another customer, the
end of the session and a lock drop it. Nothing is changed offline: a change that waited would meet others unseen.
"""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, Signal

from app.domain.editing import WhyEmptied
from app.domain.errors import InputRefusedError, NotAllowedError, PacedError
from app.session.errors import SignInAnswerError
from app.session.shown_editing import EditConflict, FieldNow, ShownVersion
from app.ui.console.code_popover import CodePopover
from app.ui.console.customer_card import CustomerCard
from app.ui.console.edit_menu import EditMenu
from app.ui.console.edit_row import EditRow
from app.ui.console.editing_use_cases import EditingUseCases
from app.ui.console.field_row import FieldRow
from app.ui.console.presence import Presence
from app.ui.console.versions_popover import VersionsPopover
from app.ui.faults import fault_of
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases
from app.ui.value_faults import too_fast, value_fault
from app.ui.widgets.announce import announce
from app.ui.widgets.popover import Popover
from app.ui.words import in_a_sentence

NOT_IDENTIFIED, STEP_UP = "not_identified", "step_up"


class FieldEditing(QObject):
    """Joins the card's edits to the office.

    Signals:
        told: a sentence for the status bar.
        edited: a field has changed; the cache is behind.
        check_wanted: the caller is to be identified first.
        failed: an exception that nobody here could answer.
    """

    told = Signal(object)
    edited = Signal()
    check_wanted = Signal()
    failed = Signal(object)

    def __init__(self, look: Look, desk: DeskUseCases, tasks: Tasks, card: CustomerCard) -> None:
        super().__init__(card)
        self._look, self._desk, self._tasks, self._card = look, desk, tasks, card
        self._use: EditingUseCases = desk.editing
        self.presence = Presence(self._use, tasks, self)
        self.presence.changed.connect(self._on_presence)
        self.presence.failed.connect(self.failed)
        self._row: EditRow | None = None
        self._popover: Popover | None = None
        self._record = self._request = self._seen = ""
        self._sent = ""
        self._again: Callable[[], None] = _nothing
        self._away = False
        self._turn = 0
        card.edit_wanted.connect(self.begin)
        card.versions_wanted.connect(self._show_versions)
        card.edit_menu_wanted.connect(self.choose)

    # state ---------------------------------------------------------------------------------------------------------
    @property
    def is_open(self) -> bool:
        """Whether a field is being changed."""
        return self._row is not None and shiboken6.isValid(self._row)

    def show_customer(self, record: str, *, away: bool) -> None:
        """Another card, or the same customer on a new one."""
        self._away = away
        if record != self._record:
            self.leave()
        self._record = record
        self.presence.show_customer(record)

    def show_away(self, away: bool) -> None:
        """The back office is away, or back."""
        was, self._away = self._away, away
        if away:
            self.presence.show_away()
        elif was:
            self.presence.look_again()

    def stop(self) -> None:
        """The session ends."""
        self.leave()
        self.presence.stop()

    def _on_presence(self) -> None:
        """Dress the rows, say who is there, and warn whoever changes what somebody else has just changed."""
        self._card.editing.show_others(self.presence.others)
        self._card.editing.show_may(bool(self.presence.fields))
        for row in self._card.rows():
            now = self.presence.field(row.field.name)
            row.set_edit(now is not None, now.changes if now is not None else 0)
        if self._row is not None and shiboken6.isValid(self._row):
            self._warn_of_others(self._row)

    def _warn_of_others(self, row: EditRow) -> None:
        now = self.presence.field(row.field.field)
        beside = [one.name for one in self.presence.others if one.editing == row.field.label]
        if now is not None and now.mark != self._seen and not self._sent:
            row.warn(self.tr("Somebody changed this while you typed. You see both before anything is saved."))
        elif beside:
            row.warn(self.tr("{name} is changing this, too.").format(name=", ".join(beside)))
        else:
            row.warn("")

    # beginning -----------------------------------------------------------------------------------------------------
    def choose(self) -> None:
        """Let the person choose a field."""
        if self._refuses_now():
            return
        menu = EditMenu(self._look, self._card.editing.button or self._card, self.presence.fields)
        menu.chosen.connect(self.begin)
        self._popover = menu
        menu.focus_first()

    def begin(self, name: str) -> None:
        """Change a field."""
        if self._refuses_now():
            return
        now = self.presence.field(name)
        if now is None:
            self._card.fault.say(self.tr("Your role does not change this field."))
            return
        if self._row is not None and shiboken6.isValid(self._row) and self._row.field.field == name:
            self._row.focus()
            return
        self.leave()
        self._drop_popover()
        self._card.fault.say("")
        row = EditRow(self._look, now, self._card.label_width)
        row.paused.connect(self._judge)
        row.saved.connect(self._save)
        row.put_on_top.connect(self._put_on_top)
        row.removed.connect(self._remove)
        row.versions_wanted.connect(lambda: self._show_versions_of(row, row.field.field, row.field.label))
        row.theirs_kept.connect(self._keep_theirs)
        row.left.connect(self.leave)
        self._row, self._seen, self._request, self._sent = row, now.mark, "", ""
        self._turn += 1
        self._card.open_edit(row, now.field, now.data_class)
        row.focus()
        self._warn_of_others(row)  # who has begun before this is told of no more
        self.presence.set_editing(name)

    def _refuses_now(self) -> bool:
        words = self.why_not()
        if words:
            self._card.fault.say(words)
            announce(self._card, words, now=True)
        return bool(words)

    def why_not(self) -> str:
        """Why nothing can be changed now; empty if something can."""
        if self._away:
            return self.tr("Nothing is changed while the back office is away.")
        if not self.presence.fields:
            return self.tr("Your role changes nothing here, or the back office has not answered yet.")
        return ""

    # judging and saving --------------------------------------------------------------------------------------------
    def _judge(self, text: str) -> None:
        row = self._row
        if row is None or not text.strip():
            return
        name, turn = row.field.field, self._turn

        def show(code: str) -> None:
            if turn == self._turn and shiboken6.isValid(row) and row.edit.text() == text:
                row.show_judged(value_fault(code) if code else "")

        self._tasks.run(lambda: self._use.judge(name, text), show, self.failed.emit, owner=self)

    def _save(self, text: str) -> None:
        use = self._use
        self._send(f"save {text}", lambda request, record, name, seen: use.save(request, record, name, seen, text))

    def _remove(self, why: WhyEmptied) -> None:
        """Leave nothing there."""
        use = self._use
        self._send(f"empty {why}", lambda request, record, name, seen: use.empty(request, record, name, seen, why))

    def _send(self, what: str, call: Callable[[str, str, str, str], FieldNow | EditConflict]) -> None:
        row = self._row
        if row is None:
            return
        if what != self._sent or not self._request:  # the same goes with the same id: the office takes it once
            self._request, self._sent = self._use.new_request(), what
        row.show_saving()
        self._turn += 1
        turn, name = self._turn, row.field.field
        request, record, seen = self._request, self._record, self._seen
        self._again = lambda: self._send(what, call)
        self._tasks.run(
            lambda: call(request, record, name, seen),
            lambda answer: self._on_answer(turn, answer),
            lambda error: self._on_refused(turn, error),
            owner=self,
        )

    def _put_on_top(self, text: str) -> None:
        """A new version over theirs, which was seen now."""
        self._request = ""
        self._save(text)

    def _on_answer(self, turn: int, answer: FieldNow | EditConflict) -> None:
        row = self._row
        if turn != self._turn or row is None or not shiboken6.isValid(row):
            return
        self._request = self._sent = ""
        if isinstance(answer, EditConflict):
            self._seen = answer.theirs.mark
            row.show_conflict(answer)
            return
        words = self.tr("{field} is changed. The version before is kept.").format(field=row.field.label)
        if row.field.is_empty:
            words = self.tr("{field} is kept now.").format(field=row.field.label)
        elif answer.is_empty:
            words = self.tr("{field} is removed. The version before stays sealed.").format(field=row.field.label)
            if not answer.is_sealed:
                words = self.tr("{field} is removed. The version before is kept.").format(field=row.field.label)
        was_inside = row.has_focus
        self._end()
        if answer.is_empty and was_inside:  # the row goes with its mask
            self._card.editing.focus_button()
        self.told.emit(words)
        announce(self._card, words)
        self.edited.emit()

    def _on_refused(self, turn: int, error: Exception) -> None:
        row = self._row
        if turn != self._turn or row is None or not shiboken6.isValid(row):
            return
        code = getattr(error, "code", "")
        if isinstance(error, InputRefusedError):
            self._request = self._sent = ""
            row.refuse(value_fault(code))
        elif isinstance(error, NotAllowedError) and code == NOT_IDENTIFIED:
            row.refuse(self.tr("Check who is calling first, then save; what you typed stays here."))
            self.check_wanted.emit()
        elif isinstance(error, NotAllowedError) and code == STEP_UP:
            self._ask_code(row)
        elif isinstance(error, PacedError):
            row.refuse(too_fast(error))
        else:
            row.refuse(fault_of(error).sentence)

    def _ask_code(self, row: EditRow) -> None:
        """A fresh code, then the same edit again."""
        row.refuse(self.tr("This needs a fresh code."))
        words = self.tr("Your last code is older than five minutes, and this needs a fresh one.")
        title = self.tr("Change {field}").format(field=in_a_sentence(row.field.label))
        popover = CodePopover(self._look, row, title, words, self.tr("Save"))

        def refused(error: Exception) -> None:
            if isinstance(error, SignInAnswerError):
                popover.refuse(fault_of(error).sentence)
            else:
                popover.dismiss()
                self.failed.emit(error)

        def go_on(_none: None) -> None:
            popover.finish()
            if shiboken6.isValid(row):
                self._again()

        popover.given.connect(
            lambda code: self._tasks.run(lambda: self._desk.step_up(code), go_on, refused, owner=popover)
        )
        self._popover = popover
        popover.focus_first()

    # ending --------------------------------------------------------------------------------------------------------
    def leave(self) -> None:
        """Leave the field as it is; what was typed is gone."""
        row = self._row
        if row is None:
            return
        if shiboken6.isValid(row) and row.has_text:
            self.told.emit(self.tr("{field} was not changed.").format(field=row.field.label))
        self._end()

    def step_back(self) -> None:
        """Esc: the question why a value is removed, else the edit."""
        row = self._row
        if row is not None and shiboken6.isValid(row) and row.removing is not None and row.removing.asks:
            row.removing.fold()
        else:
            self.leave()

    def _keep_theirs(self) -> None:
        row = self._row
        if row is not None:
            self.told.emit(self.tr("{field} stays as it is now.").format(field=row.field.label))
        self._end()
        self.edited.emit()

    def _end(self) -> None:
        row, self._row = self._row, None
        self._request = self._sent = self._seen = ""
        self._again = _nothing
        self._turn += 1
        self._drop_popover()
        if row is not None and shiboken6.isValid(row):
            row.wipe()
            self._card.close_edit(row)
        self.presence.set_editing("")

    def _drop_popover(self) -> None:
        if self._popover is not None and shiboken6.isValid(self._popover):
            self._popover.dismiss()
        self._popover = None

    # versions ------------------------------------------------------------------------------------------------------
    def _show_versions(self, row: FieldRow) -> None:
        self._show_versions_of(row, row.field.name, row.field.label)

    def _show_versions_of(self, anchor: FieldRow | EditRow, name: str, label: str) -> None:
        record = self._record

        def show(versions: tuple[ShownVersion, ...]) -> None:
            if shiboken6.isValid(anchor) and self._record == record:
                self._popover = popover = VersionsPopover(self._look, anchor, label, versions)
                if isinstance(anchor, EditRow):
                    popover.folded.connect(lambda: anchor.focus() if shiboken6.isValid(anchor) else None)
                popover.unfold()

        self._tasks.run(lambda: self._use.versions(record, name), show, self.failed.emit, owner=self)


def _nothing() -> None:
    """Nothing was sent that could be sent again."""
