"""Archives of an office's log: three months stay at hand, a clock a year ahead moves nothing, nothing is removed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.errors import NotAllowedError, VerificationError
from app.siem.archive import ArchiveError
from tests.contract.conftest import Home
from tests.office.door import entries, opened, zeros
from tests.office.made import MadeOffice

DAY_MS = 86_400_000


@pytest.fixture
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    """An office whose log tells of every day of the last half year, and of itself."""
    with home(tmp_path_factory.mktemp("office")) as made:
        made.hire("ratna", "Ratna Dewanti", grant=False)
        first = entries(made)[0].at_ms
        work(made, first, 180)
        made.clock.ahead_ms += 180 * DAY_MS
        yield made


def work(office: MadeOffice, start_ms: int, days: int) -> None:
    it = opened(office)
    with it.writing() as db:
        for day in range(days):
            for hour in range(3):
                it.log.append_at(db, start_ms + day * DAY_MS + hour * 3_600_000, "notes.read", "ok", actor="ratna")


def test_that_what_is_older_than_three_months_is_copied_up_to_a_signature_and_nothing_is_removed(
    office: MadeOffice, tmp_path: Path
) -> None:
    session = office.command("hendra")
    before = entries(office)
    archives = session.archives(tmp_path)
    plan = archives.plan()
    assert plan.first == 1
    assert plan.last % 100 == 0
    assert plan.last + plan.at_hand >= len(before)
    now = before[-1].at_ms
    assert all(e.at_ms < now - 92 * DAY_MS for e in before[: plan.last])
    assert not plan.jump
    assert list(tmp_path.iterdir()) == [], "a plan writes nothing"
    made = archives.archive()
    assert made is not None
    assert (made.first, made.last) == (1, plan.last)
    assert entries(office)[: len(before)] == before, "the log is as it was"
    assert [(a.first, a.last) for a in archives.judged()] == [(1, plan.last)]
    assert archives.archive() is None, "nothing is archived twice"
    begun, end = (next(e for e in reversed(entries(office)) if e.event == name) for name in
                  ("audit.export", "audit.export.end"))  # fmt: skip
    assert (begun.reason, begun.detail, end.outcome) == ("archive", "first=1", "ok")
    session.end()


def test_that_the_next_archive_follows_the_one_before(office: MadeOffice, tmp_path: Path) -> None:
    session = office.command("hendra")
    first = session.archives(tmp_path).archive()
    session.end()
    work(office, entries(office)[-1].at_ms, 60)
    office.clock.ahead_ms += 60 * DAY_MS
    session = office.command("hendra")
    second = session.archives(tmp_path).archive()
    assert first is not None
    assert second is not None
    assert second.first == first.last + 1
    assert [(a.first, a.last) for a in session.archives(tmp_path).judged()] == [
        (1, first.last), (second.first, second.last),
    ]  # fmt: skip
    session.end()


def test_that_a_clock_a_year_ahead_archives_nothing_until_somebody_says_that_it_is_right(
    office: MadeOffice, tmp_path: Path
) -> None:
    office.clock.ahead_ms += 365 * DAY_MS
    session = office.command("hendra")
    archives = session.archives(tmp_path)
    plan = archives.plan()
    assert plan.jump
    assert plan.last > 300, "the control: by that clock nearly all of it is old"
    with pytest.raises(NotAllowedError, match="--clock-is-right"):
        archives.archive()
    assert list(tmp_path.iterdir()) == []
    made = archives.archive(is_clock_right=True)
    assert made is not None
    assert made.last == plan.last
    session.end()


def test_that_a_week_of_work_by_a_wrong_clock_does_not_hide_it(office: MadeOffice, tmp_path: Path) -> None:
    office.clock.ahead_ms += 365 * DAY_MS
    session = office.command("hendra")
    session.end()
    work(office, entries(office)[-1].at_ms, 7)
    session = office.command("hendra")
    with pytest.raises(NotAllowedError):
        session.archives(tmp_path).archive()
    session.end()


def test_that_an_agent_archives_nothing(office: MadeOffice, tmp_path: Path) -> None:
    session = office.command("ratna")
    with pytest.raises(NotAllowedError):
        session.archives(tmp_path).archive(is_clock_right=True)
    assert list(tmp_path.iterdir()) == []
    session.end()


def test_that_a_rewritten_log_is_not_archived(office: MadeOffice, tmp_path: Path) -> None:
    session = office.command("hendra")
    with office.forging() as db:
        db.exec_driver_sql("UPDATE audit SET actor = 'budi' WHERE number = 50")
    with pytest.raises(VerificationError, match="Entry 50 does not follow"):
        session.archives(tmp_path).archive()
    assert list(tmp_path.iterdir()) == []
    end = [e for e in entries(office) if e.event == "audit.export.end"][-1]
    assert (end.outcome, end.detail.split()[0]) == ("failed", "entries=0")
    session.end()


def test_that_an_archive_tells_of_a_log_that_was_made_anew(office: MadeOffice, tmp_path: Path) -> None:
    """Somebody with the office's own keys chains another log; the archive remembers the true one."""
    session = office.command("hendra")
    archives = session.archives(tmp_path)
    made = archives.archive()
    assert made is not None
    with office.forging() as db:
        db.exec_driver_sql(f"UPDATE audit SET hash = {zeros(office, 32)} WHERE number = {made.last}")
    with pytest.raises(ArchiveError, match="another chain"):
        archives.judged()
    session.end()


@pytest.mark.parametrize("stopped_at", ["planning", "copying", "checking"])
def test_that_an_archive_that_is_stopped_leaves_nothing_and_the_next_one_is_whole(
    office: MadeOffice, tmp_path: Path, stopped_at: str
) -> None:
    told: list[tuple[str, int, int]] = []

    def stop(step: str, number: int, last: int) -> None:
        told.append((step, number, last))
        if step == stopped_at:
            raise KeyboardInterrupt

    session = office.command("hendra")
    with pytest.raises(KeyboardInterrupt):
        session.archives(tmp_path, stop).archive()
    assert told[-1][0] == stopped_at
    assert all(0 < number <= last for _step, number, last in told), "each says how far, and of how much"
    assert list(tmp_path.iterdir()) == []
    ends = [entry for entry in entries(office) if entry.event == "audit.export.end"]
    assert [entry.outcome for entry in ends] == ([] if stopped_at == "planning" else ["failed"])
    assert session.archives(tmp_path).archive() is not None
    session.end()


def test_that_judging_archives_says_how_far_it_is_and_can_be_stopped(office: MadeOffice, tmp_path: Path) -> None:
    session = office.command("hendra")
    made = session.archives(tmp_path).archive()
    assert made is not None
    told: list[tuple[str, int, int]] = []
    session.archives(tmp_path, lambda *how_far: told.append(how_far)).judged()
    assert [step for step, _number, _last in told] == ["judging"] * (made.last // 100)
    assert {last for _step, _number, last in told} == {made.last}

    def stop(_step: str, _number: int, _last: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        session.archives(tmp_path, stop).judged()
    assert session.archives(tmp_path).judged(), "and it says nothing about what was judged"
    session.end()
