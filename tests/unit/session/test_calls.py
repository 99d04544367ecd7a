"""Which calls are on, by a moved clock."""

import pytest

from app.session.calls import MOST_CALLS, CallBook, call_key


class Moved:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Moved:
    return Moved()


@pytest.fixture
def book(clock: Moved) -> CallBook:
    return CallBook(clock)


def test_that_a_call_told_twice_is_one_and_lasts_from_the_first_word(book: CallBook, clock: Moved) -> None:
    for _ in range(3):
        assert book.start("a1")
        clock.now += 10
    assert (book.count, book.lasts_s()) == (1, 30)


def test_that_a_call_on_hold_is_one_more(book: CallBook, clock: Moved) -> None:
    book.start("a1")
    clock.now += 5
    book.start("b2")
    assert (book.count, book.lasts_s()) == (2, 5)
    assert book.end("a1")
    assert (book.count, book.lasts_s()) == (1, 0)


def test_that_an_end_without_an_id_ends_all(book: CallBook) -> None:
    for call in ("a1", "b2", ""):
        book.start(call)
    assert book.end()
    assert (book.count, book.lasts_s()) == (0, 0.0)
    assert not book.end()


def test_that_an_end_nobody_knows_ends_nothing(book: CallBook) -> None:
    book.start("a1")
    assert not book.end("b2")
    assert book.count == 1


def test_that_there_are_never_too_many(book: CallBook) -> None:
    assert all(book.start(str(nth)) for nth in range(MOST_CALLS))
    assert not book.start("one more")
    assert book.start("0"), "one that is on already is none more"
    assert book.count == MOST_CALLS


def test_that_only_digests_of_ids_are_kept(book: CallBook) -> None:
    book.start("a84b4c76e66710@pbx.example")
    assert "pbx" not in repr(book.kept())
    assert call_key("a") != call_key("b")


def test_that_what_was_on_before_a_lock_goes_on_but_for_what_has_ended(book: CallBook, clock: Moved) -> None:
    book.start("a1")
    book.start("b2")
    kept = book.kept()
    clock.now += 60
    later = CallBook(clock)
    later.end("a1")
    later.start("c3")
    later.go_on(kept)
    assert (later.count, later.lasts_s()) == (2, 60)


def test_that_an_end_of_all_at_the_lock_screen_is_an_end_of_what_was_on_before(book: CallBook, clock: Moved) -> None:
    book.start("a1")
    later = CallBook(clock)
    later.end()
    later.start("b2")
    later.go_on(book.kept())
    assert later.kept() == ((call_key("b2"), clock.now),)
