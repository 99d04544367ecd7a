"""Commands of the terminal: a long import keeps its session alive."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.api.client.errors import SessionOverError
from app.session import command
from app.session.command import CHUNK, CommandSession
from app.sources.csv_file import CsvFile, open_csv
from tests.office.made import MadeOffice, made_office

CHUNKS = 4


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        yield office


@pytest.fixture
def hendra(office: MadeOffice) -> Iterator[CommandSession]:
    session = office.command("hendra")
    yield session
    session.end()


@pytest.fixture
def file(tmp_path: Path) -> CsvFile:
    lines = [f"C-{n:06},Sari Wulandari,billing,Bandung" for n in range(CHUNKS * CHUNK)]
    path = tmp_path / "many.csv"
    path.write_text("\n".join(["customer_number,full_name,queue,city", *lines, ""]), "utf-8")
    return open_csv(path)


class Slow:
    """A machine on which each chunk takes a third of a lease; the office's clock and the command's go together."""

    def __init__(self, office: MadeOffice) -> None:
        self.office, self.now_s = office, 0.0

    def monotonic(self) -> float:
        return self.now_s

    def chunk(self, _rows: int) -> None:
        self.now_s += self.office.policy.lease_s / 3
        self.office.clock.pass_s(self.office.policy.lease_s / 3)


def test_that_a_long_import_renews_its_lease(
    office: MadeOffice, hendra: CommandSession, file: CsvFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(office)
    monkeypatch.setattr(command, "time", slow)
    report = hendra.bring_in(file, dry_run=True, on_rows=slow.chunk)
    assert slow.now_s > office.policy.lease_s
    assert report.rows == CHUNKS * CHUNK
    hendra._identity.client.lease()


def test_that_a_quick_import_asks_for_no_lease(
    office: MadeOffice, hendra: CommandSession, file: CsvFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    renewed: list[bool] = []
    monkeypatch.setattr(type(hendra._identity), "renew", lambda _self: renewed.append(True))
    monkeypatch.setattr(command, "time", SimpleNamespace(monotonic=lambda: 5.0))
    assert hendra.bring_in(file, dry_run=True).rows == CHUNKS * CHUNK
    assert renewed == []


def test_that_an_import_which_renews_nothing_is_over_with_its_lease(
    office: MadeOffice, hendra: CommandSession, file: CsvFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the first test would look like without the renewal: nothing comes in."""
    monkeypatch.setattr(command, "time", SimpleNamespace(monotonic=lambda: 5.0))
    with pytest.raises(SessionOverError):
        hendra.bring_in(file, on_rows=Slow(office).chunk)
    console = office.bare("hendra")
    assert console.client.customer_page(0, 10).total == 0
    console.end()
