"""A unit under systemd itself: what its process can see and do, and that it is back after a kill and leaves when told.

Everything is asked of systemd or of the kernel, from a root that systemd has booted (`booted_root.py`).
"""

import re
import time
from collections.abc import Callable

from trying.booted_root import BootedRoot
from trying.debian_root import PERSON
from trying.findings import Findings

SERVING_S, AGAIN_S = 120, 90
_SEEN = ("Uid", "CapEff", "CapBnd", "NoNewPrivs", "Seccomp")
_SHUT = {"NoNewPrivs": "1", "Seccomp": "2"}
NONE, BIND = 0, 1 << 10
"""Capabilities, as the kernel counts them: none; a port below 1024 alone."""
_REFUSED = (
    ("changes programs", "touch /usr/lib/tirai-trial && rm /usr/lib/tirai-trial"),
    ("changes settings", "touch /etc/trial && rm /etc/trial"),
    ("looks into homes", f"ls /home/{PERSON}"),
    ("makes control groups", "mkdir /sys/fs/cgroup/trial && rmdir /sys/fs/cgroup/trial"),
)
KERNEL = ("sees the kernel's settings", "ls /proc/sys/kernel")
"""Refused where the unit says `ProcSubset=pid`."""


class Unit:
    """One unit in one booted root.

    Args:
        root: the root.
        name: of the unit and of its account.
        credential: that systemd hands over.
        asks: what it answers, or nothing while it does not.
        findings: told of each part.
        capabilities: all that it may have.
    """

    def __init__(
        self,
        root: BootedRoot,
        name: str,
        credential: str,
        asks: Callable[[], str],
        findings: Findings,
        capabilities: int = NONE,
    ) -> None:
        self.root, self.name, self.findings = root, name, findings
        self._credential, self._asks, self._capabilities = credential, asks, f"{capabilities:016x}"

    def answers(self, within_s: float = SERVING_S) -> str:
        """Its answer, as soon as there is one."""
        until, said = time.monotonic() + within_s, ""
        while not said and time.monotonic() < until:
            said = self._asks()
            time.sleep(0 if said else 1)
        return said

    def systemctl(self, *words: str) -> str:
        """A word to systemd about units."""
        return self.root.run("systemctl", *words, user="root", check=False)

    def state(self) -> dict[str, str]:
        """What systemd says of it now."""
        return dict(self.root.unit(self.name, "ActiveState", "SubState", "MainPID", "NRestarts", "Result"))

    def journal(self) -> list[str]:
        """What it and systemd have said about it."""
        return self.root.run("journalctl", "-u", self.name, "--no-pager", "-o", "cat", user="root").splitlines()

    def try_sandbox(self, *more: tuple[str, str]) -> None:
        """What the kernel says of the process, and what its view of the machine refuses even root."""
        process = self.state()["MainPID"]
        status = self.root.run("cat", f"/proc/{process}/status", user="root")
        seen = {row[0]: row[1] for row in re.findall(r"^(\w+):\s+(\S+)", status, re.MULTILINE) if row[0] in _SEEN}
        account = self.root.run("id", "-u", self.name, user="root").strip()
        limits = self.root.run("cat", f"/proc/{process}/limits", user="root")
        no_core = bool(re.search(r"^Max core file size +0 +0 ", limits, re.MULTILINE))
        has = {"CapEff": self._capabilities, "CapBnd": self._capabilities}
        good = seen == _SHUT | has | {"Uid": account} and no_core
        granted = "no capability" if not int(self._capabilities, 16) else "one capability"
        self.tell(f"its account, {granted}, no new rights, calls filtered, no core", good, seen)
        refused = (*_REFUSED, *more)
        outside = [what for what, line in refused if not self._does("1", line)]
        done = [what for what, line in refused if self._does(process, line)]
        self.tell("what root may elsewhere it may not in its view", not done and not outside, [done, outside])
        own = f"/proc/{process}/root/run/credentials/{self.name}.service/{self._credential}"
        handed = self.root.run("stat", "-c", "%U %a", own, user="root", check=False).strip()
        self.tell("its credential is handed over", handed == "root 440", handed)

    def try_kill(self) -> None:
        """Killed, it is back by itself."""
        before = self.state()
        self.systemctl("kill", "--kill-whom=main", "--signal=KILL", self.name)
        until, now = time.monotonic() + AGAIN_S, before
        while time.monotonic() < until and (now["MainPID"] in {"0", before["MainPID"]} or now["SubState"] != "running"):
            time.sleep(1)
            now = self.state()
        again, answer = int(now["NRestarts"]) == int(before["NRestarts"]) + 1, self.answers()
        self.tell("killed, it is back by itself", again and bool(answer), answer)

    def try_stop(self) -> None:
        """Stopped, it leaves by itself; and systemd knew every word of the unit."""
        began = time.monotonic()
        self.systemctl("stop", self.name)
        took_s = round(time.monotonic() - began, 1)
        now = self.root.unit(self.name, "ActiveState", "Result", "ExecMainStatus")
        good = now == {"ActiveState": "inactive", "Result": "success", "ExecMainStatus": "0"}
        self.tell("stopped, it leaves by itself", good, [now["Result"], now["ExecMainStatus"], took_s])
        told = [line for line in self.journal() if re.search(r"Traceback|Unknown|ignoring|denied", line)][:5]
        self.tell("nothing of the unit is unknown to it", not told, told)

    def tell(self, part: str, good: bool, sees: object) -> None:
        """Add what was seen of this unit."""
        self.findings.add(f"{self.name} under systemd: {part}", good, sees)

    def _does(self, process: str, line: str) -> bool:
        words = ("nsenter", "--target", process, "--mount", "--", "sh", "-c", f"{line} >/dev/null 2>&1 && echo done")
        return "done" in self.root.run(*words, user="root", check=False)
