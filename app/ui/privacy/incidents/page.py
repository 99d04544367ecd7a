"""The page of incidents: all of them with their clocks, and the one that is looked at."""

import threading
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal

from app.domain.incidents.words import NoteKind, Told
from app.session.privacy.shown_incidents import (
    AffectedList,
    IncidentListing,
    IncidentTexts,
    ReadIncident,
    SavedLetters,
    ScopeWish,
    ShownIncident,
)
from app.session.shown_who_saw import Language
from app.ui.accounts.acting import Acting, StepsUp
from app.ui.policy.policy_table import Line, PolicyTable
from app.ui.privacy.desk_page import ListedPage
from app.ui.privacy.incidents.detail import IncidentDetail
from app.ui.privacy.incidents.use_cases import IncidentUseCases
from app.ui.privacy.incidents.words import busy_words, state_name, title_of, why_refused
from app.ui.privacy.letters_strip import LettersStrip
from app.ui.privacy.page_head import PageHead
from app.ui.privacy.pressing import Pressing
from app.ui.privacy.requests.words import clock_words
from app.ui.saying import filled
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.who_saw.save_dialog import AskPath, ask_path
from app.ui.widgets.buttons import Button
from app.ui.widgets.nothing_here import NothingHere
from app.ui.words import day_and_time, number

DRAWER = 420


class IncidentsPage(ListedPage):
    """The page.

    Args:
        look: colours.
        incidents: the use cases.
        session: takes a fresh code.
        tasks: the door off the GUI thread.
        ask: asks where a file is to lie.
        today: the day in a file's name.

    Signals:
        counted: how many are open.
        pressing: of them, what is due within a day or overdue (a tuple of `Pressing`).
        told: what became of something that is not in front any more.
        failed: an exception of looking.
    """

    topics = frozenset({"incidents"})
    counted = Signal(int)
    pressing = Signal(object)
    told = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        look: Look,
        incidents: IncidentUseCases,
        session: StepsUp,
        tasks: Tasks,
        ask: AskPath = ask_path,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__("privacy_incidents", ask, today)
        self._incidents, self._tasks = incidents, tasks
        self._listing: IncidentListing | None = None
        self._wanted, self._note_id = "", incidents.new_id()
        self.acting = Acting(look, session, tasks, self, why_refused, busy_words)
        about = self.tr("Suspicions and failures of protection (UU PDP art. 46): 72 hours from when the office knew.")
        self.head = PageHead(look, self.tr("Incidents"), about, "incidents")
        headings = (self.tr("Incident"), "T0", self.tr("Clock"), self.tr("State"))
        widths = {1: 112, 2: 164, 3: 140}
        self.table = PolicyTable(look, "incidents_table", self.tr("Incidents"), headings, widths, wraps=True, rest=190)
        self.empty = NothingHere(look, name="incidents_empty")
        self.detail = IncidentDetail(look)
        self.making = LettersStrip(look, self.tr("Making the letters"), self.tr("Stop making the letters"))
        self._place(look, self.detail, DRAWER)
        self.column.insertWidget(1, self.making)
        self._join()

    def _join(self) -> None:
        detail = self.detail
        self.table.chosen.connect(lambda key, _column: self.show_incident(key))
        detail.wanted.connect(self._on_wanted)
        detail.confirmed.connect(self._on_confirmed)
        detail.scoped.connect(self._on_scoped)
        detail.written.connect(self._on_written)
        detail.noted.connect(self._on_noted)
        detail.told.connect(self._on_told)
        detail.letter_wanted.connect(self._on_letter_wanted)
        detail.wrong.connect(lambda: detail.refuse(self.tr("Type a day and a time, as 27/11/2026 08.30.")))
        self.acting.began.connect(detail.clear)
        self.acting.worked.connect(detail.set_working)
        self.acting.worked.connect(self._on_worked)

    # looking -------------------------------------------------------------------------------------------------------
    def look_again(self) -> None:
        """Ask the office for all of them."""
        self._tasks.run(self._incidents.listing, self._on_looked, self.failed.emit, owner=self)

    def forget(self) -> None:
        """Nothing that was written stays behind another page."""
        self.close_incident()
        super().forget()

    def stop(self) -> None:
        """The session ends, and letters that are being made with it."""
        self.making.stop()
        self.making.end()
        self.acting.stop()
        super().stop()

    def retranslate(self) -> None:
        """The other language."""
        if self._listing is not None:
            self._fill(self._listing)

    def close_innermost(self) -> bool:
        """Esc: Stop, then the incident; whether there was something."""
        if not self.making.isHidden():
            self.making.stop()
            return True
        if self.detail.incident is None:
            return False
        self.close_incident()
        self.focus_first()
        return True

    def _on_looked(self, listing: IncidentListing) -> None:
        self._listing = listing
        self._fill(listing)
        self.counted.emit(listing.waiting)
        due = (Pressing("incidents", one.id, title_of(one), clock, one.is_drill) for one, clock in listing.pressing)
        self.pressing.emit(tuple(due))

    def _fill(self, listing: IncidentListing) -> None:
        self.table.show_lines(tuple(map(_line, listing.incidents)))
        self.table.setVisible(bool(listing.incidents))
        words = self.tr("Nothing was reported yet. Everybody reports by the siren at the foot of the window.")
        self.empty.say("" if listing.incidents else words)

    # one incident ----------------------------------------------------------------------------------------------------
    def show_incident(self, key: str) -> None:
        """Read one, and show it."""
        self._wanted = key
        self._tasks.run(partial(self._incidents.read, key), self._on_read, self._on_not_read, owner=self)

    def show_item(self, key: str) -> None:
        """Show an incident that was pointed to from elsewhere."""
        self.show_incident(key)

    def _on_read(self, read: ReadIncident) -> None:
        if read.incident.id == self._wanted and self._listing is not None:
            self.table.point_to(read.incident.id)
            self._show_drawer(is_open=True)
            self.detail.show_incident(read, self._listing.now)

    def _on_not_read(self, error: Exception) -> None:
        self.head.tell(why_refused(error), "danger")

    def close_incident(self) -> None:
        """Show none."""
        self._wanted = ""
        self.detail.show_nothing()
        self._show_drawer(is_open=False)

    # doing -----------------------------------------------------------------------------------------------------------
    def _on_wanted(self, button: Button, what: str) -> None:
        one = self.detail.incident
        if one is None:
            return
        if what == "affected":
            self._do(button, one, lambda: self._incidents.affected(one.id), self.detail.show_affected, reads=False)
        elif what == "save_affected":
            name = f"incident-{one.number}-{self._today().isoformat()}.csv"
            self._ask_where(name, lambda path: self._save_affected(button, one, path))
        elif what == "letters_each":
            drill = "drill-" if one.is_drill else ""
            name = f"{drill}incident-{one.number}-letters-{self._today().isoformat()}.zip"
            self._ask_where(name, lambda path: self._save_letters_to_each(button, one, path))
        elif what == "dismiss":
            self._change(button, one, lambda: self._incidents.dismiss(one), self.tr("It is none."))
        else:
            self._change(button, one, lambda: self._incidents.close(one), self.tr("Closed."))

    def _on_confirmed(self, button: Button, hours: int) -> None:
        if (one := self.detail.incident) is not None:
            self._change(button, one, lambda: self._incidents.confirm(one, hours), self.tr("The clock runs from T0."))

    def _on_scoped(self, button: Button, wish: ScopeWish) -> None:
        if (one := self.detail.incident) is not None:
            self._change(button, one, lambda: self._incidents.set_scope(one, wish), self.tr("The scope is set."))

    def _on_written(self, button: Button, texts: IncidentTexts) -> None:
        if (one := self.detail.incident) is not None:
            words = self.tr("Kept. The letters say it now.")
            self._change(button, one, lambda: self._incidents.set_texts(one, texts), words)

    def _on_noted(self, button: Button, kind: NoteKind, words: str) -> None:
        one = self.detail.incident
        if one is None:
            return
        if not words:
            self.detail.refuse(self.tr("Write what happened first."))
            return
        key = self._note_id

        def write() -> None:
            self._incidents.write_note(key, one.id, kind, words)

        self._change(button, one, write, self.tr("Written."), self._take_note_id)

    def _take_note_id(self) -> None:
        self._note_id = self._incidents.new_id()

    def _on_told(self, button: Button, who: Told) -> None:
        if (one := self.detail.incident) is not None:
            self._change(
                button, one, lambda: self._incidents.say_told(one, who), self.tr("Written down, by the clock.")
            )

    def _change(
        self,
        button: Button,
        one: ShownIncident,
        work: Callable[[], object],
        words: str,
        after: Callable[[], object] = lambda: None,
    ) -> None:
        def done(_none: object) -> None:
            after()
            self.detail.drop_typed()
            self.detail.say(words)

        self._do(button, one, work, done)

    def _do(
        self,
        button: Button,
        one: ShownIncident,
        work: Callable[[], object],
        on_done: Callable[..., object],
        *,
        reads: bool = True,
    ) -> None:
        """Do something about the incident that is shown; say what came of it there, or at the foot; read it anew."""

        def shows() -> bool:
            return self.detail.incident is not None and self.detail.incident.id == one.id

        def done(answer: object) -> None:
            if shows():
                on_done(answer)
                if reads:
                    self.show_incident(one.id)
            self.look_again()

        def refused(sentence: str) -> None:
            if shows():
                self.detail.refuse(sentence)
            else:
                self.told.emit(filled("{}: {}", title_of(one), sentence))

        self.acting.do(button, work, done, refused)

    # files -----------------------------------------------------------------------------------------------------------
    def _on_letter_wanted(self, button: Button, who: Told, language: Language) -> None:
        one = self.detail.incident
        if one is not None:
            drill = "drill-" if one.is_drill else ""
            name = f"{drill}incident-{one.number}-{who.value}-{self._today().isoformat()}-{language}.pdf"
            self._ask_where(name, lambda path: self._save_letter(button, one, who, language, path))

    def _save_letter(self, button: Button, one: ShownIncident, who: Told, language: Language, path: Path) -> None:
        work = partial(self._incidents.save_letter, one.id, who, language, path)
        self._do(button, one, work, lambda _none: self.detail.say(self._saved(path)))

    def _save_affected(self, button: Button, one: ShownIncident, path: Path) -> None:
        found = self.detail.affected or AffectedList((), 0, 0)
        work = partial(self._incidents.save_affected, found, path)
        self._do(button, one, work, lambda _none: self.detail.say(self._saved(path)), reads=False)

    def _save_letters_to_each(self, button: Button, one: ShownIncident, path: Path) -> None:
        stopping = self.making.begin()
        tell = self._tasks.on_gui(lambda done, total: self._on_letters(stopping, done, total), self)

        def saved(made: SavedLetters) -> None:
            said = self.tr("{n} letters, saved as {path}. Customers who are gone: {gone}. No wipe removes the file.")
            self.detail.say(said.format(n=number(made.letters), path=path, gone=number(made.gone)))

        self._do(button, one, lambda: self._incidents.save_letters_to_each(one.id, path, tell, stopping.is_set), saved)

    def _on_letters(self, stopping: threading.Event, done: int, total: int) -> None:
        if self.acting.is_busy:
            self.making.show_letters(stopping, done, total)

    def _on_worked(self, working: bool) -> None:
        if not working and self.making.end():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _saved(self, path: Path) -> str:
        return self.tr("Saved as {path}. It stays there: no wipe removes it.").format(path=path)


def _line(one: ShownIncident) -> Line:
    clock = clock_words(one.standing) if one.standing is not None else "–"
    return Line(one.id, (title_of(one), day_and_time(one.t0.timestamp()), clock, state_name(one)))
