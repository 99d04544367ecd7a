"""What `tirai keys` says: how each class stands, and what is to be done next, and by whom."""

import pytest

from app.cli import app as tirai
from app.domain.data_class import DataClass
from app.session.rotation import KeyState, Progress
from app.terminal.keys import done_json, done_lines, state_json, state_lines


def state(**change: object) -> KeyState:
    said: dict[str, object] = {
        "data_class": DataClass.NOTE, "version": 2, "in_use": (2,), "current": 20_000, "waiting": 0, "unchecked": 0,
        "stuck": 0, "is_held": True, "is_lacking": False, "is_due": False,
    }  # fmt: skip
    return KeyState(**(said | change))  # type: ignore[arg-type]


def text(*states: KeyState) -> str:
    return "\n".join(state_lines(states))


def test_that_a_class_which_is_done_asks_for_nothing() -> None:
    assert state_lines((state(),))[1:] == ["note             2        2     20,000             0         0"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"is_due": True}, "tirai keys rotate note"),
        ({"waiting": 5, "in_use": (1, 2)}, "a supervisor or privacy officer runs: tirai keys reseal"),
        (
            {"is_due": True, "proposed_by": "wulan"},
            "proposed by wulan, waits for an administrator: tirai keys confirm note",
        ),
        ({"proposed_by": "wulan"}, "proposed by wulan, waits for an administrator: tirai keys confirm note"),
        ({"is_lacking": True}, "Your key of note does not open"),
        ({"unchecked": 5, "in_use": (1, 2)}, "another supervisor or privacy officer runs: tirai keys reseal"),
        ({"waiting": 1_500, "stuck": 1_500}, "1,500 data keys of note did not open"),
    ],
)
def test_that_what_is_to_be_done_is_said(change: dict[str, object], words: str) -> None:
    assert words in text(state(**change))
    assert words not in text(state())


def test_that_nobody_is_told_to_propose_what_waits_already() -> None:
    assert "tirai keys rotate" not in text(state(is_due=True, proposed_by="wulan"))


def test_that_boxes_which_did_not_open_are_no_reason_to_run_it_again() -> None:
    assert "runs: tirai keys reseal" not in text(state(waiting=3, stuck=3))


def test_that_false_boxes_are_told_loudly() -> None:
    lines = done_lines(Progress(checked=10, bad=2), (state(),), stopped=False)
    assert any(line.startswith("FALSE new boxes: 2.") for line in lines)


def test_that_a_stopped_run_says_that_nothing_is_lost() -> None:
    assert done_lines(None, (state(),), stopped=True)[0] == "Stopped; what was done is kept. Run it again to go on."
    assert done_lines(Progress(resealed=3), (state(),), stopped=True)[1].startswith("3 data keys sealed anew")


def test_that_a_run_without_work_says_so() -> None:
    assert done_lines(None, (state(),), stopped=False) == ["There was nothing to do for you."]


def test_that_programs_get_the_same_as_people() -> None:
    assert state_json(state(waiting=4, in_use=(1, 2))) == {
        "class": "note", "version": 2, "in_use": [1, 2], "current": 20_000, "waiting": 4, "unchecked": 0, "stuck": 0,
        "due": False, "proposed_by": None,
    }  # fmt: skip
    assert done_json(None) == {"resealed": 0, "checked": 0, "bad": 0, "stuck": 0}
    assert done_json(Progress(1, 2, 3, 4, 5)) == {"resealed": 1, "checked": 2, "bad": 3, "stuck": 4}


@pytest.mark.parametrize("name", ["open", "Note", "secret", ""])
@pytest.mark.parametrize("command", ["rotate", "confirm"])
def test_that_another_class_is_refused_before_anybody_types_a_secret(command: str, name: str) -> None:
    from typer.testing import CliRunner

    result = CliRunner().invoke(
        tirai, ["keys", command, name, "--account", "hendra", "--secrets-stdin"], input="x\ny\n"
    )
    assert "Choose a class" in str(result.exception)
