"""`make run-team`: two desks, two gateways behind a proxy, PostgreSQL; without a display it plays the team's story.

Ratna asks for a card number at her console; one gateway is killed; Hendra approves at his console, and Ratna opens it:
all at the gateway that is left. Exit codes: 0 all went well, 1 a step failed, 5 this machine lacks something.
"""

import argparse
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.demo.__main__ import (
    EXIT_ENVIRONMENT,
    EXIT_FAILED,
    EXIT_STOPPED,
    alone,
    draw,
    end,
    has_display,
    terminal_step,
)
from tests.demo.office import BUILD, DIAN, PEOPLE, RATNA
from tests.demo.report import Report, Step
from tests.demo.spool import Spool
from tests.demo.team_office import GATEWAYS, Desk, TeamHome, fresh_team
from tests.demo.team_story import STEPS
from tests.demo.terminal import ROOT
from tests.keyring_session import PrivateKeyringError

STORY_S = 420


def main() -> int:
    """Prepare, then open windows or play the story."""
    parser = argparse.ArgumentParser(prog="make run-team", description=__doc__)
    parser.add_argument("--build", type=Path, default=BUILD, help="where the folders lie (build)")
    parser.add_argument("--story", action="store_true", help="play the story offscreen although there is a display")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    build = asked.build.absolute()
    build.mkdir(parents=True, exist_ok=True)
    try:
        with alone(build), fresh_team(build / "team-home") as team:
            _say_hello(team)
            if asked.story or not has_display():
                return _play_story(team, build / "team")
            return _open_windows(team)
    except PrivateKeyringError as error:
        print(error, file=sys.stderr)
        return EXIT_ENVIRONMENT
    except KeyboardInterrupt:
        print("\nStopped; the sessions are wiped.", file=sys.stderr)
        return EXIT_STOPPED


def _say_hello(team: TeamHome) -> None:
    print(f"Tirai's team: an office of invented people behind {GATEWAYS} gateways, with a desk for each of two people.")
    print(f"It lives in {team.office.folder} alone, made afresh each time, with a PostgreSQL of its own and a keyring")
    print("for each desk; your databases, your keyring and your files are not touched.", flush=True)


def _start(desk: Desk, module: str, *words: str, **settings: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", module, *words], env=dict(desk.environment) | settings, cwd=ROOT)


# with a display


def _open_windows(team: TeamHome) -> int:
    team.set_up()
    team.office.bring_customers()
    team.move_in()
    team.serve()
    team.office.write_people()
    print("\nTwo consoles and the demo authenticator open now, one for each desk. Sign in with one of these:")
    for person in PEOPLE:
        print(f"  {person.account:16} {person.role:16} {person.password}")
    print("Codes come from the demo authenticator; each works once. It ends when both consoles are closed.", flush=True)
    desks = list(team.desks.values())
    authenticator = _start(desks[0], "tests.demo.authenticator", str(team.office.people_file))
    consoles = [_start(desk, "app", "console", "--home", str(desk.home)) for desk in desks]
    try:
        return max(console.wait() for console in consoles)
    finally:
        for console in consoles:
            end(console)
        end(authenticator)


# without a display


def _play_story(team: TeamHome, pictures: Path) -> int:
    print("There is no display: both consoles play their story offscreen, and each step says what a person sees.")
    report = Report(pictures, STEPS)
    office = team.office

    def step(name: str, act: Callable[[], None]) -> bool:
        return terminal_step(report, office, pictures, name, act, team.take_screens)

    prepared = (
        ("set_up", team.set_up),
        ("import", office.bring_customers),
        ("move_in", team.move_in),
        ("gateways", team.serve),
    )
    if all(step(name, act) for name, act in prepared):
        _watch_windows(report, team, pictures)
        step("audit", lambda: _verify_audit(team))
    return 0 if report.write() else EXIT_FAILED


def _verify_audit(team: TeamHome) -> None:
    """`tirai audit verify` at Ratna's desk, by Dian, who answers for it; and what the proxy passed on."""
    terminal = team.terminal_at(RATNA)
    try:
        terminal.as_person(DIAN, "audit", "verify")
    finally:
        team.show([*terminal.take_screens(), ("(the proxy)", "\n".join(team.passed()))])


def _watch_windows(report: Report, team: TeamHome, pictures: Path) -> None:
    """Start both guardians, tell their story as it goes, and kill a gateway when the request is on its way."""
    spool = Spool(team.office.folder / "story")
    team.office.write_people()
    words = (str(team.office.folder), str(pictures))
    guardians = [
        _start(desk, "tests.demo.team_console", account, str(desk.home), *words, QT_QPA_PLATFORM="offscreen")
        for account, desk in team.desks.items()
    ]
    until = time.monotonic() + STORY_S
    try:
        while any(guardian.poll() is None for guardian in guardians) and time.monotonic() < until:
            _hear(report, team, spool, pictures)
            time.sleep(0.05)
        _hear(report, team, spool, pictures)
    finally:
        for guardian in guardians:
            if guardian.poll() is None:
                print("The windows did not come to the end of their story; they are ended.", flush=True)
            end(guardian)


def _hear(report: Report, team: TeamHome, spool: Spool, pictures: Path) -> None:
    for word in spool.fresh():
        match word.pop("kind"):
            case "step":
                report.add(Step(**word))
            case "ask":
                spool.answer(word["name"], _look_from_outside(team.desks[word["account"]]))
            case "asked":
                report.add(_kill(team, pictures))
                spool.say("killed")


def _kill(team: TeamHome, pictures: Path) -> Step:
    """Kill one gateway while a request waits; the story goes on at the other."""
    began, step = time.monotonic(), Step("kill")
    try:
        step.sees = [team.kill_one()]
        step.ok = True
    except Exception as error:  # noqa: BLE001 -- told, and the story goes on
        step.sees = [f"{type(error).__name__}: {error}"]
    step.ms = round((time.monotonic() - began) * 1000)
    step.screenshot = draw(team.office, [("kill -KILL", "\n".join(step.sees))], pictures / "kill.png")
    return step


def _look_from_outside(desk: Desk) -> dict[str, int]:
    command = [sys.executable, "-m", "tests.demo.outside", str(desk.cache)]
    done = subprocess.run(command, env=dict(desk.environment), cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, int] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    sys.exit(main())
