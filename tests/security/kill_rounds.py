"""Rounds of kills: `make kill-rounds ROUNDS=100 SEED=1`. The last line counts passed and failed rounds.

Each round is a scripted session of a generated account (`kill_play.py`). At a random moment console, guardian, both,
the office, or all three get SIGKILL; half of the rounds fall into the fill of the cache, a reveal, a save, a lock or a
wipe. Then whatever must come has come (a wipe, a lock screen, or the next start's sweep), and

- no place that this user can write, no keyring entry and no living process has a canary or a usable key, the office's
  processes included (memory is read as root, or as root of a user namespace);
- every note and value that the screen had acknowledged is there, with its entry, and the log holds.
"""

import argparse
import contextlib
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.security.directing import Director, directed

NOTHING: dict[str, list[str]] = {"entries": [], "files": []}
WHO = ("console", "guardian", "both", "console", "guardian", "both", "console", "guardian", "office", "all")
STEPS = {"fill": 0.3, "reveal": 0.3, "save": 0.2, "lock": 0.8, "wipe": 0.6}
"""The steps that half of the rounds fall into, and how long each takes, in seconds."""
SESSION_S = 12.0
"""How long the whole script takes."""
KEYS_GO_S = 60.0
"""An office learns within two looks that nobody is left; after 20 s if nobody had come to hold the session yet."""


class Play:
    """Rounds in, results out."""

    def __init__(self, director: Director) -> None:
        self._director = director
        self.installed: bool = director.hello["installed"]

    def round(self, who: str, after: str, longest_s: float) -> dict[str, Any]:
        """Kill `who` at a random moment of the `longest_s` seconds after the play has come to `after`."""
        order = {"who": who, "after": after, "delay_s": random.uniform(0, longest_s)}
        return {"order": order, **self._director.order(order)}


@contextlib.contextmanager
def playing(program: str, size: int) -> Iterator[Play]:
    """Run a play of this folder, sized for so many rounds or accounts, until the block is left."""
    with directed(Path(__file__).with_name(program), str(size), reads_memory=False) as director:
        yield Play(director)


def plan(rounds: int, seed: int) -> list[dict[str, Any]]:
    """Who is killed when, for each round; the same for the same seed."""
    chance, orders = random.Random(seed), []
    for number in range(rounds):
        who = WHO[number % len(WHO)]
        if number % 2:
            after = chance.choice(list(STEPS))
            orders.append({"who": who, "after": after, "delay_s": chance.uniform(0, STEPS[after])})
        else:
            orders.append({"who": who, "after": "console", "delay_s": chance.uniform(0, SESSION_S)})
    return orders


@dataclass(slots=True)
class Outcome:
    """What came of a round.

    Attributes:
        order: who was killed when.
        result: what the play said.
        wrong: what must not be, in words; empty if the round passed.
        reads_memory: whether processes' memory could be read.
    """

    order: dict[str, Any]
    result: dict[str, Any]
    wrong: list[str] = field(default_factory=list)
    reads_memory: bool = True
    seconds: float = 0.0

    def __str__(self) -> str:
        """One line."""
        order, result = self.order, self.result
        how = "locked" if result.get("was_locked") else "swept" if result.get("swept") else "wiped"
        words = f"{order['who']} killed at {order['after']} + {order['delay_s']:.2f} s (in {result.get('in')}): {how}"
        words += f", {result.get('acknowledged')} acknowledged, log of {result.get('entries')}, {self.seconds:.0f} s"
        return words + "".join(f"\n    FAILED: {wrong}" for wrong in self.wrong)


def play_round(director: Director, order: dict[str, Any]) -> Outcome:
    """One round, and all that must hold after it."""
    begun = time.monotonic()
    outcome = Outcome(order, {})
    try:
        _play(director, order, outcome)
    except BrokenError as broke:
        outcome.wrong.append(f"the play broke: {broke}")
        director.ask("finish")
    outcome.seconds = time.monotonic() - begun
    return outcome


class BrokenError(Exception):
    """The play could not carry out an order."""


def _ask(director: Director, do: str, **order: Any) -> dict[str, Any]:
    answer = director.ask(do, **order)
    if "broke" in answer:
        raise BrokenError(answer["broke"])
    return answer


def _play(director: Director, order: dict[str, Any], outcome: Outcome) -> None:
    result = outcome.result
    result |= _ask(director, "round", **order)
    if result["state"] == "locked":  # its entry in the keyring waits for the password; who has typed it has it
        result["was_locked"] = True
        locked = result | {"keyring": [], "pids": [pid for pid in result["pids"] if pid not in result["tried"]]}
        look(director, outcome, locked)
        result |= _ask(director, "again")
    look(director, outcome, result)
    if result["state"] != "wiped":
        outcome.wrong.append("never settled")
    if result["left"] != NOTHING:
        outcome.wrong.append(f"left: {result['left']}")
    if result["opens"]:
        outcome.wrong.append("the keyring's half alone opens the cache")
    result |= _ask(director, "finish")
    if result["at_the_end"] != NOTHING:
        outcome.wrong.append(f"left at the end: {result['at_the_end']}")
    outcome.wrong += [f"lost: {what}" for what in result["lost"]]
    if not result["log_holds"]:
        outcome.wrong.append("the log does not hold")


def look(director: Director, outcome: Outcome, result: dict[str, Any]) -> None:
    """Files, keyring and memory."""
    outcome.wrong += [f"in a file: {found}" for found in result["places"]]
    outcome.wrong += [f"in the keyring: {found}" for found in result["keyring"]]
    for pid in result["pids"]:
        found = memory(director, outcome, pid, result)
        name = "office" if pid == result["office"] else "process"
        outcome.wrong += [f"in the memory of {name} {pid}: {found}"] if found else []


def memory(director: Director, outcome: Outcome, pid: int, result: dict[str, Any]) -> list[str]:
    """Keys and canaries in a process; one that is about to leave has a few seconds for it."""
    until = time.monotonic() + KEYS_GO_S
    while True:
        try:
            scan = director.scan(pid, result["mark"], result["keys"])
        except PermissionError:
            outcome.reads_memory = False
            return []
        except (FileNotFoundError, ProcessLookupError):
            return []
        found = [*scan["keys"], *scan["found"]]
        if not found or time.monotonic() > until:
            return found
        time.sleep(0.5)


@contextlib.contextmanager
def killing(rounds: int) -> Iterator[Director]:
    """The play of kills, with an account for each round."""
    with directed(Path(__file__).with_name("kill_play.py"), str(rounds)) as director:
        yield director


def main() -> int:
    """Play the rounds that are asked for."""
    parser = argparse.ArgumentParser(prog="make kill-rounds", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, nargs="*", default=[], help="numbers of rounds, to play them again")
    asked = parser.parse_args()
    begun, failed = time.monotonic(), 0
    try:
        with killing(asked.rounds) as director:
            print(f"{asked.rounds} accounts made in {time.monotonic() - begun:.0f} s", flush=True)
            for number, order in enumerate(plan(asked.rounds, asked.seed), 1):
                if asked.only and number not in asked.only:
                    director.ask("skip")
                    continue
                outcome = play_round(director, order)
                failed += bool(outcome.wrong)
                print(f"{number:3} {outcome}", flush=True)
    except pytest.skip.Exception as reason:
        sys.exit(f"Kill rounds cannot run here: {reason}")
    if not outcome.reads_memory:
        print("The memory of processes was not read: neither root nor root of a user namespace may here.")
    minutes = (time.monotonic() - begun) / 60
    played = len(asked.only) or asked.rounds
    print(f"{played} rounds, seed {asked.seed}, {minutes:.0f} min: {played - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
