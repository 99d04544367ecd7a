"""A real syslog receiver beside a test, and what it has kept."""

import contextlib
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROGRAM = Path(__file__).parent / "programs" / "syslog_receiver.py"
_NUMBER = re.compile(rb' number="(\d+)"')


@dataclass(frozen=True)
class SyslogReceiver:
    """A receiver that runs, or ran."""

    port: int
    out: Path
    process: "subprocess.Popen[str]"

    @property
    def messages(self) -> list[bytes]:
        """What it kept, in the order it came."""
        return self.out.read_bytes().splitlines()

    @property
    def numbers(self) -> list[int]:
        """Numbers of the entries that it kept."""
        return [int(found[1]) for message in self.messages if (found := _NUMBER.search(message))]


@contextlib.contextmanager
def syslog_receiver(
    out: Path, *, tls: tuple[Path, Path] | None = None, client_ca: Path | None = None, die_after: int = 0, port: int = 0
) -> Iterator[SyslogReceiver]:
    """One that listens on this machine, for as long as the block lasts."""
    command = [sys.executable, str(PROGRAM), str(out), "--die-after", str(die_after), "--port", str(port)]
    command += ["--tls", *map(str, tls)] if tls else []
    command += ["--client-ca", str(client_ca)] if client_ca else []
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        yield SyslogReceiver(int(process.stdout.readline()), out, process)
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
