"""A task of the terminal that takes long says how far it is and how to stop; a short one or a program sees nothing."""

import io

import pytest

from app.terminal.counting import counting


class Terminal(io.StringIO):
    def __init__(self, *, is_there: bool) -> None:
        super().__init__()
        self._is_there = is_there

    def isatty(self) -> bool:
        return self._is_there


def told(monkeypatch: pytest.MonkeyPatch, times: list[float], *, is_there: bool = True) -> str:
    terminal = Terminal(is_there=is_there)
    monkeypatch.setattr("sys.stderr", terminal)
    clock = iter(times)
    with counting("entry {n}; Ctrl-C stops", lambda: next(clock)) as tell:
        for number in range(1, len(times)):
            tell(number * 1_000)
    return terminal.getvalue()


def test_that_nothing_is_said_within_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch, [0.0, 0.5, 1.0]) == ""


def test_that_later_it_says_how_far_and_how_to_stop_but_not_oftener_than_one_reads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = told(monkeypatch, [0.0, 0.5, 1.3, 1.4, 1.6])
    assert words == "\rentry 2,000; Ctrl-C stops \rentry 4,000; Ctrl-C stops \n"


def test_that_a_program_that_reads_it_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch, [0.0, 5.0], is_there=False) == ""
