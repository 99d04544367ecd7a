"""A walk over all screens in a process of its own: its hundreds of windows go with it.

In the tests' process each of them would be dressed, translated and collected again for every test that comes after
(three walks made the tests behind them several times as slow).
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.ui.application import TiraiApplication, make_application

ROOT = Path(__file__).parents[2]
PATIENCE_S = 1_100
END = 3_000
"""Characters of what a walk that failed said last."""

Walk = Callable[..., Any]
"""Takes the application and words; what it answers is made of what JSON has."""


def apart(walk: Walk, *words: str) -> Any:
    """What a walk answers; it is a function at the top of its module."""
    program = f"from tests.ui.apart import tell; from tests.ui.{walk.__module__.rpartition('.')[2]} import *; "
    program += f"tell({walk.__name__}, *{words!r})"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=dict(os.environ, QT_QPA_PLATFORM="offscreen"),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )
    assert done.returncode == 0, done.stderr[-END:]
    return json.loads(done.stdout.splitlines()[-1])


def tell(walk: Callable[..., Any], *words: str) -> None:
    """The program: walk, print the answer, and go without taking the windows down one by one."""
    app: TiraiApplication = make_application(["walk"], "light", hooks=False)
    app.setQuitOnLastWindowClosed(False)
    sys.stdout.write("\n" + json.dumps(walk(app, *words)) + "\n")
    sys.stdout.flush()
    os._exit(0)
