"""The token of a stream of rows: good for one account, its queues, one inventory and a day; otherwise no token."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.backoffice.fill_token import LASTS_MS, FillPlace, open_place, seal_place
from app.backoffice.office import OpenOffice
from app.domain.inventory_reader import load_inventory
from tests.office.made import MadeOffice, made_office


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("token")) as made:
        session = made.bare("hendra")  # opens the office
        yield made
        session.end()


@pytest.fixture
def office(made: MadeOffice) -> OpenOffice:
    return made.back_office.opened


@pytest.fixture
def place(office: OpenOffice) -> FillPlace:
    return FillPlace(after=2**40, change=17, total=100_000, begun_ms=office.clock.now_ms())


def test_that_a_token_opens_as_it_was_and_says_nothing(office: OpenOffice, place: FillPlace) -> None:
    hendra = office.book.active("hendra")
    token = seal_place(office, hendra, place)
    assert open_place(office, hendra, token) == place
    assert seal_place(office, hendra, place) != token
    assert all(n.to_bytes(8) not in token for n in (place.after, place.change, place.total, place.begun_ms))


def test_that_it_is_good_for_its_account_and_queues_only(office: OpenOffice, place: FillPlace) -> None:
    hendra = office.book.active("hendra")
    token = seal_place(office, hendra, place)
    others = (
        office.book.active("adi"), replace(hendra, name="ratna"), replace(hendra, queues=("billing",)),
        replace(hendra, queues=(*hendra.queues, "billing")),
    )  # fmt: skip
    assert [open_place(office, other, token) for other in others] == [None] * len(others)
    one, other = replace(hendra, queues=("a", "b")), replace(hendra, queues=("b", "a"))
    assert open_place(office, other, seal_place(office, one, place)) == place, "in whatever order"


def test_that_a_changed_byte_anywhere_and_another_length_are_no_token(office: OpenOffice, place: FillPlace) -> None:
    hendra = office.book.active("hendra")
    token = seal_place(office, hendra, place)
    for number in range(len(token)):
        damaged = bytearray(token)
        damaged[number] ^= 1
        assert open_place(office, hendra, bytes(damaged)) is None
    for length in range(len(token)):
        assert open_place(office, hendra, token[:length]) is None
    assert open_place(office, hendra, token + b"\0") is None


def test_that_it_dies_with_its_inventory(office: OpenOffice, place: FillPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    hendra = office.book.active("hendra")
    token = seal_place(office, hendra, place)
    monkeypatch.setattr(office, "inventory", load_inventory(office.inventory.text + "\n# another version\n"))
    assert open_place(office, hendra, token) is None


def test_that_it_lasts_a_day_by_the_office_s_clock(office: OpenOffice, place: FillPlace) -> None:
    hendra, now = office.book.active("hendra"), place.begun_ms
    kept = replace(place, begun_ms=now - LASTS_MS + 60_000)
    old, ahead = replace(place, begun_ms=now - LASTS_MS - 1), replace(place, begun_ms=now + 3_600_000)
    assert open_place(office, hendra, seal_place(office, hendra, kept)) == kept
    assert open_place(office, hendra, seal_place(office, hendra, old)) is None
    assert open_place(office, hendra, seal_place(office, hendra, ahead)) is None, "the clock was set back since"


def test_that_another_office_s_token_is_none(
    office: OpenOffice, place: FillPlace, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with made_office(tmp_path_factory.mktemp("other")) as other:
        session = other.bare("hendra")
        there = other.back_office.opened
        token = seal_place(there, there.book.active("hendra"), place)
        session.end()
    assert open_place(office, office.book.active("hendra"), token) is None
