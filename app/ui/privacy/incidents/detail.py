"""One incident: its clock, what is known, what may be done now, letters, timeline and lessons."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.incidents.words import IncidentState, NoteKind, Origin, Told
from app.session.privacy.shown_incidents import AffectedList, IncidentTexts, ReadIncident, ShownIncident
from app.ui.accounts.facts import Question, empty, fact, focus_newest, heading, newest, section
from app.ui.console.search_bar import Picker
from app.ui.privacy.incidents.scope_form import ScopeForm
from app.ui.privacy.incidents.words import letter_name, moment_words, origin_words, state_name, title_of, told_name
from app.ui.privacy.requests.words import clock_sign, clock_words
from app.ui.saying import filled, joined
from app.ui.theme.fonts import FIGURES, SMALL
from app.ui.theme.look import Look
from app.ui.widgets.answering import AnsweringPage
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip
from app.ui.widgets.labels import line, text_label
from app.ui.widgets.strips import Message, Strip
from app.ui.words import class_name, day_and_time, number, one_or_many

HOURS_BEFORE = (0, 1, 3, 6, 12, 24, 48, 72, 168)
SHOWN_AFFECTED, SHOWN_MOMENTS = 50, 60
_HEIGHT = 54


class IncidentDetail(AnsweringPage):
    """One incident, made anew with each reading.

    Args:
        look: colours.

    Signals:
        wanted: the button, and what is wanted by a word: `dismiss`, `affected`, `save_affected`,
            `letters_each`, `close`.
        confirmed: the button, and how many hours before the report the office knew of it.
        scoped: the button and the wish.
        written: the button and the texts of the letters.
        noted: the button, the kind, the words.
        told: the button and who was told.
        letter_wanted: the button, to whom, in which language.
        wrong: a moment that is none was typed.
    """

    wanted = Signal(object, str)
    confirmed = Signal(object, int)
    scoped = Signal(object, object)
    written = Signal(object, object)
    noted = Signal(object, object, str)
    told = Signal(object, object)
    letter_wanted = Signal(object, object, str)
    wrong = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.read: ReadIncident | None = None
        self.affected: AffectedList | None = None
        self._now: datetime | None = None
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        body.setProperty("ground", "none")
        self.setWidget(body)
        column = QVBoxLayout(body)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(0)
        self.error = Message(look, "danger", "incident_error")
        column.addWidget(self.error)
        self.done = Message(look, "ok", "incident_done")
        column.addWidget(self.done)
        column.addSpacing(4)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(8)
        column.addLayout(self._facts)
        column.addStretch(1)

    @property
    def incident(self) -> ShownIncident | None:
        """Which one is shown."""
        return self.read.incident if self.read is not None else None

    def show_incident(self, read: ReadIncident, now: datetime) -> None:
        """Show one; of another one than before nothing stays."""
        if self.incident is None or self.incident.id != read.incident.id:
            self.affected = None
            self.clear()
            self.drop_typed()
        self.read, self._now = read, now
        self._fill()

    def show_affected(self, found: AffectedList) -> None:
        """Whom it touched."""
        self.affected = found
        self._fill()

    def show_nothing(self) -> None:
        """None is looked at."""
        self.read, self.affected = None, None
        self.clear()
        self.drop_typed()
        empty(self._facts)

    def say(self, sentence: str) -> None:
        """Say what was done."""
        self.error.say("")
        self.done.say(sentence)

    def refuse(self, sentence: str) -> None:
        """Say why it was not done."""
        super().refuse(sentence)
        self.ensureWidgetVisible(self.error)

    def drop_typed(self) -> None:
        """What is typed here is kept by the office now, or is not wanted any more."""
        for edit in self.findChildren(QPlainTextEdit):
            edit.document().setModified(False)

    def _typed(self) -> dict[str, str]:
        edits = self.findChildren(QPlainTextEdit)
        return {edit.objectName(): edit.toPlainText() for edit in edits if edit.document().isModified()}

    # filling -------------------------------------------------------------------------------------------------------
    def _fill(self) -> None:
        read = self.read
        if read is None:
            return
        focus = self.focusWidget()
        focused = focus.objectName() if focus is not None and focus.hasFocus() else ""
        typed = self._typed()
        empty(self._facts)
        one = read.incident
        if one.is_drill:
            self._facts.addWidget(Strip(self._look, self.tr("A drill: this did not happen."), "warn", name="drill"))
        self._add_facts(one, read.words)
        if one.state is IncidentState.REPORTED:
            self._add_judging()
        if one.is_open:
            self._add_scope(one)
        if one.state is not IncidentState.DISMISSED and one.since is not None:
            self._add_affected(one)
        if one.state in {IncidentState.CONFIRMED, IncidentState.CLOSED}:
            self._add_letters(one, read.texts)
        if one.state is IncidentState.CONFIRMED:
            self._add_telling(one)
        self._add_timeline(read)
        for name, text in typed.items():
            if isinstance(edit := newest(self, name), QPlainTextEdit):
                edit.setPlainText(text)
                edit.document().setModified(True)
        self.set_working(self._works)
        if focused:
            focus_newest(self, focused)

    def _add_facts(self, one: ShownIncident, words: str) -> None:
        look, facts = self._look, self._facts
        facts.addLayout(heading(look, title_of(one), state_name(one)))
        if one.standing is not None:
            sign, tone = clock_sign(one.standing)
            chip = Chip(look, clock_words(one.standing), tone=tone, icon=sign)
            facts.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        facts.addLayout(fact(look, "T0", day_and_time(one.t0.timestamp())))
        facts.addLayout(fact(look, self.tr("To be told by"), day_and_time(one.due_at.timestamp())))
        if one.origin is Origin.SIGNED_IN:
            by = joined(", ", one.reported_by, one.seat_of_report, day_and_time(one.reported_at.timestamp()))
            facts.addLayout(fact(look, self.tr("Reported by"), by))
        else:
            self._add_origin(one)
        for who, at in one.told.items():
            facts.addLayout(fact(look, told_name(who), day_and_time(at.timestamp())))
        if words:
            facts.addWidget(text_label(look, words, wrap=True))

    def _add_origin(self, one: ShownIncident) -> None:
        """A report that proves nothing of who made it: said before what it says."""
        look, facts = self._look, self._facts
        unproven = self.tr("Nobody was signed in: whoever sat at the workstation could have written this.")
        facts.addWidget(Strip(look, unproven, "warn", name="unproven"))
        facts.addLayout(fact(look, self.tr("Reported at"), origin_words(one)))
        if one.made_at is not None:
            made = filled("{} ({})", day_and_time(one.made_at.timestamp()), self.tr("by the workstation’s clock"))
            facts.addLayout(fact(look, self.tr("Written"), made))
        came = joined(", ", one.brought_by, day_and_time(one.reported_at.timestamp()))
        facts.addLayout(fact(look, self.tr("Came with the session of"), came))

    def _add_judging(self) -> None:
        ground = Question("judging")
        hours = Picker(self._look)
        hours.setObjectName("hours_before")
        hours.setAccessibleName(self.tr("Since when the office has known of it"))
        for count in HOURS_BEFORE:
            hours.addItem(self._before(count), count)
        ground.column.addWidget(hours)
        confirm = Button(self._look, self.tr("It is an incident"), "primary", name="confirm_incident")
        confirm.clicked.connect(lambda: self.confirmed.emit(confirm, int(hours.currentData())))
        ground.column.addWidget(confirm)
        none = Button(self._look, self.tr("It is none"), "quiet", name="dismiss_incident")
        none.clicked.connect(lambda: self.wanted.emit(none, "dismiss"))
        ground.column.addWidget(none)
        self._facts.addWidget(ground)

    def _add_telling(self, one: ShownIncident) -> None:
        """That they were told, and the end: below the letters, which come first."""
        self._facts.addWidget(line())
        self._facts.addWidget(section(self._look, self.tr("Once the letters are out")))
        for who in Told:
            if who not in one.told:
                words = self.tr("{who}: told now").format(who=told_name(who))
                button = Button(self._look, words, "secondary", icon="send", name=f"told_{who.value}")
                button.clicked.connect(lambda _on=False, b=button, w=who: self.told.emit(b, w))
                self._facts.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        close = Button(self._look, self.tr("Close the incident"), "quiet", icon="check", name="close_incident")
        close.clicked.connect(lambda: self.wanted.emit(close, "close"))
        self._facts.addWidget(close, 0, Qt.AlignmentFlag.AlignLeft)

    def _before(self, hours: int) -> str:
        if not hours:
            return self.tr("Known since the report")
        words = one_or_many(hours, self.tr("Known {n} hour before"), self.tr("Known {n} hours before"))
        return words.format(n=number(hours))

    def _add_scope(self, one: ShownIncident) -> None:
        assert self._now is not None
        self._facts.addWidget(line())
        self._facts.addWidget(section(self._look, self.tr("What it is about")))
        form = ScopeForm(self._look, one, self._now)
        form.sent.connect(self.scoped)
        form.wrong.connect(self.wrong)
        self._facts.addWidget(form)

    def _add_affected(self, incident: ShownIncident) -> None:
        look, facts = self._look, self._facts
        facts.addWidget(line())
        facts.addWidget(section(look, self.tr("Whom it touched, by the audit log")))
        find = Button(look, self.tr("Find them in the log"), "secondary", icon="search", name="affected")
        find.clicked.connect(lambda: self.wanted.emit(find, "affected"))
        facts.addWidget(find, 0, Qt.AlignmentFlag.AlignLeft)
        found = self.affected
        if found is None:
            return
        count = one_or_many(found.total, self.tr("{n} customer"), self.tr("{n} customers"))
        of_log = self.tr("The log was verified up to entry {n}.").format(n=number(found.entries))
        facts.addWidget(text_label(look, joined(". ", count.format(n=number(found.total)), of_log), wrap=True))
        for row in found.rows[:SHOWN_AFFECTED]:
            classes = joined(", ", *map(class_name, row.classes))
            times = one_or_many(row.times, self.tr("{n} time"), self.tr("{n} times")).format(n=number(row.times))
            facts.addLayout(fact(look, row.number or self.tr("erased"), joined(": ", times, classes)))
        if found.total:
            save = Button(look, self.tr("Save the list…"), "quiet", icon="download", name="save_affected")
            save.clicked.connect(lambda: self.wanted.emit(save, "save_affected"))
            facts.addWidget(save, 0, Qt.AlignmentFlag.AlignLeft)
        if found.total and incident.state in {IncidentState.CONFIRMED, IncidentState.CLOSED}:
            each = Button(look, self.tr("A letter to each of them…"), "secondary", icon="files", name="letters_each")
            each.setToolTip(self.tr("One PDF for each customer in both languages, and a list of references, in a ZIP"))
            each.clicked.connect(lambda: self.wanted.emit(each, "letters_each"))
            facts.addWidget(each, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_letters(self, one: ShownIncident, texts: IncidentTexts) -> None:
        look, facts = self._look, self._facts
        facts.addWidget(line())
        facts.addWidget(section(look, self.tr("Letters of UU PDP art. 46")))
        if one.state is IncidentState.CONFIRMED:
            edits = (
                self._text("text_how", self.tr("How it happened"), texts.how),
                self._text("text_handling", self.tr("What is done about it"), texts.handling),
                self._text("text_recovery", self.tr("How protection is restored"), texts.recovery),
            )
            save = Button(look, self.tr("Keep these words"), "secondary", icon="check", name="save_texts")

            def send() -> None:
                how, handling, recovery = (edit.toPlainText().strip() for edit in edits)
                self.written.emit(save, IncidentTexts(how, handling, recovery))

            save.clicked.connect(send)
            facts.addWidget(save, 0, Qt.AlignmentFlag.AlignLeft)
        for who in Told:
            for language, of in (("id", self.tr("Indonesian")), ("en", self.tr("English"))):
                words = filled("{} ({})…", letter_name(who), of)
                button = Button(look, words, "quiet", icon="file-text", name=f"letter_{who.value}_{language}")
                button.clicked.connect(lambda _on=False, b=button, w=who, c=language: self.letter_wanted.emit(b, w, c))
                facts.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _text(self, name: str, label: str, text: str) -> QPlainTextEdit:
        edit = QPlainTextEdit()
        edit.setObjectName(name)
        edit.setFont(self._look.font())
        edit.setTabChangesFocus(True)
        edit.setFixedHeight(self._look.px(_HEIGHT))
        edit.setPlainText(text)
        edit.setAccessibleName(label)
        self._facts.addWidget(text_label(self._look, label, ink="ink2", size=SMALL))
        self._facts.addWidget(edit)
        return edit

    def _add_timeline(self, read: ReadIncident) -> None:
        look, facts = self._look, self._facts
        facts.addWidget(line())
        facts.addWidget(section(look, self.tr("Timeline and lessons")))
        for moment in read.timeline[-SHOWN_MOMENTS:]:
            when = joined(", ", day_and_time(moment.at.timestamp()), moment.by)
            facts.addWidget(text_label(look, when, ink="ink2", size=SMALL, features=FIGURES))
            facts.addWidget(text_label(look, moment_words(moment), wrap=True))
        note = self._text("incident_note", self.tr("What happened, or what is learned of it"), "")
        for kind, words in (
            (NoteKind.TIMELINE, self.tr("Add to the timeline")),
            (NoteKind.LESSON, self.tr("Add as a lesson")),
        ):
            button = Button(look, words, "secondary", icon="plus", name=f"note_{kind.value}")
            button.clicked.connect(
                lambda _on=False, b=button, k=kind: self.noted.emit(b, k, note.toPlainText().strip())
            )
            facts.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
