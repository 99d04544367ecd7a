"""T8, A18, A19: everybody at once. One valid code from 50 threads and four processes lets one in; of a hundred wrong
codes at once the throttle judges five; a restart in between changes nothing.
"""

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.errors import NotAllowedError
from app.session.command import CommandSession
from app.session.errors import SignInRefusal, SignInRefusedError
from app.session.sign_in import SignIn
from tests.office.door import entries, rows_of
from tests.office.made import MadeOffice, made_office

ROOT = Path(__file__).resolve().parents[2]
THREADS, PROCESSES, WRONG = 50, 4, 100


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("parallel")) as made:
        for account in ("ratna", "yoga"):
            made.hire(account, account.title(), grant=False)
        yield made


def start(office: MadeOffice, account: str) -> "subprocess.Popen[str]":
    """A process that stands ready to sign in."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.security.sign_in_play"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    order = {
        "home": str(office.places.home),
        "cache": str(office.places.cache_root),
        "run": str(office.places.runtime),
        "keyring": office.lasting_shelf.entries,
        "account": account,
        "password": office.people[account].password,
    }
    assert process.stdin is not None
    process.stdin.write(json.dumps(order) + "\n")
    process.stdin.flush()
    return process


def answer(process: "subprocess.Popen[str]", code: str) -> str:
    out, _ = process.communicate(f"{code}\n", timeout=600)
    assert process.returncode == 0
    return out.split()[-1]


def in_threads(office: MadeOffice, account: str, code: str, count: int, barrier: threading.Barrier) -> list[object]:
    """Sign in from many threads at once; sessions and refusals."""
    outcomes: list[object] = []

    def attempt(door: SignIn) -> None:
        barrier.wait()
        try:
            outcomes.append(door.sign_in_for_command(account, office.people[account].password, code))
        except NotAllowedError as refusal:
            outcomes.append(refusal)

    threads = [threading.Thread(target=attempt, args=(office.sign_in(),)) for _ in range(count)]
    for thread in threads:
        thread.start()
    if barrier.parties > count:
        barrier.wait()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.attack("A18")
@pytest.mark.asvs("V6.5.1")
@pytest.mark.slow
def test_that_of_fifty_threads_and_four_processes_with_one_code_one_gets_in_also_after_a_restart(
    office: MadeOffice,
) -> None:
    processes = [start(office, "ratna") for _ in range(PROCESSES)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    code = office.code_to_type("ratna")
    barrier = threading.Barrier(THREADS + 1)
    said: list[str] = []

    def ask_processes() -> None:
        said.extend(answer(process, code) for process in processes)

    asking = threading.Thread(target=ask_processes)
    asking.start()
    outcomes = in_threads(office, "ratna", code, THREADS, barrier)
    asking.join()
    sessions = [o for o in outcomes if isinstance(o, CommandSession)]
    assert len(sessions) + said.count("in") == 1
    refused = {o.why.value for o in outcomes if isinstance(o, SignInRefusedError)} | (set(said) - {"in"})
    assert refused <= {SignInRefusal.USED_CODE.value, SignInRefusal.THROTTLED.value}
    assert len(outcomes) == THREADS
    good = [e for e in entries(office, "sign_in") if (e.actor, e.outcome) == ("ratna", "ok")]
    assert len(good) == 1
    for session in sessions:
        session.end()

    office.stop()
    office.serve()
    office.clock.pass_s(0)
    again = in_threads(office, "ratna", code, 5, threading.Barrier(5))
    assert not [o for o in again if isinstance(o, CommandSession)]


@pytest.mark.attack("A19")
@pytest.mark.asvs("V6.3.1")
@pytest.mark.slow
def test_that_of_a_hundred_wrong_codes_at_once_five_are_judged_also_with_a_restart_in_between(
    office: MadeOffice,
) -> None:
    wrong = "000000" if office.people["yoga"].authenticator.shown_code() != "000000" else "111111"
    before = _failed(office)
    half = in_threads(office, "yoga", wrong, WRONG // 2, threading.Barrier(WRONG // 2))
    office.stop()
    office.serve()
    office.command("hendra").end()  # somebody else opens the file again
    rest = in_threads(office, "yoga", wrong, WRONG // 2, threading.Barrier(WRONG // 2))
    why = Counter(o.why for o in [*half, *rest] if isinstance(o, SignInRefusedError))
    assert sum(why.values()) == WRONG
    assert why[SignInRefusal.WRONG] <= 5
    assert why[SignInRefusal.THROTTLED] >= WRONG - 5
    assert _failed(office) - before <= 5
    assert len([row for row in rows_of(office, "wrong_codes") if row.account == "yoga"]) <= 5
    with pytest.raises(SignInRefusedError) as throttled:
        office.sign_in().sign_in_for_command("yoga", office.people["yoga"].password, office.code("yoga"))
    assert throttled.value.why is SignInRefusal.THROTTLED


def _failed(office: MadeOffice) -> int:
    if not office.back_office.is_open:
        office.command("hendra").end()
    return len([e for e in entries(office, "sign_in") if (e.actor, e.outcome) == ("yoga", "failed")])
