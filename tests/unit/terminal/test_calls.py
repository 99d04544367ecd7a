"""`tirai call` as a softphone runs it: what it says, its exit codes, and how little it needs."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.session.console_line import Answer, Ask, socket_name
from app.storage.places import PlaceRefusedError, Places
from app.terminal import calls

HEAVY = {
    "typer",
    "click",
    "PySide6",
    "httpx",
    "pydantic",
    "cryptography",
    "sqlalchemy",
    "keyring",
    "app.bootstrap",
    "stdnum",
}


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> Iterator[Places]:
    with TemporaryDirectory(prefix="calls-") as name:  # short: a socket's path has 107 bytes
        folder = Path(name)
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
        monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
        monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        yield Places.find(folder / "home").prepare()


class Consoles:
    """Stand-in consoles by account, and what they were asked."""

    def __init__(self, places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
        self._places = places
        self.states: dict[Path, Answer] = {}
        self.asked: list[tuple[Path, str, str]] = []
        self.phones: list[str] = []
        monkeypatch.setattr(calls, "ask", self._ask)

    def open(self, account: str, state: Answer = Answer.OPEN) -> Path:
        path = self._places.socket(socket_name(account))
        path.touch()
        self.states[path] = state
        return path

    def _ask(self, path: Path, question: Ask) -> Answer | None:
        state = self.states.get(path)
        if question.does != "state" and state in (Answer.OPEN, Answer.LOCKED):
            self.asked.append((path, question.does, question.texts.get("call", "")))
            self.phones += [question.texts["phone"]] if question.does == "pop" else []
        if state is None or question.does == "state" or state not in (Answer.OPEN, Answer.LOCKED):
            return state
        if question.does == "call_end":
            return Answer.ENDED
        if state is Answer.LOCKED:
            return state
        return {"pop": Answer.TOLD, "call_hold": Answer.HELD}.get(question.does, Answer.ON)


@pytest.fixture
def consoles(places: Places, monkeypatch: pytest.MonkeyPatch) -> Consoles:
    return Consoles(places, monkeypatch)


def run(places: Places, *words: str) -> int | None:
    return calls.run_at_once(["call", *words, "--home", str(places.home)])


def pop(places: Places, phone: str, *words: str) -> int | None:
    return calls.run_at_once(["pop", "--phone", phone, *words, "--home", str(places.home)])


def test_that_the_open_console_is_told(places: Places, consoles: Consoles, capsys: pytest.CaptureFixture[str]) -> None:
    path = consoles.open("ratna")
    assert run(places, "start", "--call-id", "a84b@pbx") == 0
    assert run(places, "end", "--call-id", "a84b@pbx") == 0
    assert run(places, "end") == 0
    assert consoles.asked == [(path, "call_start", "a84b@pbx"), (path, "call_end", "a84b@pbx"), (path, "call_end", "")]
    said = capsys.readouterr()
    assert "a call is on" in said.out
    assert not said.err


@pytest.mark.parametrize("dead", [True, False])
def test_that_without_a_console_it_says_what_to_do(
    places: Places, consoles: Consoles, capsys: pytest.CaptureFixture[str], dead: bool
) -> None:
    path = consoles.open("ratna", Answer.NOBODY)
    if dead:
        del consoles.states[path]
    assert run(places, "start") == 5
    assert "No console is open here. Sign in to Tirai first." in capsys.readouterr().err


def test_that_without_a_runtime_folder_there_is_no_console(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    assert calls.run_at_once(["call", "start", "--home", str(places.home / "elsewhere")]) == 5
    assert "No console is open here" in capsys.readouterr().err
    assert not (places.home / "elsewhere").exists(), "asking makes nothing"


def test_that_a_locked_console_keeps_the_call_for_its_person(
    places: Places, consoles: Consoles, capsys: pytest.CaptureFixture[str]
) -> None:
    consoles.open("ratna", Answer.LOCKED)
    assert run(places, "start") == 0
    assert "The console is locked" in capsys.readouterr().out


def test_that_of_several_consoles_one_must_be_named(
    places: Places, consoles: Consoles, capsys: pytest.CaptureFixture[str]
) -> None:
    consoles.open("hendra")
    path = consoles.open("ratna")
    assert run(places, "start") == 2
    assert "Name one: --account NAME" in capsys.readouterr().err
    assert consoles.asked == []
    assert run(places, "start", "--account", "Ratna ") == 0
    assert [p for p, *_ in consoles.asked] == [path]


def test_that_the_one_console_somebody_works_at_is_meant(places: Places, consoles: Consoles) -> None:
    consoles.open("hendra", Answer.LOCKED)
    consoles.open("sari", Answer.NOBODY)
    path = consoles.open("ratna")
    assert run(places, "start") == 0
    assert [p for p, *_ in consoles.asked] == [path]


def test_that_an_end_is_told_to_every_console(places: Places, consoles: Consoles) -> None:
    paths = {consoles.open("hendra"), consoles.open("ratna"), consoles.open("sari", Answer.LOCKED)}
    assert run(places, "end", "--call-id", "a1") == 0
    assert {p for p, *_ in consoles.asked} == paths


@pytest.mark.parametrize("call", ["a" * 129, "a\nb", "a\x1b[2Jb", "\u202e"])
def test_that_an_id_that_is_long_or_not_plain_is_refused_and_not_repeated(
    places: Places, consoles: Consoles, capsys: pytest.CaptureFixture[str], call: str
) -> None:
    consoles.open("ratna")
    assert run(places, "start", "--call-id", call) == 3
    said = capsys.readouterr().err
    assert "at most 128 characters" in said
    assert call not in said
    assert consoles.asked == []


def test_that_holds_are_told_to_every_console(
    places: Places, consoles: Consoles, capsys: pytest.CaptureFixture[str]
) -> None:
    path, locked = consoles.open("ratna"), consoles.open("sari", Answer.LOCKED)
    assert run(places, "hold") == 0
    assert run(places, "resume", "--call-id", "a1") == 0
    assert {asked[:2] for asked in consoles.asked} == {
        (p, does) for p in (path, locked) for does in ("call_hold", "call_resume")
    }
    assert (
        capsys.readouterr().out == "The console knows that the call is on hold.\nThe console knows that a call is on.\n"
    )


@pytest.mark.parametrize(
    ("phone", "told"), [("0812 0455-9147", "+6281204559147"), ("sip:+6281204559147@pbx", "+6281204559147"), ("", "")]
)
def test_that_the_open_console_is_told_who_calls(
    places: Places, consoles: Consoles, capsys: pytest.CaptureFixture[str], phone: str, told: str
) -> None:
    path = consoles.open("ratna")
    consoles.open("hendra", Answer.LOCKED)
    assert pop(places, phone, "--call-id", "a1") == 0
    assert (consoles.asked, consoles.phones) == ([(path, "pop", "a1")], [told])
    assert capsys.readouterr().out == "The console knows who calls.\n"


def test_that_a_locked_console_shows_the_caller_later(
    places: Places, consoles: Consoles, capsys: pytest.CaptureFixture[str]
) -> None:
    consoles.open("ratna", Answer.LOCKED)
    assert pop(places, "081204559147") == 0
    assert capsys.readouterr().out == "The console is locked. It shows who calls once its person has resumed.\n"


@pytest.mark.parametrize(
    "phone", ["Sari Wulandari", "105", "0812O4559147", "0812045591470455914704559147", "+", "\x1b[2J"]
)
def test_that_what_is_no_number_is_refused_and_not_repeated(
    places: Places, consoles: Consoles, capsys: pytest.CaptureFixture[str], phone: str
) -> None:
    consoles.open("ratna")
    assert pop(places, phone, "--call-id", "a1") == 3
    said = capsys.readouterr()
    assert "This is no phone number" in said.err
    assert phone not in said.err + said.out
    assert consoles.asked == []


@pytest.mark.parametrize(
    ("state", "code"), [(Answer.FULL, 3), (Answer.NO_CUSTOMERS, 4), (Answer.REFUSED, 5), (Answer.NOBODY, 5)]
)
def test_that_a_pop_that_does_nothing_has_its_code(
    places: Places, consoles: Consoles, capsys: pytest.CaptureFixture[str], state: Answer, code: int
) -> None:
    consoles.open("ratna", state)
    assert pop(places, "081204559147") == code
    said = capsys.readouterr()
    assert said.err
    assert "0455" not in said.err + said.out


@pytest.mark.parametrize(("state", "code"), [(Answer.FULL, 3), (Answer.REFUSED, 5)])
def test_that_other_answers_have_their_codes(
    places: Places, consoles: Consoles, capsys: pytest.CaptureFixture[str], state: Answer, code: int
) -> None:
    consoles.open("ratna", state)
    assert run(places, "start") == code
    assert capsys.readouterr().err


def test_that_a_folder_of_others_is_refused(
    places: Places, consoles: Consoles, capsys: pytest.CaptureFixture[str]
) -> None:
    consoles.open("ratna")
    places.runtime.chmod(0o777)
    assert run(places, "start") == 5
    assert "is refused" in capsys.readouterr().err
    places.runtime.chmod(0o700)
    moved = places.runtime.with_name("moved")
    places.runtime.rename(moved)
    places.runtime.symlink_to(moved)
    with pytest.raises(PlaceRefusedError):
        calls.tell_call("start", home=places.home)
    assert consoles.asked == []


@pytest.mark.parametrize(
    "words",
    [["call"], ["call", "--help"], ["call", "ring"], ["call", "start", "--call-id"], ["call", "start", "--help", "x"],
     ["call", "start", "--call-id", "a", "--call-id", "b"], ["call", "start", "a1", "b2"], ["call", "start", "--json"],
     ["call", "start", "--phone", "0812"], ["pop"], ["pop", "--call-id", "a1"], ["pop", "--phone"], ["pop", "--help"]],
)  # fmt: skip
def test_that_what_is_not_plain_goes_to_the_parser_of_commands(words: list[str]) -> None:
    assert calls.run_at_once(words) is None


def test_that_the_parser_of_commands_does_the_same(places: Places, consoles: Consoles) -> None:
    path = consoles.open("ratna")
    runner = CliRunner()
    assert runner.invoke(app, ["call", "start", f"--home={places.home}", "--call-id=a1"]).exit_code == 0
    assert runner.invoke(app, ["--home", str(places.home), "call", "end"]).exit_code == 0
    assert consoles.asked == [(path, "call_start", "a1"), (path, "call_end", "")]
    assert runner.invoke(app, ["call", "ring"]).exit_code == 2
    assert runner.invoke(app, ["pop", f"--home={places.home}", "--phone=0812 0455 9147"]).exit_code == 0
    assert consoles.phones == ["+6281204559147"]
    assert runner.invoke(app, ["pop", f"--home={places.home}"]).exit_code == 2


@pytest.mark.parametrize("words", ["call start", "pop --phone 081204559147"])
def test_that_a_softphone_waits_for_nothing_heavy(places: Places, words: str) -> None:
    """What a plain `tirai call` or `tirai pop` imports, asked of a process of its own."""
    code = (
        "import sys; from app.terminal.calls import run_at_once\n"
        "code = run_at_once([*sys.argv[2:], '--home', sys.argv[1]])\n"
        "print(*sorted(sys.modules)); sys.exit(code)"
    )
    command = [sys.executable, "-c", code, str(places.home), *words.split()]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path.cwd())
    assert done.returncode == 5, done.stderr
    loaded = set(done.stdout.split())
    assert "app.terminal.calls" in loaded, "the control"
    assert not HEAVY & loaded
