"""The update commands in a network of their own, each packet of which is counted.

Run by `test_managed_updates.py` as `unshare -n python packets_play.py`. The network has a loopback and a card that
leads to this process, watched by a packet socket (packet(7)), so that an attempt counts as much as a conversation.
"""

import contextlib
import fcntl
import io
import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

from updates.publishing import Publisher, write_key

from app.domain.errors import TiraiError
from app.storage.machine_policy import files
from app.updating import fetching, settings

ALL_PROTOCOLS = 0x0003  # ETH_P_ALL
COMMANDS = (["check"], ["fetch"], ["install"])
CARDS = (
    ["ip", "link", "set", "lo", "up"],
    ["ip", "address", "add", "10.77.0.2/24", "dev", "out"],
    ["ip", "link", "set", "out", "up"],
    ["ip", "route", "add", "default", "dev", "out"],
)
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000  # linux/if_tun.h


def main() -> int:
    """Set the network up, run every command under three policies, and tell what was counted."""
    Path("/proc/sys/net/ipv6/conf/all/disable_ipv6").write_text("1")  # else the card itself speaks
    Path("/proc/sys/net/ipv6/conf/default/disable_ipv6").write_text("1")
    card = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(card, TUNSETIFF, struct.pack("16sH", b"out", IFF_TUN | IFF_NO_PI))
    for line in CARDS:
        subprocess.run(line, check=True)
    with tempfile.TemporaryDirectory(dir="/run") as folder:
        Path(folder).chmod(0o755)
        place = Path(folder) / "policy.d"
        place.mkdir(mode=0o755)
        files.read_files.__defaults__ = (place, None)
        settings.root_of_trust.__defaults__ = (_root(Path(folder)),)
        vars(fetching)["_PATIENCE_S"] = 1  # nobody answers here
        told = {
            "silent": _counted(place, ""),
            "managed": _counted(place, 'updates = "managed"\nupdates_from = "https://10.9.9.9/tirai"'),
            "control": _counted(place, 'updates = "check"\nupdates_from = "https://10.9.9.9/tirai"'),
        }
    print(json.dumps(told))
    return 0


def _root(folder: Path) -> Path:
    keys = [write_key(folder / f"key-{n}.pem") for n in range(5)]
    publisher = Publisher(folder / "repository")
    publisher.make(keys[:3], keys[3], keys[4])
    return publisher.metadata / "1.root.json"


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
