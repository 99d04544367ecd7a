"""The update commands in a network of their own, each packet of which is counted.

Run by `test_managed_updates.py` as `unshare -n python packets_play.py`. The network has a loopback and a card that
leads nowhere, both watched by a packet socket (packet(7)), so that an attempt counts as much as a conversation.
"""

import contextlib
import io
import json
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from app.domain.errors import TiraiError
from app.storage.machine_policy import files

ALL_PROTOCOLS = 0x0003  # ETH_P_ALL
COMMANDS = (["check"], ["fetch"], ["install"])
CARDS = (
    ["ip", "link", "set", "lo", "up"],
    ["ip", "link", "add", "out", "type", "dummy"],
    ["ip", "address", "add", "10.77.0.2/24", "dev", "out"],
    ["ip", "link", "set", "out", "up"],
    ["ip", "route", "add", "default", "via", "10.77.0.1", "dev", "out"],
)


def main() -> int:
    """Set the network up, run every command under three policies, and tell what was counted."""
    Path("/proc/sys/net/ipv6/conf/all/disable_ipv6").write_text("1")  # else the card itself speaks
    Path("/proc/sys/net/ipv6/conf/default/disable_ipv6").write_text("1")
    for line in CARDS:
        subprocess.run(line, check=True)
    with tempfile.TemporaryDirectory(dir="/run") as folder:
        Path(folder).chmod(0o755)
        place = Path(folder) / "policy.d"
        place.mkdir(mode=0o755)
        files.read_files.__defaults__ = (place, None)
        told = {
            "silent": _counted(place, ""),
            "managed": _counted(place, 'updates = "managed"\nupdates_from = "https://10.9.9.9/tirai"'),
            "control": _counted(place, 'updates = "check"\nupdates_from = "https://10.9.9.9/tirai"'),
        }
    print(json.dumps(told))
    return 0


def _counted(place: Path, policy: str) -> dict[str, object]:
    from app.cli import main as run_command

    file = place / "10-updates.toml"
    file.unlink(missing_ok=True)
    if policy:
        file.write_text(f"[mandatory]\n{policy}\n")
        file.chmod(0o644)
    ends = []
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL_PROTOCOLS)) as watch:
        watch.setblocking(False)
        for words in COMMANDS:
            sys.argv = ["tirai", "update", *words, "--json"]
            out = io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                try:
                    run_command()
                    ends.append(0)
                except SystemExit as end:
                    ends.append(end.code if isinstance(end.code, int) else 0)
                except TiraiError as error:
                    ends.append(error.exit_code)
        packets = 0
        with contextlib.suppress(BlockingIOError):
            while watch.recv(65_535):
                packets += 1
    return {"packets": packets, "ends": ends}


if __name__ == "__main__":
    sys.exit(main())
