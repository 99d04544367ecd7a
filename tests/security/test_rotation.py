"""Rotation under kills, with real processes: nothing is lost, nobody but holders opens, and kept keys open nothing.

`rotation_play.py` makes the office as an ordinary user: customers in batches of at most 1,000, notes with a data key
each, as single edits have. Somebody who held every class loses their role and keeps their keys. Every class gets its
next key; then holders' commands run, and commands, the office, or both are killed where the work has come to at random.
At the end *every* value of the file is opened by hand with a holder's new keys, a sample through the desks of people
who may, and every box is tried with the kept keys.

The large one is 100,000 customers, 20,000 single edits, five kills: `make test-long`. `make test-all` has a smaller one
with each kind of kill.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.keyring_session import missing_programs
from tests.ordinary_user import NOBODY, ordinary_folder, skip_unless_ordinary_user_can_run

PLAY = Path(__file__).with_name("rotation_play.py")
CLASSES = ("contact", "financial", "identity", "note", "special")
SAMPLE = 5
FIELDS = 4


def played(customers: int, notes: int, kills: int, timeout_s: float) -> dict[str, Any]:
    if missing := missing_programs():
        pytest.skip(f"no {' and no '.join(missing)} here")
    skip_unless_ordinary_user_can_run()
    user = NOBODY if os.geteuid() == 0 else None
    with ordinary_folder() as folder:
        asked = json.dumps({"customers": customers, "notes": notes, "kills": kills})
        done = subprocess.run(
            [sys.executable, str(PLAY), str(folder), asked],
            cwd="/",
            env={"HOME": str(folder), "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.PIPE,
            text=True,
            check=False,
            timeout=timeout_s,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
        )
    assert done.returncode == 0, "the play failed; what it printed stands above"
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(json.dumps(result))
    return result


def check(result: dict[str, Any], customers: int, notes: int, kills: int, least: int) -> None:
    boxes = FIELDS * -(-customers // 1000) + notes
    assert result["boxes"] == boxes
    assert len(result["killed"]) == kills
    in_time = sum(0 < k["at"] < 2 * boxes for k in result["killed"])
    assert in_time >= least, "the control: there was work left at so many kills"
    assert result["interrupted"] == {"exit": 130, "stopped": True}
    assert result["versions"] == [[c, 2] for c in CLASSES], "no box of an old key is left"
    assert result["told"] == {c: [2, [2], 0, 0, False] for c in CLASSES}
    assert (result["left"], result["old_grants"], result["grants_of_lost"]) == (0, 0, 0)
    assert (result["opened"], result["not_opened"]) == (FIELDS * customers + notes, 0)
    assert result["sample"] == dict.fromkeys(CLASSES, SAMPLE)
    assert result["boxes_opened_by_kept_keys"] == 0
    assert result["boxes_opened_by_kept_keys_before"] == boxes, "the control: these were the keys of every box"


@pytest.mark.slow
def test_that_a_rotation_which_is_killed_goes_on_and_loses_nothing() -> None:
    check(played(3_000, 2_500, 3, 280), 3_000, 2_500, 3, least=1)  # a small office may be done before the second


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.timeout(3600)
def test_that_a_rotation_over_a_hundred_thousand_customers_survives_five_kills() -> None:
    check(played(100_000, 20_000, 5, 3500), 100_000, 20_000, 5, least=5)
