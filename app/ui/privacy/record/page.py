"""The record of processing activities: by purpose and field by field, as the inventory has it; the document of it.

Nothing is typed here. Whoever wants another record changes the inventory.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget

from app.domain.privacy.record_words import ActivityLine, FieldLine, RecordSaid
from app.domain.privacy.unused import FieldUse, Usage
from app.session.privacy.record import Form
from app.session.shown_who_saw import Language
from app.ui.commands.command import Command, Nearness
from app.ui.faults import fault_of
from app.ui.language import spoken
from app.ui.language import tr as _tr
from app.ui.policy.policy_table import Line, PolicyTable
from app.ui.privacy.desk_page import DeskPage
from app.ui.privacy.page_head import PageHead
from app.ui.privacy.use_cases import RecordUseCases
from app.ui.saying import joined, said
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.who_saw.asking_line import LANGUAGES
from app.ui.who_saw.save_dialog import AskPath, ask_path
from app.ui.widgets.buttons import Button
from app.ui.widgets.strips import Strip
from app.ui.words import day_and_time, number, one_or_many

_GAPS_SHOWN = 3
"""So many are said on the page; the documents have all."""


class RecordPage(DeskPage):
    """The page.

    Args:
        look: colours.
        record: the use cases.
        tasks: the door off the GUI thread.
        ask: asks where a document is to lie.
        today: the day in a document's name.

    Signals:
        failed: an exception that is no refusal.
    """

    failed = Signal(object)

    def __init__(
        self,
        look: Look,
        record: RecordUseCases,
        tasks: Tasks,
        ask: AskPath = ask_path,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__("privacy_record", ask, today)
        self._record, self._tasks = record, tasks
        about = self.tr("Computed from the inventory (UU PDP article 31). To change it, change the inventory.")
        self.head = PageHead(look, self.tr("Processing record"), about, "record")
        self.pdfs: dict[Language, Button] = {}
        self._make_buttons(look)
        self.gaps = Strip(look, "", "warn", flat=True, name="record_gaps")
        self._make_tables(look)
        self._place(look)
        self.gaps.hide()

    def _make_buttons(self, look: Look) -> None:
        names = {"en": self.tr("PDF in English"), "id": self.tr("PDF in Indonesian")}
        for language in LANGUAGES:
            button = Button(look, names[language], "secondary", icon="file-text", name=f"record_pdf_{language}")
            button.clicked.connect(lambda _checked=False, one=language: self._on_pdf_wanted(one))
            self.pdfs[language] = button
            self.head.tools.addWidget(button)
        self.page = Button(look, self.tr("Page (HTML)"), "secondary", icon="globe", name="record_html")
        self.page.clicked.connect(lambda: self._on_file_wanted(self.page, _language(), "html"))
        self.head.tools.addWidget(self.page)

    def _make_tables(self, look: Look) -> None:
        headings = (self.tr("Purpose"), self.tr("Grounds"), self.tr("Data"), self.tr("Who else gets it"),
                    self.tr("Kept at the longest"))  # fmt: skip
        self.activities = PolicyTable(
            look, "record_activities", self.tr("Activities by purpose"), headings,
            {0: 190, 1: 225, 3: 170, 4: 180}, wraps=True, rest=262,
        )  # fmt: skip
        of_fields = (self.tr("Field"), self.tr("Class"), self.tr("Category"), self.tr("Grounds"), self.tr("Kept"),
                    self.tr("Purposes"))  # fmt: skip
        self.fields = PolicyTable(
            look, "record_fields", self.tr("Fields"), of_fields,
            {0: 180, 1: 90, 2: 90, 3: 210, 4: 180}, wraps=True, rest=240,
        )  # fmt: skip

        of_uses = (self.tr("Field"), self.tr("Use in 90 days"), self.tr("Times"), self.tr("Last"))
        self.uses = PolicyTable(look, "record_uses", self.tr("Which fields are used"), of_uses, {0: 220, 2: 90, 3: 150})

    def _place(self, look: Look) -> None:
        column = self.column
        column.addWidget(self.head)
        column.addWidget(self.gaps)
        row = QHBoxLayout()
        row.setContentsMargins(20, 6, 20, 8)
        row.setSpacing(4)
        self.sections = QButtonGroup(self)
        self.stack = QStackedWidget()
        parts = (
            (self.tr("By purpose"), "section_activities", self.activities),
            (self.tr("Field by field"), "section_fields", self.fields),
            (self.tr("Use of fields"), "section_uses", self.uses),
        )
        for at, (words, name, table) in enumerate(parts):
            button = Button(look, words, "segment", name=name)
            button.setCheckable(True)
            button.setChecked(at == 0)
            self.sections.addButton(button, at)
            row.addWidget(button)
            self.stack.addWidget(table)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.stack, 1)
        self.sections.idToggled.connect(self._on_section)

    # the workspace -------------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Show the record; it asks nobody."""
        self._fill()

    def come(self) -> None:
        """Show it as it is now: the inventory may have changed."""
        self._fill()
        self.focus_first()

    def retranslate(self) -> None:
        """The other language."""
        self._fill()

    def focus_first(self) -> None:
        """Put the focus into the table."""
        (self.activities, self.fields, self.uses)[self.stack.currentIndex()].setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> tuple[Command, ...]:
        """The record as a document."""
        return (Command("export", lambda: self._on_pdf_wanted(_language()), hint="PDF", nearness=Nearness.SCREEN),)

    def _on_section(self, at: int, on: bool) -> None:
        if on:
            self.stack.setCurrentIndex(at)
        if on and self.stack.currentWidget() is self.uses:
            self._tasks.run(self._record.uses, self._on_uses, self._on_no_uses, owner=self)

    def _on_uses(self, uses: tuple[FieldUse, ...]) -> None:
        said = self._record.said(_language())
        labels = {one.name: one.label for one in said.fields()}
        order = {Usage.UNUSED: 0, Usage.TOO_EARLY: 1, Usage.USED: 2, Usage.UNKNOWN: 3}
        lines = (_use(one, labels) for one in sorted(uses, key=lambda one: order[one.usage]) if one.field in labels)
        self.uses.show_lines(tuple(lines))

    def _on_no_uses(self, error: Exception) -> None:
        self.head.tell(fault_of(error).sentence, "danger")

    def _fill(self) -> None:
        said = self._record.said(_language())
        self.activities.show_lines(tuple(map(_activity, said.activities())))
        self.fields.show_lines(tuple(map(_field, said.fields())))
        self._say_gaps(said)

    def _say_gaps(self, said: RecordSaid) -> None:
        gaps = said.gaps()
        words = one_or_many(
            len(gaps),
            self.tr("The inventory does not say one thing that this record should have: {what}"),
            self.tr("The inventory does not say {n} things that this record should have: {what}"),
        )
        more = len(gaps) - _GAPS_SHOWN
        rest = self.tr("And {n} more, which the documents name.").format(n=number(more)) if more > 0 else ""
        text = words.format(n=number(len(gaps)), what=" ".join(gaps[:_GAPS_SHOWN]))
        self.gaps.say(joined(" ", text, rest) if gaps else "")

    # the document --------------------------------------------------------------------------------------------------
    def _on_pdf_wanted(self, language: Language) -> None:
        self._on_file_wanted(self.pdfs[language], language, "pdf")

    def _on_file_wanted(self, button: Button, language: Language, form: Form) -> None:
        if any(one.is_busy for one in (*self.pdfs.values(), self.page)):
            return
        name = f"processing-record-{self._today().isoformat()}-{language}.{form}"
        self._ask_where(name, lambda path: self._save(button, language, form, path))

    def _save(self, button: Button, language: Language, form: Form, path: Path) -> None:
        self.head.tell("")
        button.set_busy(self.tr("Making the PDF…") if form == "pdf" else self.tr("Making it…"))
        self._tasks.run(
            lambda: self._record.save(language, form, path),
            lambda entry: self._on_saved(button, path, entry),
            lambda error: self._on_not_saved(button, error),
            owner=self,
        )

    def _on_saved(self, button: Button, path: Path, entry: int) -> None:
        button.set_busy()
        text = self.tr("Saved as {path}. It stays there: no wipe removes it. Audit entry {n}.")
        self.head.tell(text.format(path=path, n=number(entry)))

    def _on_not_saved(self, button: Button, error: Exception) -> None:
        button.set_busy()
        self.head.tell(fault_of(error).sentence, "danger")


def _language() -> Language:
    return "id" if spoken().value == "id" else "en"


@said
def usage_words(usage: Usage) -> str:
    """What is known of a field's use, and what follows from it."""
    words = {
        Usage.UNUSED: _tr("Nobody opened, used or compared it. Stop collecting it?"),
        Usage.TOO_EARLY: _tr("Not used yet; the log is younger than 90 days."),
        Usage.USED: _tr("Used"),
        Usage.UNKNOWN: _tr("Open: shown as it is, so the log cannot tell"),
    }
    return words[usage]


def _use(one: FieldUse, labels: dict[str, str]) -> Line:
    times = number(one.times) if one.usage is not Usage.UNKNOWN else "–"
    last = day_and_time(one.last_ms / 1000) if one.last_ms is not None else "–"
    return Line(one.field, (labels[one.field], usage_words(one.usage), times, last))


def _activity(one: ActivityLine) -> Line:
    names = one.data.split(", ")
    data = f"{', '.join(names[:2])}\n{_more(len(names) - 2)}" if len(names) > 2 else one.data
    return Line(one.name, (one.purpose, _stacked(one.bases), data, one.recipients, _kept(one.kept)))


def _field(one: FieldLine) -> Line:
    bases, purposes = _stacked(one.bases), _stacked(one.purposes)
    return Line(one.name, (one.label, one.data_class, one.category, bases, _kept(one.kept), purposes))


def _more(count: int) -> str:
    """The fields that a narrow column leaves out; field by field, and in the document, all stand there."""
    words = one_or_many(count, _tr("and 1 more"), _tr("and {n} more"))
    return words.format(n=number(count))


def _stacked(listed: str) -> str:
    """The first of a list, and below it the others."""
    first, comma, rest = listed.partition(", ")
    return f"{first}{',' if comma else ''}\n{rest}" if comma else first


def _kept(kept: str) -> str:
    """Months, and below them from when on."""
    number_, _, rest = kept.partition(" ")
    months, _, since = rest.partition(" ")
    return f"{number_} {months}\n{since}" if since else kept
