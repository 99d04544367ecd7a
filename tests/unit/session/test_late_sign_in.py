"""The door's use case before it exists."""

import threading
from typing import Any

import pytest

from app.session import late_sign_in
from app.session.late_sign_in import LateSignIn
from app.session.shown import Office

OFFICE = Office("Kantor", "seat", "one-user")


class Made:
    """A sign-in that was made."""

    def office(self) -> Office:
        return OFFICE


def ask(late: LateSignIn) -> tuple[threading.Thread, list[Office]]:
    answers: list[Office] = []
    thread = threading.Thread(target=lambda: answers.append(late.office()))
    thread.start()
    return thread, answers


def test_that_nothing_is_asked_before_the_sweep_is_over() -> None:
    made: list[Any] = []
    painted, swept = threading.Event(), threading.Event()

    def make() -> Any:
        made.append(Made())
        return made[0]

    late = LateSignIn(make, painted=painted, swept=swept)
    thread, answers = ask(late)
    painted.set()
    thread.join(0.2)
    assert thread.is_alive()
    assert answers == []
    swept.set()
    thread.join()
    assert answers == [OFFICE]


def test_that_it_is_made_once_however_many_ask() -> None:
    made: list[Any] = []
    painted = threading.Event()
    painted.set()

    def make() -> Any:
        made.append(Made())
        return made[-1]

    late = LateSignIn(make, painted=painted)
    asked = [ask(late) for _ in range(8)]
    for thread, _answers in asked:
        thread.join()
    assert len(made) == 1
    assert late.prepare() is made[0]


def test_that_a_window_that_is_never_painted_does_not_keep_the_door_shut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(late_sign_in, "PATIENCE_S", 0.05)
    late = LateSignIn(Made, painted=threading.Event())  # type: ignore[arg-type]
    assert late.office() == OFFICE
