"""The customers' page as it is run on a server: `tirai privacy page serve` in a process of its own."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.ordinary_user import PROJECT


class ServedPage:
    """The process as IT runs it; its first line says where it serves, or why not."""

    def __init__(self, config: Path, **environment: str) -> None:
        program = "import sys; from app.cli import main; sys.exit(main())"
        command = [sys.executable, "-c", program, "privacy", "page", "serve", "--config", str(config)]
        usual = {"PATH": os.defpath, "PYTHONPATH": str(PROJECT), "PYTHONUNBUFFERED": "1", "LC_ALL": "C.UTF-8"}
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=usual | environment,
            cwd=config.parent,
        )
        assert self.process.stdout is not None
        self.first = self.process.stdout.readline().strip()

    @property
    def port(self) -> int:
        assert self.first.startswith("Serving customers' page at 127.0.0.1, port "), self.first
        return int(self.first.rstrip(".").rpartition(" ")[2])

    def ended(self) -> tuple[int, str]:
        self.process.send_signal(signal.SIGTERM)
        out, _ = self.process.communicate(timeout=60)
        return self.process.returncode, self.first + out
