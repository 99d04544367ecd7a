"""Digests that are worked out once: only what the log still leads to, and no more than there is room for."""

from app.backoffice.recent_digests import RecentDigests


def digest(number: int) -> bytes:
    return bytes([number]) * 32


def digests(first: int, last: int) -> list[bytes]:
    return [digest(n) for n in range(first, last + 1)]


class Log:
    """How often it was looked into, and its hashes."""

    def __init__(self, length: int) -> None:
        self.hashes = {n: bytes([n, n]) for n in range(1, length + 1)}
        self.looks = 0

    def __call__(self, number: int) -> bytes | None:
        self.looks += 1
        return self.hashes.get(number)


def kept(length: int, last: int, most: int = 100) -> RecentDigests:
    recent = RecentDigests(most)
    recent.keep(length, digests(length + 1, last), bytes([last, last]))
    return recent


def test_that_whoever_saw_a_part_is_given_what_is_behind_it() -> None:
    recent, log = kept(3, 9), Log(9)
    assert recent.behind(3, log) == digests(4, 9)
    assert recent.behind(7, log) == digests(8, 9)
    assert recent.behind(9, log) == []
    assert recent.behind(2, log) == [], "the fourth entry would not follow"
    assert log.looks == 2, "one look each, whatever the length"


def test_that_what_comes_later_joins_and_what_is_known_is_not_taken_twice() -> None:
    recent, log = kept(3, 9), Log(12)
    recent.keep(9, digests(10, 12), log.hashes[12])
    recent.keep(9, digests(10, 11), log.hashes[11])
    assert recent.behind(3, log) == digests(4, 12)


def test_that_an_older_beginning_takes_the_place_of_a_newer_one() -> None:
    recent, log = kept(8, 9), Log(10)
    recent.keep(2, digests(3, 10), log.hashes[10])
    assert recent.behind(2, log) == digests(3, 10)


def test_that_a_log_which_is_another_one_is_read_anew() -> None:
    """Put back, cut or forked: nothing of before is offered, not even once the old head is there again."""
    for another in ({**Log(9).hashes, 9: b"another"}, {n: h for n, h in Log(9).hashes.items() if n < 9}):
        recent, log = kept(3, 9), Log(9)
        log.hashes = another
        assert recent.behind(5, log) == []
        log.hashes = Log(9).hashes
        assert recent.behind(5, log) == []


def test_that_the_oldest_go_where_there_is_no_more_room() -> None:
    recent, log = kept(0, 6, most=5), Log(8)
    assert recent.behind(0, log) == []
    assert recent.behind(1, log) == digests(2, 6)
    recent.keep(6, digests(7, 8), log.hashes[8])
    assert recent.behind(2, log) == []
    assert recent.behind(3, log) == digests(4, 8)
