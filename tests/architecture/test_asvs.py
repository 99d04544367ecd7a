"""The page on ASVS says what the tests say, and no row is left open."""

from tests.architecture import asvs


def test_that_each_row_has_a_test_or_a_reason() -> None:
    covered = asvs.marked().keys() | asvs.reasons().keys()
    assert not [row.id for row in asvs.requirements() if row.id not in covered]


def test_that_no_row_has_both() -> None:
    assert not asvs.marked().keys() & asvs.reasons().keys()


def test_that_only_rows_of_the_list_are_named() -> None:
    known = {row.id for row in asvs.requirements()}
    assert not (asvs.marked().keys() | asvs.reasons().keys()) - known


def test_that_the_page_is_as_the_command_writes_it() -> None:
    assert asvs.PAGE.read_text(encoding="utf-8") == asvs.page(), "run: make asvs"
