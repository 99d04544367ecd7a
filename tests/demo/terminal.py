"""A person at a terminal: runs `tirai` on a pseudo-terminal and answers its questions, as a person would."""

import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pexpect

from tests.demo.people import TYPING_S, Authenticator, DemoPerson

TIMEOUT_S = 120
LONGEST_S = 60.0
"""No code is sure to be valid for longer."""
ROOT = Path(__file__).resolve().parents[2]
_KEY = re.compile(r"Key: ([A-Z2-7 ]+)")
_ACTIVATION = re.compile(r"^\s*((?:[A-Z2-7]{4}-){12}[A-Z2-7]{4})\s*$", re.MULTILINE)
_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


class CommandFailedError(AssertionError):
    """A command ended otherwise than expected; carries what it printed."""


class Terminal:
    """Commands on one home, in one environment.

    Attributes:
        printed: each command with what it printed.
        typed_code_lasts_s: how long a code that is typed in must still be valid; more where commands are slow.
    """

    def __init__(self, home: Path, environment: Mapping[str, str]) -> None:
        self.home = home
        self.environment = dict(environment)
        self.printed: list[tuple[str, str]] = []
        self.typed_code_lasts_s = LONGEST_S / 2
        self._code_lasts_s = LONGEST_S / 2

    def command(self, *words: str) -> list[str]:
        """The command line of `tirai WORDS`."""
        return [sys.executable, "-m", "app", *words, "--home", str(self.home)]

    def set_up(self, name: str, administrator: DemoPerson, supervisor: DemoPerson, *words: str) -> str:
        """`tirai setup`, with both people."""
        talk = self._talk("setup", "--name", name, *words)
        for person in (administrator, supervisor):
            talk.expect("Account name: ")
            talk.sendline(person.account)
            talk.expect("Person's name: ")
            talk.sendline(person.name)
            self._choose_password(talk, person)
            self._set_authenticator(talk, person)
        return self._end(talk, "tirai setup")

    def add(self, by: DemoPerson, person: DemoPerson) -> str:
        """`tirai account add`; returns the activation code."""
        words = ["account", "add", person.account, "--name", person.name, "--role", person.role]
        for queue in person.queues:
            words += ["--queue", queue]
        printed = self.as_person(by, *words)
        found = _ACTIVATION.search(printed)
        if found is None:
            raise CommandFailedError(printed)
        return found.group(1)

    def activate(self, person: DemoPerson, code: str) -> str:
        """`tirai account activate`: password, authenticator, code."""
        talk = self._talk("account", "activate", person.account)
        talk.expect("Activation code: ")
        talk.sendline(code)
        self._choose_password(talk, person)
        self._set_authenticator(talk, person)
        return self._end(talk, "tirai account activate")

    def grant(self, by: DemoPerson, person: DemoPerson) -> str:
        """`tirai account grant`."""
        return self.as_person(by, "account", "grant", person.account)

    def learn(self, person: DemoPerson) -> str:
        """Somebody takes all lessons (`tests/demo/lessons.py`), after their own sign-in."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.demo.lessons", str(self.home), person.account],
            input=f"{person.password}\n{person.authenticator.fresh_code(self._code_lasts_s)}\n",
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=TIMEOUT_S,
        )
        if done.returncode != 0:
            raise CommandFailedError(f"{person.account} could not take the lessons:\n{done.stdout}{done.stderr}")
        return done.stdout

    def as_person(self, by: DemoPerson, *words: str, expect: int = 0) -> str:
        """A command that a person runs, with password and code typed at the terminal."""
        talk = self._talk(*words, "--account", by.account)
        talk.expect("Password: ")
        talk.sendline(by.password)
        talk.expect("Code from your authenticator: ")
        talk.sendline(by.authenticator.fresh_code(self.typed_code_lasts_s))
        return self._end(talk, "tirai " + " ".join(words), expect)

    def with_stdin(self, by: DemoPerson, *words: str) -> "subprocess.CompletedProcess[str]":
        """A command that takes password and code from standard input.

        The code is made before the command starts, so it must outlive a start that is twice as slow as the last one.
        """
        secrets, began = f"{by.password}\n{by.authenticator.fresh_code(self._code_lasts_s)}\n", time.monotonic()
        done = subprocess.run(
            self.command(*words, "--account", by.account, "--secrets-stdin"),
            input=secrets,
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=TIMEOUT_S,
        )
        self._code_lasts_s = min(LONGEST_S, max(TYPING_S, 2 * (time.monotonic() - began)))
        return done

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """A command that needs nobody."""
        return subprocess.run(
            self.command(*words),
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=TIMEOUT_S,
        )

    def _talk(self, *words: str) -> "pexpect.spawn[str]":
        first, *rest = self.command(*words)
        return pexpect.spawn(
            first, rest, env=self.environment, cwd=str(ROOT), encoding="utf-8", timeout=TIMEOUT_S, dimensions=(60, 200)
        )

    def _choose_password(self, talk: "pexpect.spawn[str]", person: DemoPerson) -> None:
        for question in ("New password: ", "Again: "):
            talk.expect(question)
            talk.sendline(person.password)

    def _set_authenticator(self, talk: "pexpect.spawn[str]", person: DemoPerson) -> None:
        talk.expect("Code from your authenticator: ")
        found = _KEY.search(talk.before or "")
        if found is None:
            raise CommandFailedError(str(talk.before))
        person.authenticator = Authenticator(found.group(1).replace(" ", ""))
        talk.sendline(person.authenticator.fresh_code(self.typed_code_lasts_s))

    def _end(self, talk: "pexpect.spawn[str]", command: str, expect: int = 0) -> str:
        talk.expect(pexpect.EOF)
        talk.close()
        printed = _ESCAPES.sub("", (talk.before or "").replace("\r\n", "\n")).strip()
        self.printed.append((command, printed))
        if talk.exitstatus != expect:
            raise CommandFailedError(f"{command} ended with {talk.exitstatus}, not {expect}:\n{printed}")
        return printed


def answers(sequence: Sequence[str]) -> str:
    """Lines for standard input."""
    return "".join(f"{line}\n" for line in sequence)
