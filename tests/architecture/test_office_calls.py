"""No screen asks the session on the GUI thread: what may wait goes out through `Tasks.run` (by its syntax).

`tests/ui/test_gui_thread.py` watches the same at work; this sees the ways that no test takes.
"""

import pytest

from tests.architecture.office_calls import UI, File, faults_in, use_cases

PURE = {
    "CallerUseCases.wanted": "put together from policy and card",
    "ContactUseCases.begin": "a new id and the time",
    "ContactUseCases.check_call_back": "compares with the clock",
    "ContactUseCases.next_state": "counts",
    "ContactUseCases.now": "the clock",
    "ContactUseCases.outcomes": "a list of the policy in hand",
    "ContactUseCases.read_call_back": "reads sixty letters",
    "ContactUseCases.tags": "a list of the policy in hand",
    "DeskUseCases.new_note": "a new id",
    "DeskUseCases.note_calls": "remembers; the next beat tells it",
    "DeskUseCases.reasons_to_keep": "a list of the policy in hand",
    "DeskUseCases.view_closed": "remembers; the next beat tells it",
    "DeskUseCases.when_cache_is_replaced": "remembers whom to tell",
    "EditingUseCases.new_request": "a new id",
    "ExportUseCases.columns": "put together from the inventory in hand",
    "ExportUseCases.may_propose": "looks at the role in hand",
    "MakeOfficeUseCases.cancel": "forgets what an unfinished set-up made; the window is being closed",
    "NewContactUseCases.form": "put together from inventory and policy",
    "NewContactUseCases.new_request": "a new id",
    "NoticeUseCases.label": "looks a word up in the inventory in hand",
    "RecordUseCases.said": "put together from inventory and policy",
    "ReportUseCases.new_id": "a new id",
    "RequestUseCases.new_request": "a new id",
    "RequestUseCases.purposes": "a list of the inventory in hand",
    "WhoSawUseCases.shown": "says what was read in words",
}
"""What asks nobody and waits for nothing, with what it does instead."""

HANDED_ON = {
    ("console/field_actions.py", "DeskUseCases.budgets"): "Budgets runs it",
    ("console/work_area.py", "DeskUseCases.scan_note"): "TableState has the name of a view scanned, thirty letters",
    ("console/workspace_entries.py", "DeskUseCases.release_throttle"): "AccountsScreen runs it",
    ("console/workspace_entries.py", "DeskUseCases.step_up"): "ApprovalsScreen runs it",
    ("console/workspace_entries.py", "RotationUseCases.propose"): "AccountsScreen runs it",
    ("enrolment/screen.py", "EnrolUseCases.strength"): "StrengthRow runs it",
    ("main_window.py", "SignInUseCases.sign_in_to_replace"): "LostAuthenticatorScreen runs it",
    ("my_account/password_card.py", "MyAccountUseCases.strength"): "StrengthRow runs it",
    ("privacy/incidents/page.py", "IncidentUseCases.save_affected"): "Acting runs it",
    ("privacy/incidents/page.py", "IncidentUseCases.save_letter"): "Acting runs it",
    ("privacy/requests/page.py", "RequestUseCases.attach"): "Acting runs it",
    ("privacy/requests/page.py", "RequestUseCases.check_identity"): "Acting runs it",
    ("privacy/requests/page.py", "RequestUseCases.decide"): "Acting runs it",
    ("privacy/requests/page.py", "RequestUseCases.detach"): "Acting runs it",
    ("privacy/requests/page.py", "RequestUseCases.end"): "Acting runs it",
    ("privacy/requests/page.py", "RequestUseCases.letter_sent"): "Acting runs it",
    ("privacy/requests/page.py", "RequestUseCases.lift"): "Acting runs it",
    ("privacy/requests/page.py", "RequestUseCases.propose_copy"): "Acting runs it",
    ("privacy/requests/page.py", "RequestUseCases.propose_refusal"): "Acting runs it",
    ("privacy/requests/page.py", "RequestUseCases.save_letter"): "Acting runs it",
    ("privacy/requests/page.py", "RequestUseCases.take_back"): "Acting runs it",
    ("setup/screen.py", "MakeOfficeUseCases.strength"): "StrengthRow runs it",
}
"""Named in one file, and run by what another file has."""

SCREEN = """
class Screen(QObject):
    def __init__(self, desk: DeskUseCases, tasks: Tasks) -> None:
        self._desk, self._tasks = desk, tasks
        button.clicked.connect(self._on_clicked)
        tasks.run(self._read, self._show)

    def _on_clicked(self) -> None:
        {body}

    def _read(self) -> object:
        return self._desk.notes("x")

    def _show(self, found: object) -> None: ...
"""


def blames(body: str) -> list[str]:
    return list(File(SCREEN.format(body=body), use_cases(), frozenset(PURE)).faults())


def test_that_no_screen_asks_the_session_on_the_gui_thread() -> None:
    found = {
        (fault.partition(":")[0], asked, fault)
        for fault in faults_in(UI, frozenset(PURE))
        for asked in fault.rpartition(": ")[2].split(", ")
    }
    assert sorted(fault for file, asked, fault in found if (file, asked) not in HANDED_ON) == []
    assert {(file, asked) for file, asked, _fault in found} == set(HANDED_ON), "none is in the list for nothing"


def test_that_each_of_the_list_is_asked_on_the_gui_thread_somewhere() -> None:
    """Else it goes from the list, so that it stays short."""
    asked = {name for fault in faults_in(UI, frozenset()) for name in fault.rpartition(": ")[2].split(", ")}
    assert sorted(set(PURE) - asked) == []


@pytest.mark.parametrize(
    "body",
    [
        'self._show(self._desk.notes("x"))',
        "self._show(self._read())",
        'QTimer.singleShot(0, lambda: self._desk.notes("x"))',
        'QTimer.singleShot(0, partial(self._desk.notes, "x"))',
        "self._tasks.run(self._read, lambda _found: self._desk.outbox())",
        "log = self._desk.log; self._show(log.place(1))",
    ],
)
def test_that_a_call_on_the_gui_thread_is_found(body: str) -> None:
    assert blames(body) != []


@pytest.mark.parametrize(
    "body",
    [
        'self._tasks.run(lambda: self._desk.notes("x"), self._show)',
        "self._tasks.run(self._read, self._show)",
        "self._tasks.run(partial(self._desk.notes, 'x'), self._show)",
        "self._show(self._desk.new_note())",
    ],
)
def test_that_what_goes_out_as_a_task_is_right(body: str) -> None:
    assert blames(body) == []
