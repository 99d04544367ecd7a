"""`make run`: a demo office, and the console on it. Without a display the same program plays its story offscreen.

Exit codes: 0 all went well, 1 a step of the story failed, 5 this machine lacks something.
"""

import argparse
import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.demo.office import BUILD, PEOPLE, DemoOffice, fresh_office
from tests.demo.report import Report, Step
from tests.demo.spool import Spool
from tests.demo.terminal import ROOT
from tests.keyring_session import PrivateKeyringError

EXIT_FAILED, EXIT_ENVIRONMENT, EXIT_STOPPED = 1, 5, 130
STORY_S = 420


def main() -> int:
    """Prepare, then open windows or play the story."""
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--build", type=Path, default=BUILD, help="where the demo's folders lie (build)")
    parser.add_argument("--story", action="store_true", help="play the story offscreen although there is a display")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    build = asked.build.absolute()
    build.mkdir(parents=True, exist_ok=True)
    try:
        with alone(build), fresh_office(build / "demo-home") as office:
            _say_hello(office)
            if asked.story or not has_display():
                return _play_story(office, build / "demo")
            return _open_windows(office)
    except PrivateKeyringError as error:
        print(error, file=sys.stderr)
        return EXIT_ENVIRONMENT
    except KeyboardInterrupt:
        print("\nStopped; the demo's sessions are wiped.", file=sys.stderr)
        return EXIT_STOPPED


def has_display() -> bool:
    """Whether windows would be seen."""
    offscreen = os.environ.get("QT_QPA_PLATFORM", "") in {"offscreen", "minimal"}
    return not offscreen and bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextlib.contextmanager
def alone(build: Path) -> Iterator[None]:
    """One demo at a time in a folder.

    Raises:
        PrivateKeyringError: there is another one.
    """
    with (build / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PrivateKeyringError(f"A demo runs in {build} already; close it first.") from None
        yield


def _say_hello(office: DemoOffice) -> None:
    print("Tirai's demo: an office of invented people, made through the product's own commands.")
    print(f"It lives in {office.folder} alone, made afresh each time, with a message bus and a keyring of")
    print("its own; your keyring and your files are not touched. Each command also gets --home", office.home)


# with a display


def _open_windows(office: DemoOffice) -> int:
    office.set_up()
    office.bring_customers()
    print("\nThe console and the demo authenticator open now. Sign in with one of these:")
    for person in PEOPLE:
        print(f"  {person.account:16} {person.role:16} {person.password}")
    print("Codes come from the demo authenticator; each works once. Closing the console ends everything.", flush=True)
    authenticator = _start(office, "tests.demo.authenticator", str(office.people_file))
    console = _start(office, "app", "console", "--home", str(office.home))
    try:
        return console.wait()
    finally:
        end(console)  # after Ctrl-C too: the guardian wipes, and is waited for
        end(authenticator)


def end(process: "subprocess.Popen[bytes]") -> None:
    """Have a process end and wait for it."""
    if process.poll() is None:
        process.terminate()
    process.wait()


def _start(office: DemoOffice, module: str, *words: str, **settings: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", module, *words], env=office.environment | settings, cwd=ROOT)


# without a display


def _play_story(office: DemoOffice, pictures: Path) -> int:
    print("There is no display: the same program plays its story offscreen, and each step says what a person sees.")
    report = Report(pictures)
    if terminal_step(report, office, pictures, "set_up", office.set_up) and terminal_step(
        report, office, pictures, "import", office.bring_customers
    ):
        _watch_windows(report, office, pictures)
        terminal_step(report, office, pictures, "audit", office.verify_audit)
    return 0 if report.write() else EXIT_FAILED


def terminal_step(
    report: Report,
    office: DemoOffice,
    pictures: Path,
    name: str,
    act: Callable[[], None],
    take_screens: Callable[[], list[tuple[str, str]]] | None = None,
) -> bool:
    """Carry out a step that shows at a terminal, and report it; whether it went well.

    Args:
        report: takes the step.
        office: whose terminal.
        pictures: where its picture goes.
        name: of the step.
        act: does it.
        take_screens: what was shown since the last time; by default by the office's terminal.
    """
    began, step = time.monotonic(), Step(name)
    try:
        act()
        step.ok = True
    except Exception as error:  # noqa: BLE001 -- whatever it was, it is told and the report is written
        step.sees = [f"{type(error).__name__}: {error}"]
    step.ms = round((time.monotonic() - began) * 1000)
    screens = (take_screens or office.terminal.take_screens)()
    step.sees += [line for command, text in screens for line in _main_lines(command, text)]
    step.screenshot = draw(office, screens[:1], pictures / f"{name}.png")
    report.add(step)
    return step.ok


def _main_lines(command: str, text: str) -> list[str]:
    """What a command printed, without QR codes, questions and blank lines."""
    lines = [line.strip() for line in text.split("\n")]
    told = [line for line in lines if line and "▀" not in line and "█" not in line and "▄" not in line]
    return [f"$ {command}", *told[-5:]]


def draw(office: DemoOffice, screens: list[tuple[str, str]], path: Path) -> str:
    """Draw what a terminal showed; the picture's name, empty where it could not be drawn."""
    text = "\n".join(f"$ {command}\n{shown}" for command, shown in screens)
    command = [sys.executable, "-m", "tests.demo.terminal_picture", str(path)]
    environment = office.environment | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, input=text, env=environment, cwd=ROOT, text=True, check=False)
    return path.name if done.returncode == 0 else ""


def _watch_windows(report: Report, office: DemoOffice, pictures: Path) -> None:
    """Start the guardian, tell its story as it goes, look from outside when asked."""
    spool = Spool(office.folder / "story")
    office.write_people()
    words = (str(office.home), str(office.folder), str(pictures))
    guardian = _start(office, "tests.demo.console_process", *words, QT_QPA_PLATFORM="offscreen")
    until = time.monotonic() + STORY_S
    try:
        while guardian.poll() is None and time.monotonic() < until:
            _hear(report, office, spool)
            time.sleep(0.05)
        _hear(report, office, spool)
    finally:
        if guardian.poll() is None:
            print("The windows did not come to the end of their story; they are ended.", flush=True)
        end(guardian)


def _hear(report: Report, office: DemoOffice, spool: Spool) -> None:
    for word in spool.fresh():
        if word.pop("kind") == "step":
            report.add(Step(**word))
        elif "name" in word:
            spool.answer(word["name"], _look_from_outside(office))


def _look_from_outside(office: DemoOffice) -> dict[str, int]:
    command = [sys.executable, "-m", "tests.demo.outside", str(office.places.cache_root)]
    done = subprocess.run(command, env=office.environment, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, int] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    sys.exit(main())
