"""Which calls are on, by a moved clock."""

import pytest

from app.session.calls import MOST_CALLS, CallBook, CallState, call_key


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


def states(book: CallBook) -> dict[str, str]:
    names = {call_key(name): name for name in ("a1", "b2", "c3", "")}
    return {names[call.key]: call.state.value for call in book.calls}


def test_that_a_second_call_is_one_more_and_the_first_is_held(book: CallBook, clock: Moved) -> None:
    book.start("a1")
    clock.now += 5
    book.start("b2")
    assert (book.count, book.lasts_s()) == (2, 0), "the time shown is that of the call that is talked on"
    assert states(book) == {"a1": "held", "b2": "active"}
    clock.now += 7
    assert book.stands_s(book.calls[0]) == 7
    assert book.end("b2")
    assert (book.count, book.lasts_s()) == (1, 12)
    assert states(book) == {"a1": "held"}, "nobody goes on with a held call but its person"


def test_that_a_call_that_comes_while_another_is_on_waits_until_it_is_taken(book: CallBook, clock: Moved) -> None:
    assert book.ring("a1")
    assert states(book) == {"a1": "active"}, "nobody else is on the line"
    assert book.ring("b2")
    assert book.ring("b2")
    assert states(book) == {"a1": "active", "b2": "waits"}
    clock.now += 9
    assert book.start("b2"), "the softphone says that it was answered"
    assert states(book) == {"a1": "held", "b2": "active"}
    assert book.lasts_s() == 0, "its time counts from then on"


def test_that_a_call_that_comes_while_the_other_is_held_is_talked_on(book: CallBook) -> None:
    book.start("a1")
    book.hold()
    book.ring("b2")
    assert states(book) == {"a1": "held", "b2": "active"}


def test_that_a_pop_of_a_call_that_is_on_changes_nothing(book: CallBook) -> None:
    book.start("a1")
    book.start("b2")
    kept = book.kept()
    for call in ("a1", "b2"):
        assert book.ring(call)
    assert book.kept() == kept


def test_that_a_call_is_held_and_gone_on_with_by_id_or_the_one_at_hand(book: CallBook, clock: Moved) -> None:
    assert not book.hold(), "there is none"
    assert not book.resume("a1")
    book.start("a1")
    book.start("b2")
    clock.now += 1
    assert book.hold()
    assert states(book) == {"a1": "held", "b2": "held"}
    assert book.hold(), "once more is the same"
    assert book.resume(), "the one that was held last"
    assert states(book) == {"a1": "held", "b2": "active"}
    assert book.resume("a1")
    assert states(book) == {"a1": "active", "b2": "held"}
    assert book.resume("a1")
    assert book.hold("b2")
    assert states(book) == {"a1": "active", "b2": "held"}


def test_that_never_more_than_one_call_is_talked_on(book: CallBook) -> None:
    moves = (book.start, book.ring, book.hold, book.resume, book.end)
    for nth in range(400):
        moves[nth * 7 % 5](("a1", "b2", "c3")[nth * 11 % 3])
        assert sum(call.state is CallState.ACTIVE for call in book.calls) <= 1


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
    assert states(later) == {"b2": "held", "c3": "active"}
    assert later.lasts_s(later.calls[0]) == 60


def test_that_a_hold_that_is_told_at_the_lock_screen_counts_after_the_resume(book: CallBook, clock: Moved) -> None:
    book.start("a1")
    later = CallBook(clock)
    assert not later.hold()
    later.go_on(book.kept())
    assert states(later) == {"a1": "held"}
    assert not any(call.key == call_key("") for call in later.calls)


def test_that_an_end_of_all_at_the_lock_screen_is_an_end_of_what_was_on_before(book: CallBook, clock: Moved) -> None:
    book.start("a1")
    later = CallBook(clock)
    later.end()
    later.start("b2")
    later.go_on(book.kept())
    assert later.kept() == ((call_key("b2"), clock.now, "active", clock.now),)
