"""A13, A26: whatever fails, wherever: the report, the log, the screen and standard error tell types and places alone.

Each scene of `crash_play.py` runs in a process of an ordinary user, with the product's own hooks. Its canaries stand in
the text, the arguments, the locals, the notes and the causes of what fails. Enforced by *software*.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.session.errors import OfficeFaultError
from app.storage.crash_reports import kept_crashes
from tests.office.import_nursery import nursery
from tests.office.made import MadeOffice, made_office
from tests.ordinary_user import ordinary_folder, run_as_ordinary_user
from tests.security.canaries import files_below, found_in, new_canary, planted
from tests.security.test_logs_and_errors import fail, import_row, whole_story

pytestmark = pytest.mark.slow  # real processes


@dataclass(frozen=True)
class Scene:
    """What a scene left."""

    seen: dict[str, Any]
    said: bytes
    reports: dict[str, str]
    canaries: list[bytes]
    files: bytes

    @property
    def leaks(self) -> list[bytes]:
        return found_in(self.said + self.files, self.canaries)


@pytest.fixture(scope="module")
def act() -> Iterator[Callable[[str], Scene]]:
    """Plays a scene once, and gives what it left."""
    played: dict[str, Scene] = {}

    def play(name: str) -> Scene:
        if name not in played:
            with ordinary_folder() as folder:
                played[name] = _play(name, folder)
        return played[name]

    return play  # type: ignore[return-value]


def _play(name: str, folder: Path) -> Scene:
    done = run_as_ordinary_user(
        f"from tests.security.crash_play import play\nplay({name!r}, {str(folder)!r})", folder, {"LC_ALL": "C.UTF-8"}
    )
    assert done.stdout, done.stderr[-2000:]
    canaries = (folder / "canaries").read_text().split()
    (folder / "canaries").unlink()
    reports = {p.name: p.read_text() for p in (folder / "home" / "crash-reports").glob("crash-*.txt")}
    said = done.stdout + done.stderr
    files = b"".join(data for _path, data in files_below(folder))
    needles = [c[-32:].encode() for c in canaries]
    return Scene(json.loads(done.stdout.splitlines()[-1]), said.encode(), reports, needles, files)


SCENES = ("window", "console", "guardian", "fatal", "office", "command", "log", "many")


@pytest.mark.attack("A13", "A26")
@pytest.mark.parametrize("name", SCENES)
def test_that_nothing_tells_a_value(act: Callable[[str], Scene], name: str) -> None:
    scene = act(name)
    assert scene.canaries, "the control: values were there"
    assert scene.reports, "the control: reports were written"
    assert scene.leaks == []
    assert b"Traceback" not in scene.said


@pytest.mark.parametrize("place", ["slot", "signal", "painting", "task", "cache", "thread", "filter", "unraisable"])
def test_that_a_person_is_told_calmly_wherever_it_failed(act: Callable[[str], Scene], place: str) -> None:
    scene = act("window")
    seen = scene.seen[place]
    assert seen["card"], "the card stands"
    number = seen["says"].partition("no. ")[2][:6]
    report = scene.reports[f"crash-{number}.txt"]
    assert "process: console" in report
    assert f"session: {'5e' * 16}" in report
    assert "ExceptionGroup" in report
    assert "tests.security.crash_play.CarelessError" in report
    assert "cause: KeyError" in report
    assert "tests.security.crash_play:fail:" in report


def test_that_the_product_s_own_console_reports_and_tells(act: Callable[[str], Scene]) -> None:
    scene = act("console")
    assert scene.seen["code"] == 0
    assert scene.seen["card"]
    (report,) = scene.reports.values()
    assert "process: console" in report
    assert report.split("\n", 1)[0].rpartition(" ")[2] in scene.seen["says"]


def test_that_the_person_goes_on_or_signs_in_again(act: Callable[[str], Scene]) -> None:
    seen = act("window").seen
    assert seen["alive"], "the console stands after all that"
    assert seen["again"] == 1
    assert seen["locked"] == ["by_hand"], "sign in again is a lock: another process, the same work"
    assert seen["last"] == [], "Python keeps no last exception with its frames"


def test_that_a_fault_of_the_card_itself_goes_no_further(act: Callable[[str], Scene]) -> None:
    reports = [text for text in act("window").reports.values() if "FaultCard.say" in text]
    assert len(reports) == 1
    assert "count: 0000000001" in reports[0]


def test_that_one_fault_a_thousand_times_is_one_report_with_a_count(act: Callable[[str], Scene]) -> None:
    seen = act("many").seen
    assert seen["counted"] == [[1_000, "ExceptionGroup"]]
    assert seen["kept"] == seen["most"], "the oldest go"
    assert seen["modes"] == ["0o600"]
    window = act("window")
    flood = window.seen["flood"].partition("no. ")[2][:6]
    assert "count: 0000001000" in window.reports[f"crash-{flood}.txt"]
    assert window.said.count(flood.encode()) < 5, "a terminal is told once"


def test_that_children_of_the_guardian_and_theirs_report(act: Callable[[str], Scene]) -> None:
    scene = act("guardian")
    assert scene.seen["code"] == 1
    assert len(scene.reports) == 2


@pytest.mark.attack("A13")
def test_that_a_fatal_signal_leaves_places_and_no_core(act: Callable[[str], Scene]) -> None:
    scene = act("fatal")
    assert scene.seen["codes"] == [128 + 11, 128 + 6, 128 + 7]
    kinds = sorted(text.split("\n\n")[-1].split("\n")[0] for text in scene.reports.values())
    assert kinds == ["SIGABRT", "SIGBUS", "SIGSEGV"]
    assert all(
        text.split("\n\n")[-1].split("\n")[1].startswith("  crash_play.py:body:") for text in scene.reports.values()
    )


def test_that_tasks_callbacks_and_threads_of_a_loop_report(act: Callable[[str], Scene]) -> None:
    reports = act("office").reports.values()
    assert len(reports) >= 2
    assert all("process: office" in text for text in reports)


def test_that_a_command_says_where_its_report_is(act: Callable[[str], Scene]) -> None:
    scene = act("command")
    assert scene.seen["code"] == 1
    (name,) = scene.reports
    assert name.encode() in scene.said


# the office's routes and the process of an import, through the real client


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("crashes")) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("billing", "delivery"))
        made.bring_in(planted(2)[0])
        yield made


@pytest.mark.attack("A26")
def test_that_a_route_answers_500_with_the_number_of_its_report(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    value = new_canary("contact")

    def broken(*_args: object) -> None:
        raise ValueError(f"cannot share {value}")

    desk = office.desk("ratna")
    record = desk.customer(desk.search("", None).ids[0]).record
    with monkeypatch.context() as patch:
        patch.setattr("app.backoffice.reveal.share", broken)
        with pytest.raises(OfficeFaultError) as caught:
            desk.reveal(record, "street_address", "confirm_delivery")
    desk.end("signed_out")
    (report,) = [c for c in kept_crashes(office.places.home) if c.process == "office"]
    assert report.number in str(caught.value), "the answer has the number"
    assert report.kind == "ValueError"
    assert found_in(report.path.read_bytes() + whole_story(caught.value), [value[-32:].encode()]) == []


def test_that_the_process_of_an_import_reports(office: MadeOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    child = nursery("tests.security.test_logs_and_errors:break_sealing").child
    monkeypatch.setattr(office.service.imports, "_new_child", child)
    supervisor = office.command("hendra")
    value = new_canary("special")
    fail(lambda: import_row(supervisor._identity.client, ("C-1", "Sari", "", "", "a@b.example", value)))
    supervisor.end()
    (report,) = [c for c in kept_crashes(office.places.home) if c.process == "import"]
    assert "BrokenError" in report.kind
    assert found_in(report.path.read_bytes(), [value[-32:].encode()]) == []
