"""A task of the terminal that takes long says how far it is and how to stop; a short one or a program sees nothing."""

import io

import pytest

from app.terminal.counting import counting, counting_steps


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


def test_that_each_step_of_a_work_has_its_words_and_says_of_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal(is_there=True)
    monkeypatch.setattr("sys.stderr", terminal)
    clock = iter([0.0, 2.0, 3.0])
    with counting_steps({"long": "Reading entry {n}; Ctrl-C", "b": "Copy {n}"}, lambda: next(clock)) as tell:
        tell("long", 1_000, 20_000)
        tell("b", 7, 0)
    assert terminal.getvalue() == "\rReading entry 1,000 of 20,000; Ctrl-C \rCopy 7                                \n"
