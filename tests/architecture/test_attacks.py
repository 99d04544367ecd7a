"""The page on attacks says what the tests say, each attack has an owner, and each adversary a file to begin with."""

import re

from tests.architecture import attacks
from tests.architecture.marks import ROOT

CONSOLES_OWN = [*range(1, 14), *range(15, 18), *range(20, 36), 42]
"""Attacks on the console: a test is asked for, a reason is not enough. (Swap, A14, is the operating system's.)"""


def test_that_every_attack_from_1_to_55_has_one_row() -> None:
    assert [row.id for row in attacks.attacks()] == [f"A{n}" for n in range(1, 56)]
    assert all(row.text and row.must for row in attacks.attacks())


def test_that_each_attack_has_a_test_or_an_owner() -> None:
    owned = attacks.tests_by_attack().keys() | attacks.owners().keys()
    assert not [row.id for row in attacks.attacks() if row.id not in owned]


def test_that_each_attack_on_the_console_has_a_test() -> None:
    tried = attacks.tests_by_attack()  # reads every test there is
    assert not [f"A{n}" for n in CONSOLES_OWN if f"A{n}" not in tried]


def test_that_only_attacks_of_the_list_are_named() -> None:
    known = {row.id for row in attacks.attacks()}
    assert not (attacks.tests_by_attack().keys() | attacks.owners().keys()) - known


def test_that_each_adversary_has_one_file_to_begin_with_and_the_threat_model_names_it() -> None:
    files = attacks.first_files()
    assert files.keys() == {f"T{n}" for n in range(1, 11)}
    text = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    for adversary, paths in files.items():
        assert len(paths) == 1, adversary
        rows = re.findall(rf"^\| {adversary} \|.*$", text, flags=re.MULTILINE)
        assert any(f"`tests/security/{paths[0].name}`" in row for row in rows), adversary


def test_that_the_page_is_as_the_command_writes_it() -> None:
    assert attacks.PAGE.read_text(encoding="utf-8") == attacks.page(), "run: make attacks"
