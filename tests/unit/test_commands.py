"""Commands of the terminal: who it is is asked before the office wakes, since an office that nobody needs leaves."""

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import typer

from app import cli
from app.bootstrap import terminal, way_to_office
from app.domain.errors import WorkstationError
from app.terminal import asking
from app.terminal.commands import SignedIn


@pytest.mark.parametrize("to_verify", [False, True])
def test_that_a_command_asks_before_the_office_wakes_and_ends_its_session(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], to_verify: bool
) -> None:
    steps: list[str] = []
    used = SimpleNamespace(use="open", at=1_764_000_000.0)
    alarm = SimpleNamespace(accounts=6, workstation="SBY-\x1b[2J0417", at=1_764_000_000.0)
    other = SimpleNamespace(workstation="SBY-0418", started_at=1_764_000_000.0)
    change = SimpleNamespace(what="authenticator", workstation="SBY-0418", at=1_764_000_000.0)
    person = SimpleNamespace(
        recoveries=(used,),
        alarms=(alarm,),
        last_failed=(1_764_000_000.0,) * 2,
        factor_changes=(change,),
        ended_elsewhere=(other,),
        unusual=(),
    )
    session = SimpleNamespace(end=lambda: steps.append("end"), person=person)

    def signing_in(kind: str, *secrets: str) -> SimpleNamespace:
        steps.append(f"{kind} {' '.join(secrets)}")
        return session

    sign_in = SimpleNamespace(
        office=lambda: steps.append("wake"),
        sign_in_for_command=lambda *s: signing_in("command", *s),
        sign_in_to_verify=lambda *s: signing_in("verify", *s),
    )

    def ask(account: str | None, *, stdin: bool) -> tuple[str, str, str]:
        steps.append("ask")
        return account or "", "password", "code"

    monkeypatch.setattr(way_to_office, "need_office", lambda _program: steps.append("look for a home"))
    monkeypatch.setattr(terminal, "sign_in_at_terminal", lambda _program: sign_in)
    monkeypatch.setattr(asking, "ask_secrets", ask)
    with SignedIn(None, "ratna", True, to_verify):  # type: ignore[arg-type]
        steps.append("work")
    kind = "verify" if to_verify else "command"
    assert steps == ["look for a home", "ask", "wake", f"{kind} ratna password code", "work", "end"]
    said = capsys.readouterr()
    assert "holders of the recovery kit opened this office again" in said.err
    assert "6 accounts failed to sign in at SBY-\N{REPLACEMENT CHARACTER}[2J0417" in said.err
    assert "2 failed tries since your last sign-in" in said.err
    assert "Your authenticator was replaced at SBY-0418" in said.err
    assert "has ended your session at SBY-0418" in said.err
    assert not said.out


def test_that_nobody_types_a_secret_for_a_home_without_an_office(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_there(_program: object) -> None:
        raise WorkstationError("no office")

    def never(*_args: object, **_rest: object) -> None:
        raise AssertionError("asked for a secret")

    monkeypatch.setattr(way_to_office, "need_office", none_there)
    monkeypatch.setattr(asking, "ask_secrets", never)
    with pytest.raises(WorkstationError), SignedIn(None, "ratna", True, False):  # type: ignore[arg-type]
        pass


def test_that_help_shows_every_word_that_was_written() -> None:
    """Square brackets in it are taken for markup at a terminal, and what stands in them is not shown."""

    def helps(command: Any) -> Iterator[str]:
        yield from (command.help or "", *(getattr(p, "help", None) or "" for p in command.params))
        for below in getattr(command, "commands", {}).values():
            yield from helps(below)

    said = [text for text in helps(typer.main.get_command(cli.app)) if text]
    assert len(said) > 50
    assert [text for text in said if re.search(r"\[[a-z]", text)] == []
