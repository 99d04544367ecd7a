"""Backups through the office's routes: who may, one at a time, progress, refusals."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.auth.erasure_certificate import checked_certificate
from app.auth.period_end import PeriodEnd
from app.backoffice.backup_keys import period_name
from app.domain.errors import InputRefusedError, NotAllowedError, VerificationError, WorkstationError
from tests.demo.customers import demo_customers
from tests.office.door import entries
from tests.office.kit import KEYS_NAME
from tests.office.made import MadeOffice, made_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[MadeOffice]:
    with made_office(tmp_path / "office") as made:
        made.bring_in(demo_customers(20, 7))
        (tmp_path / "backups").mkdir()
        (tmp_path / "keys").mkdir()
        yield made


def places(folder: Path) -> tuple[str, str]:
    return str(folder / "backups"), str(folder / "keys" / KEYS_NAME)


def test_that_an_administrator_makes_a_backup_and_is_told_how_far_it_is(office: MadeOffice, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    session = office.command("adi")
    made = session.back_up(*places(tmp_path), lambda done, total: told.append((done, total)))
    assert made.state == "done"
    assert made.customers == 20
    assert told
    assert Path(made.office_file).stat().st_size + Path(made.records_file).stat().st_size == made.size_bytes
    (period, records) = session.backup_periods(places(tmp_path)[1])
    assert period.period == period_name("office", office.clock.now_ms())
    second, copy = office.command("hendra"), places(tmp_path)[1]

    def order(name: str) -> PeriodEnd:
        return session.order_backup_period_end(second, name, lambda: office.clock.now_ms() / 1000)

    good = order(period.period)
    for bad, code in (
        (replace(good, second="adi"), "role"),
        (replace(good, first="hendra", second="adi"), "signature"),
        (replace(good, period=records.period), "signature"),
        (replace(good, signatures=good.signatures[:1]), "signature"),
        (replace(good, signatures=good.signatures[:1] * 2), "signature"),
        (replace(good, at_ms=good.at_ms - 73 * 3_600_000), "over"),
    ):
        with pytest.raises(NotAllowedError) as refused:
            session.destroy_backup_period(bad, copy)
        assert refused.value.code == code
    assert not session.backup_periods(copy)[0].destroyed_ms
    assert len(entries(office, "backup.destroy_key")) == 6, "each refusal stands in the log"
    assert checked_certificate(session.destroy_backup_period(good, copy))["period"] == period.period
    assert session.backup_periods(places(tmp_path)[1])[0].destroyed_ms
    with pytest.raises(InputRefusedError, match="no backup key of that name"):
        session.destroy_backup_period(order("office-1999-01"), copy)
    second.end()
    session.end()
    assert [e.actor for e in entries(office, "backup.make")] == ["adi"]


def test_that_nobody_else_makes_one_or_destroys_a_key(office: MadeOffice, tmp_path: Path) -> None:
    folder, keys = places(tmp_path)
    session = office.command("hendra")
    for act in (
        lambda: session.back_up(folder, keys, lambda _a, _b: None),
        lambda: session.backup_periods(keys),
        lambda: session.destroy_backup_period(session.order_backup_period_end(session, "office-2026-11"), keys),
    ):
        with pytest.raises(NotAllowedError):
            act()
    session.end()
    assert list((tmp_path / "backups").iterdir()) == []


def test_that_a_console_reaches_no_backup(office: MadeOffice, tmp_path: Path) -> None:
    from app.session.backups import back_up

    console = office.bare("adi")
    with pytest.raises(NotAllowedError):
        back_up(console.identity, *places(tmp_path), lambda _a, _b: None)
    console.end()


def test_that_an_old_code_is_not_enough(office: MadeOffice, tmp_path: Path) -> None:
    session = office.command("adi")
    office.clock.pass_s(600)
    with pytest.raises(NotAllowedError) as refusal:
        session.back_up(*places(tmp_path), lambda _a, _b: None)
    assert refusal.value.code == "step_up"
    session.end()


def test_that_one_runs_at_a_time_and_the_office_stays_until_it_is_done(
    office: MadeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import app.backoffice.backup_job as module

    going, gone = threading.Event(), threading.Event()

    def slow(*_parts: object) -> object:
        going.set()
        gone.wait(120)
        raise WorkstationError("the disk is gone", code="disk")

    monkeypatch.setattr(module, "make_backup", slow)
    other = office.bare("adi", "command")
    first = threading.Thread(target=lambda: _quietly(other, tmp_path))
    first.start()
    assert going.wait(120)
    assert not office.service.is_idle()
    assert office.service.backups.is_running
    from app.session.backups import back_up

    with pytest.raises(NotAllowedError, match="already"):
        back_up(other.identity, *places(tmp_path), lambda _a, _b: None)
    gone.set()
    first.join(120)
    assert not office.service.backups.is_running
    other.end()


def _quietly(bare: object, folder: Path) -> None:
    from app.session.backups import back_up

    with pytest.raises(WorkstationError, match="the disk is gone"):
        back_up(bare.identity, *places(folder), lambda _a, _b: None)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("folder", "keys", "error"),
    [
        ("{home}", "{apart}/k", InputRefusedError),
        ("{backups}", "{backups}/k", InputRefusedError),
        ("{backups}", "{apart}/foreign", InputRefusedError),
    ],
)
def test_that_bad_places_are_refused_by_the_office(
    office: MadeOffice, tmp_path: Path, folder: str, keys: str, error: type[Exception]
) -> None:
    (tmp_path / "keys" / "foreign").write_text("not keys")
    names = {"home": office.places.home, "backups": tmp_path / "backups", "apart": tmp_path / "keys"}
    session = office.command("adi")
    with pytest.raises((error, VerificationError, WorkstationError)):
        session.back_up(folder.format(**names), keys.format(**names), lambda _a, _b: None)
    session.end()
    assert list((tmp_path / "backups").iterdir()) == []


def test_that_a_fault_is_told_by_number_only(
    office: MadeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import app.backoffice.backup_job as module

    def broken(*_parts: object) -> object:
        raise ValueError("a secret value")

    monkeypatch.setattr(module, "make_backup", broken)
    session = office.command("adi")
    with pytest.raises(WorkstationError, match="no\\. ") as error:
        session.back_up(*places(tmp_path), lambda _a, _b: None)
    assert "secret" not in error.value.message
    session.end()
