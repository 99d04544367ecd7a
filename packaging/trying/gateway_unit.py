"""The gateway's unit under systemd itself: its credential, its sandbox, its restarts, its end.

Everything is asked of systemd or of the kernel, from a root that systemd has booted (`booted_root.py`).
"""

import re
import time
from collections.abc import Callable
from pathlib import Path

from trying.booted_root import BootedRoot, booted
from trying.debian_root import PERSON
from trying.findings import Findings

UNIT, ACCOUNT = "tirai-gateway", "tirai-gateway"
PASSWORD = "/etc/tirai/db-password"
SETTINGS = "etc/tirai/gateway.toml"
SERVING_S, AGAIN_S = 120, 90
_STARTED = ("ActiveState", "SubState", "MainPID", "NRestarts", "Result")
_SEEN = ("Uid", "CapEff", "CapBnd", "NoNewPrivs", "Seccomp")
_SHUT = {"CapEff": "0" * 16, "CapBnd": "0" * 16, "NoNewPrivs": "1", "Seccomp": "2"}
_REFUSED = (
    ("changes programs", "touch /usr/lib/tirai-trial && rm /usr/lib/tirai-trial"),
    ("changes settings", "touch /etc/tirai/trial && rm /etc/tirai/trial"),
    ("looks into homes", f"ls /home/{PERSON}"),
    ("sees the kernel's settings", "ls /proc/sys/kernel"),
    ("makes control groups", "mkdir /sys/fs/cgroup/trial && rmdir /sys/fs/cgroup/trial"),
)


class UnitTrial:
    """The unit in one booted root.

    Args:
        root: the root.
        asks: one request to the gateway; "HTTP ..." when it answers.
        findings: told of each part.
    """

    def __init__(self, root: BootedRoot, asks: Callable[[], str], findings: Findings) -> None:
        self._root, self._asks, self._findings = root, asks, findings

    def run(self) -> None:
        """All parts."""
        self._waits_for_its_database()
        self._sandbox()
        self._killed()
        self._stops()

    def _answers(self, within_s: float) -> str:
        until, said = time.monotonic() + within_s, ""
        while time.monotonic() < until:
            said = self._asks()
            if said.startswith("HTTP "):
                break
            time.sleep(1)
        return said

    def _systemctl(self, *words: str) -> str:
        return self._root.run("systemctl", *words, user="root", check=False)

    def _waits_for_its_database(self) -> None:
        """A start without a database fails aloud, is tried again by itself, and succeeds once there is one."""
        place = self._root.folder / SETTINGS
        whole = place.read_text(encoding="utf-8")
        place.write_text(re.sub(r"@127\.0\.0\.1:\d+/", "@127.0.0.1:9/", whole), encoding="utf-8")
        self._systemctl("enable", UNIT)
        self._systemctl("start", UNIT)
        before = self._root.unit(UNIT, *_STARTED)
        log = self._root.run("journalctl", "-u", UNIT, "--no-pager", "-o", "cat", user="root")
        waits = before["ActiveState"] in {"activating", "failed"} and before["MainPID"] == "0"
        tells = [line for line in log.splitlines() if "database" in line][:1]
        self._findings.add("systemd: without its database it does not start, and says so", waits and bool(tells), tells)
        place.write_text(whole, encoding="utf-8")
        answer = self._answers(SERVING_S)
        now = self._root.unit(UNIT, *_STARTED)
        good = answer.startswith("HTTP ") and now["SubState"] == "running" and int(now["NRestarts"]) > 0
        self._findings.add("systemd: once there is one it serves by itself", good, [answer, now["NRestarts"]])

    def _sandbox(self) -> None:
        """What the kernel says of the process, and what its view of the machine refuses even root."""
        process = self._root.unit(UNIT, "MainPID")["MainPID"]
        status = self._root.run("cat", f"/proc/{process}/status", user="root")
        seen = {row[0]: row[1] for row in re.findall(r"^(\w+):\s+(\S+)", status, re.MULTILINE) if row[0] in _SEEN}
        account = self._root.run("id", "-u", ACCOUNT, user="root").strip()
        limits = self._root.run("cat", f"/proc/{process}/limits", user="root")
        no_core = bool(re.search(r"^Max core file size +0 +0 ", limits, re.MULTILINE))
        good = seen == _SHUT | {"Uid": account} and no_core
        self._findings.add("systemd: its account, no capability, no new rights, calls filtered, no core", good, seen)
        outside = [what for what, line in _REFUSED if not self._does("1", line)]
        done = [what for what, line in _REFUSED if self._does(process, line)]
        good = not done and not outside
        self._findings.add("systemd: what root may elsewhere it may not in its view", good, [done, outside])
        secret = self._root.run("stat", "-c", "%U %a", PASSWORD, user="root").strip()
        own = f"/proc/{process}/root/run/credentials/{UNIT}.service/db-password"
        handed = self._root.run("stat", "-c", "%a", own, user="root", check=False).strip()
        self._findings.add(
            "systemd: the password is root's, and handed over",
            (secret, handed) == ("root 400", "440"),
            [secret, handed],
        )

    def _does(self, process: str, line: str) -> bool:
        words = ("nsenter", "--target", process, "--mount", "--", "sh", "-c", f"{line} >/dev/null 2>&1 && echo done")
        return "done" in self._root.run(*words, user="root", check=False)

    def _killed(self) -> None:
        before = self._root.unit(UNIT, *_STARTED)
        self._systemctl("kill", "--kill-whom=main", "--signal=KILL", UNIT)
        until = time.monotonic() + AGAIN_S
        now = before
        while time.monotonic() < until and (now["MainPID"] in {"0", before["MainPID"]} or now["SubState"] != "running"):
            time.sleep(1)
            now = self._root.unit(UNIT, *_STARTED)
        answer = self._answers(SERVING_S)
        again = int(now["NRestarts"]) == int(before["NRestarts"]) + 1
        self._findings.add("systemd: killed, it is back by itself", again and answer.startswith("HTTP "), answer)

    def _stops(self) -> None:
        began = time.monotonic()
        self._systemctl("stop", UNIT)
        took_s = round(time.monotonic() - began, 1)
        now = self._root.unit(UNIT, "ActiveState", "Result", "ExecMainStatus")
        good = now == {"ActiveState": "inactive", "Result": "success", "ExecMainStatus": "0"}
        self._findings.add(
            "systemd: stopped, it leaves by itself", good, [now["Result"], now["ExecMainStatus"], took_s]
        )
        log = self._root.run("journalctl", "-u", UNIT, "--no-pager", "-o", "cat", user="root")
        told = [line for line in log.splitlines() if re.search(r"Traceback|Unknown|ignoring|denied", line)][:5]
        self._findings.add("systemd: nothing of the unit is unknown to it", not told, told)


def try_unit(folder: Path, password: str, asks: Callable[[], str], findings: Findings) -> None:
    """Boot the root and try the unit; settings and everything else are there already.

    Args:
        folder: of the root.
        password: of the database, for the file that the unit hands over.
        asks: see `UnitTrial`.
        findings: told of each part.
    """
    place = folder / PASSWORD.lstrip("/")
    place.touch(0o600)
    place.write_text(password, encoding="utf-8")
    place.chmod(0o400)
    with booted(folder) as root:
        UnitTrial(root, asks, findings).run()
