"""The audit workspace: what a person looks for, what stands in the drawer, and what a verification says."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.backoffice.database import FULL_DISK_HINT, AuditUnwritableError
from app.domain.errors import NotAllowedError
from app.domain.role import Role
from app.session.log_shown import LogFilter, LogVerdict
from app.ui.accounts.facts import newest
from app.ui.audit import log_table
from app.ui.audit.filters import By, judged, log_filter
from app.ui.audit.log_model import Column
from app.ui.audit.screen import AuditScreen
from app.ui.audit.words import event_name, what_is_wrong
from app.ui.console.workspace_entries import AUDIT, menu_of, workspaces_of
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.ui.conftest import with_keys
from tests.ui.fake_log import NOW, PAGE, FakeLog, entry

Make = Callable[..., AuditScreen]


@pytest.fixture
def make(qtbot: QtBot, look: Look, tasks: Tasks) -> Iterator[Make]:
    windows = []

    def made(log: FakeLog) -> AuditScreen:
        window = QMainWindow()
        screen = AuditScreen(look, log, tasks)
        with_keys(screen)
        window.setCentralWidget(screen)
        window.resize(1366, 768)
        window.show()
        windows.append(window)
        screen.begin()
        screen.come()
        qtbot.waitUntil(lambda: not screen.table.log.is_waiting)
        return screen

    yield made
    for window in windows:
        window.close()
        window.deleteLater()


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def button_texts(widget: QWidget) -> list[str]:
    return [button.text() for button in widget.findChildren(QPushButton) if button.isVisible()]


def tone_of_outcome(screen: AuditScreen) -> str:
    chip = newest(screen.entry, "entry_outcome")
    assert chip is not None
    return str(chip.property("tone"))


def press(screen: QWidget, name: str) -> None:
    button = next(b for b in screen.window().findChildren(QPushButton, name) if b.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


# looking


def test_that_nobody_looks_at_the_log_before_its_workspace_is_shown(look: Look, tasks: Tasks) -> None:
    """Each look stands in the log."""
    log = FakeLog()
    screen = AuditScreen(look, log, tasks)
    screen.begin()
    assert log.searches == []
    screen.deleteLater()


def test_that_the_newest_entries_come_first_and_older_ones_as_the_table_is_scrolled(make: Make, qtbot: QtBot) -> None:
    log = FakeLog()
    screen = make(log)
    assert screen.table.log.rowCount() == PAGE
    first = screen.table.log.entry(0)
    assert first is not None
    assert first.number == log.length
    assert len(log.pages) == 1, "one page, until somebody scrolls"
    screen.table.scrollToBottom()
    qtbot.waitUntil(lambda: screen.table.log.rowCount() == 2 * PAGE)
    assert len(log.searches) == 1, "the next page is no other search"
    numbers = [e.number for row in range(2 * PAGE) if (e := screen.table.log.entry(row)) is not None]
    assert numbers == list(range(log.length, log.length - 2 * PAGE, -1))


def test_that_a_search_with_few_hits_goes_on_by_itself_and_says_where_it_is(make: Make, qtbot: QtBot) -> None:
    log = FakeLog(4_000)
    log.short = True
    screen = make(log)
    screen.filters.look_for({By.OUTCOME: "failed"})
    qtbot.waitUntil(lambda: screen.table.log.rowCount() >= 100)
    assert len(log.pages) > 10
    assert len(log.searches) == 2
    qtbot.waitUntil(lambda: "as you scroll" in screen.bar.found.text())


def test_that_answers_to_an_older_search_are_dropped(make: Make, qtbot: QtBot) -> None:
    log = FakeLog()
    screen = make(log)
    screen.filters.look_for({By.PERSON: "ratna.dewanti"})
    screen.filters.look_for({By.ENTRY: "77"})
    qtbot.waitUntil(lambda: screen.table.log.rowCount() == 1 and not screen.table.log.is_waiting)
    found = screen.table.log.entry(0)
    assert found is not None
    assert found.number == 77
    assert screen.bar.found.text() == "1 found"


def test_that_each_filter_is_handed_on_as_it_was_chosen(make: Make, qtbot: QtBot) -> None:
    log = FakeLog()
    screen = make(log)
    screen.filters.look_for({By.EVENT: "reveal", By.OUTCOME: "refused", By.CLASS: "special", By.PERSON: "eko.prasetyo"})
    qtbot.waitUntil(lambda: len(log.searches) == 2)
    asked = log.searches[-1]
    assert (asked.event, asked.outcome, asked.data_class, asked.actor) == (
        "reveal", "refused", "special", "eko.prasetyo",
    )  # fmt: skip
    press(screen, "filter_clear")
    qtbot.waitUntil(lambda: log.searches[-1] == LogFilter())


def test_that_a_chip_opens_its_list_and_says_what_was_chosen(make: Make, qtbot: QtBot) -> None:
    log = FakeLog()
    screen = make(log)
    press(screen, "filter_outcome")
    popover = screen.filters._popover
    assert popover is not None
    assert popover.list is not None
    popover.list.setCurrentRow(1)
    QTest.keyClick(popover.list, Qt.Key.Key_Return)
    assert screen.filters.chips[By.OUTCOME].text() == "Outcome: Refused"
    assert screen.filters.chips[By.OUTCOME].property("lit")
    qtbot.waitUntil(lambda: log.searches[-1].outcome == "refused")
    press(screen, "filter_outcome")
    press(screen, "filter_any")
    qtbot.waitUntil(lambda: log.searches[-1].outcome == "")
    assert screen.filters.chips[By.OUTCOME].text() == "Outcome"


def test_that_what_is_no_account_is_refused_with_what_may_be_typed(make: Make) -> None:
    screen = make(FakeLog())
    press(screen, "filter_person")
    popover = screen.filters._popover
    assert popover is not None
    assert popover.edit is not None
    popover.edit.setText("Ratna Dewanti?")
    press(screen, "filter_apply")
    assert "An account, such as" in popover.error.text()
    assert screen.filters.values == {}
    popover.edit.setText("Ratna.Dewanti")
    press(screen, "filter_apply")
    assert screen.filters.values == {By.PERSON: "ratna.dewanti"}


def test_that_escape_closes_the_popover_then_the_search(make: Make) -> None:
    screen = make(FakeLog())
    screen.filters.look_for({By.OUTCOME: "failed"})
    press(screen, "filter_event")
    assert screen.close_innermost()
    assert screen.filters.values
    assert screen.close_innermost()
    assert not screen.filters.values
    assert not screen.close_innermost()


@pytest.mark.parametrize(
    ("by", "typed", "value"),
    [
        (By.ENTRY, "88,190", "88190"),
        (By.ENTRY, " 88.100-88.190 ", "88100-88190"),
        (By.ENTRY, "0", None),
        (By.ENTRY, "9-3", None),
        (By.ENTRY, "x", None),
        (By.ENTRY, "", None),
        (By.TIME, "2026-11-27", "2026-11-27"),
        (By.TIME, "2026-11-01 2026-11-27", "2026-11-01 2026-11-27"),
        (By.TIME, "2026-11-27 2026-11-01", None),
        (By.TIME, "2026-13-01", None),
        (By.TIME, "yesterday", None),
        (By.PERSON, "RATNA", "ratna"),
        (By.PERSON, "", None),
        (By.PERSON, "two words", None),
    ],
)
def test_that_what_is_typed_is_judged(by: By, typed: str, value: str | None) -> None:
    assert judged(by, typed) == value


def test_that_spans_of_time_end_with_their_last_day() -> None:
    one = log_filter({By.TIME: "2026-11-27"})
    assert one.since is not None
    assert one.until is not None
    assert one.until - one.since == 86_400
    two = log_filter({By.TIME: "2026-11-27 2026-11-28"})
    assert (two.since, two.until) == (one.since, one.until + 86_400)
    assert log_filter({By.TIME: "hour"}, now=10_000.0).since == 6_400
    assert log_filter({By.ENTRY: "5-9"}) == LogFilter(first=5, last=9)
    assert log_filter({By.ENTRY: "5"}) == LogFilter(first=5)


# one entry


def test_that_the_drawer_shows_both_people_and_what_was_judged(make: Make, qtbot: QtBot) -> None:
    log = FakeLog()
    screen = make(log)
    number = next(n for n in range(log.length, 0, -1) if entry(n, log.length).acting_with)
    screen.table.select(number)
    qtbot.waitUntil(lambda: "Its hash follows from its words and the entry before it." in texts(screen.entry))
    shown, it = texts(screen.entry), entry(number, log.length)
    for text in (it.actor, it.acting_with, it.seat, it.field, it.hash[:32], it.hash[32:], it.record):
        assert text in shown
    row = screen.table.log.row_of(number)
    person = screen.table.log.index(row, int(Column.PERSON)).data()
    assert person == f"{it.actor} + {it.acting_with}"


def test_that_field_and_reason_stand_in_words_with_their_codes(make: Make, qtbot: QtBot) -> None:
    log = FakeLog()
    screen = make(log)
    number = next(n for n in range(log.length, 0, -1) if entry(n, log.length).reason == "refund")
    screen.table.select(number)
    wanted = {"Bank account", "bank_account", "Refund to this account", "refund"}
    qtbot.waitUntil(lambda: screen.entry.number == number and wanted <= {*texts(screen.entry).split("\n")})


def test_that_an_entry_that_does_not_fit_is_told_beside_it(make: Make, qtbot: QtBot) -> None:
    log = FakeLog()
    log.misfit = log.length
    screen = make(log)
    screen.table.select(log.length)
    qtbot.waitUntil(lambda: "Its hash does not follow. Verify the chain now." in texts(screen.entry))
    assert tone_of_outcome(screen) == ""
    screen.table.select(log.length - 1)
    qtbot.waitUntil(lambda: screen.entry.number == log.length - 1)
    assert tone_of_outcome(screen) != ""


def test_that_the_row_where_the_chain_breaks_has_another_sign(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    signs: list[str] = []
    monkeypatch.setattr(log_table, "draw_icon", lambda _painter, sign, *_more: signs.append(sign))
    log = FakeLog()
    screen = make(log)
    screen.table.grab()
    assert "circle-alert" not in signs
    log.verdict = LogVerdict(NOW, log.length - 1, log.length, "edited", 1.0)
    screen.verify()
    qtbot.waitUntil(screen.broken.isVisible)
    signs.clear()
    screen.table.grab()
    assert signs.count("circle-alert") == 1


def test_that_the_entries_of_a_subject_are_one_press_away_and_go_with_the_chip(make: Make, qtbot: QtBot) -> None:
    log = FakeLog()
    screen = make(log)
    number = next(n for n in range(log.length, 0, -1) if entry(n, log.length).record)
    screen.table.select(number)
    qtbot.waitUntil(lambda: "All entries of this subject" in button_texts(screen.entry))
    assert not screen.filters.chips[By.SUBJECT].isVisible()
    press(screen, "entry_subject")
    record = entry(number, log.length).record
    qtbot.waitUntil(lambda: log.searches[-1].record == record)
    assert screen.filters.chips[By.SUBJECT].text() == f"Subject: {record[:8]}…"
    press(screen, "filter_subject")
    assert screen.filters.values == {}


# the chain


def test_that_a_verified_chain_says_how_far_and_when(make: Make, qtbot: QtBot) -> None:
    log = FakeLog()
    screen = make(log)
    assert screen.bar.label.text() == "Not verified in this session."
    QTest.keyClick(screen.table, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: screen.bar.label.text().startswith("Chain verified to 88,190 at "))
    assert not screen.broken.isVisible()


def test_that_a_verification_shows_how_far_it_is_and_can_be_stopped(make: Make, qtbot: QtBot) -> None:
    log = FakeLog()
    log.gate.clear()
    screen = make(log)
    press(screen, "verify_now")
    qtbot.waitUntil(lambda: screen.bar.label.text() == "Verifying: 52,000 of 88,190")
    assert (screen.bar.bar.value(), screen.bar.bar.maximum()) == (52_000, 88_190)
    screen.verify()
    press(screen, "verify_stop")
    qtbot.waitUntil(lambda: screen.bar.label.text() == "Stopped. This says nothing about the log.")
    assert (log.verifications, log.stops) == (1, 1)


def test_that_a_session_that_ends_stops_its_verification(make: Make, qtbot: QtBot) -> None:
    log = FakeLog()
    log.gate.clear()
    screen = make(log)
    screen.verify()
    screen.stop()
    qtbot.waitUntil(lambda: log.stops == 1)
    assert screen.table.log.rowCount() == 0
    assert screen.entry.number == 0


@pytest.mark.slow
@pytest.mark.parametrize("why", ["edited", "missing", "order", "tail_cut", "checkpoint", "witness"])
def test_that_a_broken_chain_names_its_first_bad_entry_in_a_strip(make: Make, qtbot: QtBot, why: str) -> None:
    log = FakeLog()
    log.verdict = LogVerdict(NOW, 4_710, 4_711, why, 1.0)
    screen = make(log)
    screen.verify()
    qtbot.waitUntil(screen.broken.isVisible)
    assert "4,711" in screen.broken.label.text()
    assert screen.broken.label.text() == what_is_wrong(log.verdict)
    assert screen.bar.label.text() == "Chain holds to 4,710 only"
    press(screen, "audit_show_broken")
    qtbot.waitUntil(lambda: log.searches[-1] == LogFilter(first=4_706, last=4_716))
    qtbot.waitUntil(lambda: screen.entry.number == 4_711)
    log.verdict = LogVerdict(NOW, log.length, None, "", 1.0)
    screen.verify()
    qtbot.waitUntil(lambda: not screen.broken.isVisible())


def test_that_a_log_that_cannot_be_written_is_not_looked_at_and_the_screen_says_so(make: Make, qtbot: QtBot) -> None:
    log = FakeLog()
    screen = make(log)
    log.refuse = AuditUnwritableError(FULL_DISK_HINT, code="audit")
    failed: list[object] = []
    screen.failed.connect(failed.append)
    screen.filters.look_for({By.OUTCOME: "failed"})
    sentence = "The audit log cannot be written, so nothing can be opened. Call IT (A1)."
    qtbot.waitUntil(lambda: screen.bar.found.text() == sentence)
    assert failed
    screen.verify()
    qtbot.waitUntil(lambda: screen.bar.label.text() == sentence)


def test_that_a_role_that_may_not_read_the_log_is_told_so(make: Make, qtbot: QtBot) -> None:
    log = FakeLog()
    log.refuse = NotAllowedError("no", code="role")
    screen = make(log)
    qtbot.waitUntil(lambda: screen.bar.found.text() == "Your role does not read the audit log.")
    screen.verify()
    qtbot.waitUntil(lambda: screen.bar.label.text() == "Your role does not read the audit log.")


# who finds it


def test_that_those_who_may_verify_find_it_in_the_menu() -> None:
    for role in (Role.SUPERVISOR, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR):
        assert AUDIT in {e.key for e in menu_of(role)} | {*workspaces_of(role)}
    assert AUDIT not in {e.key for e in menu_of(Role.AGENT)} | {*workspaces_of(Role.AGENT)}


def test_that_an_event_that_is_new_stands_as_the_log_has_it() -> None:
    assert event_name("moon.landing") == "moon.landing"
    assert event_name("reveal") == "Field revealed"
