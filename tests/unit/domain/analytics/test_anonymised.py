"""Analytics exports: coarse values, k, l and t as pyCANON has them, and an attack that finds nobody."""

import csv
import io
import json
import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.analytics.generalise import NOT_KNOWN, coarse
from app.domain.analytics.linkage import linked
from app.domain.analytics.measures import grouped, kept_groups, measured
from app.domain.analytics.report import left_in, report_of
from app.domain.analytics.settings import Level, levels_of, read_settings
from app.domain.errors import InputRefusedError
from app.domain.inventory_reader import load_inventory
from app.resource_files import resource_text

INVENTORY = load_inventory(resource_text("inventory", "customer.toml"))
TEXT = "k=5 l=2 quasi=birth_date:ten_years,city:as_is sensitive=balance_due:band"
SETTINGS = read_settings(TEXT, INVENTORY)
VECTORS = json.loads(Path(__file__).with_name("pycanon_1_3_6.json").read_text("utf-8"))
Table = dict[str, tuple[str, ...]]


@pytest.mark.parametrize("vector", VECTORS)
def test_that_k_l_and_t_are_what_pycanon_says(vector: dict[str, object]) -> None:
    found = measured(grouped(vector["rows"]))  # type: ignore[arg-type]
    assert (found.k, found.l, round(found.t, 9)) == (vector["k"], vector["l"], vector["t"])


@pytest.mark.parametrize(
    ("level", "raw", "said"),
    [
        (Level.YEAR, "1987", "1987"),
        (Level.FIVE_YEARS, "1987", "1985-1989"),
        (Level.TEN_YEARS, "1987-03-02", "1980-1989"),
        (Level.TEN_YEARS, "02.03.1987", NOT_KNOWN),
        (Level.BAND, "0", "0"),
        (Level.BAND, "0.50", "0-1"),
        (Level.BAND, "-10", "below 0"),
        (Level.BAND, "412500", "200000-500000"),
        (Level.BAND, "999999.99", "500000-1000000"),
        (Level.BAND, "100", "100-200"),
        (Level.BAND, "much", NOT_KNOWN),
        (Level.AS_IS, " Kota  Bandung ", "Kota Bandung"),
        (Level.AS_IS, "x" * 81, NOT_KNOWN),
        (Level.AS_IS, "a\x07b", NOT_KNOWN),
        (Level.AS_IS, "=HYPERLINK(1)", NOT_KNOWN),
        (Level.AS_IS, "", NOT_KNOWN),
    ],
)
def test_that_a_value_is_made_coarse_or_not_known(level: Level, raw: str, said: str) -> None:
    assert coarse(level, raw) == said


@given(st.integers(1, 10**15 - 1))
def test_that_a_band_holds_its_amount_and_ends_at_two_and_a_half_times_its_begin_at_most(amount: int) -> None:
    low, high = map(int, coarse(Level.BAND, str(amount)).split("-"))
    assert low <= amount < high <= low * 2.5


def test_that_settings_are_what_two_people_sign() -> None:
    assert SETTINGS.text == TEXT
    bound = TEXT.replace("l=2", "l=2 t=30")
    assert read_settings(bound, INVENTORY).text == bound
    assert (SETTINGS.most_t, read_settings(bound, INVENTORY).most_t) == (100, 30)


def test_that_a_group_whose_values_are_far_from_everybodys_is_left_out_by_t_alone() -> None:
    even = [("x", value) for value in "1234" * 10]
    far = [("y", value) for value in "1111111112"]
    groups = grouped([*even, *far])
    assert kept_groups(groups, 5, 2) == {("x",), ("y",)}
    assert kept_groups(groups, 5, 2, 0.4) == {("x",)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEXT.replace("k=5", "k=2"),
        TEXT.replace("l=2", "l=1"),
        TEXT.replace("l=2", "l=6"),
        TEXT.replace("l=2", "l=2 t=4"),
        TEXT.replace("l=2", "l=2 t=100"),
        TEXT.replace("city:as_is", "full_name:as_is"),
        TEXT.replace("city:as_is", "customer_number:as_is"),
        TEXT.replace("city:as_is", "nik:as_is"),
        TEXT.replace("city:as_is", "ticket:as_is"),
        TEXT.replace("city:as_is", "monthly_income:band"),
        TEXT.replace("city:as_is", "health_note:as_is"),
        TEXT.replace("ten_years", "as_is"),
        TEXT.replace("city:as_is", "balance_due:band"),
        TEXT + "\n",
    ],
)
def test_that_what_tells_of_one_person_stands_in_no_export(text: str) -> None:
    with pytest.raises(InputRefusedError) as refused:
        read_settings(text, INVENTORY)
    assert refused.value.code == "export_settings"


def test_that_no_field_but_a_birth_date_leaves_its_seal() -> None:
    assert {f.name for f in INVENTORY.sealed_fields if levels_of(f)} == {"birth_date"}


ROWS = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.sampled_from("123")), max_size=60)


@given(ROWS, st.integers(3, 8), st.integers(2, 3), st.sampled_from((0.1, 0.3, 1.0)))
def test_that_whatever_is_left_in_has_k_l_and_t_and_the_attack_finds_nobody(
    rows: list[tuple[str, str, str]], k: int, least: int, most_t: float
) -> None:
    everybody: Table = {str(at): row for at, row in enumerate(rows)}
    kept = kept_groups(grouped(everybody.values()), k, least, most_t)
    exported = {name: row for name, row in everybody.items() if row[:-1] in kept}
    found, attack = measured(grouped(exported.values())), linked(everybody, exported)
    assert found.rows == 0 or (found.k >= k and found.l >= least)
    assert found.t <= most_t + 1e-9
    assert (attack.found, attack.learned) == (0, 0)
    assert attack.best_guess <= 1 / k


def test_that_the_attack_finds_those_who_stand_alone_so_that_finding_nobody_means_something() -> None:
    everybody: Table = {
        "p": ("1980-1989", "Batu", "0"),
        "q": ("1990-1999", "Batu", "0"),
        "r": ("1990-1999", "Batu", "0"),
    }
    attack = linked(everybody, everybody)
    assert (attack.people, attack.found, attack.learned, attack.best_guess) == (3, 1, 3, 1.0)


def people(count: int) -> Table:
    """Many people in few cities and a few in rare ones, with a birth year each."""
    rng = random.Random(20261128)
    cities = ["Jakarta"] * 50 + ["Surabaya"] * 30 + ["Bandung"] * 19 + [f"Desa {n}" for n in range(40)]
    bands = ["0"] * 6 + ["100000-200000", "200000-500000", "500000-1000000"]
    return {f"{at:032x}": (str(rng.randint(1945, 2005)), rng.choice(cities), rng.choice(bands)) for at in range(count)}


def test_that_a_report_says_what_the_file_holds_and_what_it_lost() -> None:
    fine = read_settings(TEXT.replace("ten_years", "year"), INVENTORY)
    everybody = people(4_000)
    exported = left_in(everybody, fine)
    file = io.StringIO()
    csv.writer(file).writerows((name, *row) for name, row in exported.items())
    read = {name: tuple(row) for name, *row in csv.reader(io.StringIO(file.getvalue()))}
    report = report_of(fine, everybody, read)
    assert report.after.k >= 5
    assert report.after.l >= 2
    assert report.attack.found == 0
    assert report.naive.found > 0, "without leaving anybody out some are found"
    assert 0 < report.lost < 1
    assert report.after.rows == len(read) == 4_000 - round(report.lost * 4_000)
    counted = Counter(tuple(row[:-1]) for row in read.values())
    assert report.as_json()["k"] == min(counted.values())
