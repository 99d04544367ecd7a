"""The policy's use cases without an office: the shipped policy, versions, an edit that waits or not."""

import threading
import time
from dataclasses import replace

from app.domain.errors import NotAllowedError
from app.domain.policy_difference import Change, difference
from app.domain.policy_edit import read_edit, shut
from app.domain.policy_reader import load_policy
from app.domain.policy_text import with_value
from app.domain.role import Role
from app.resource_files import resource_text
from app.session.policies import Edit, PolicyShown, ShownVersion, WaitingEdit, WhyNotConfirm


def local(month: int, day: int, hour: int, minute: int) -> float:
    """A time of 2026 as the workstation's clock shows it."""
    return time.mktime((2026, month, day, hour, minute, 0, 0, 0, -1))


BASE = load_policy(resource_text("policy", "default.toml"))


def tighter() -> str:
    """A text that takes and gives."""
    text = with_value(BASE.text, "role.agent", "reveals", ["note"])
    text = with_value(text, "role.agent", "asks", ["contact", "identity", "financial"])
    text = with_value(text, "numbers", "view_s", 20)
    text = with_value(text, "numbers", "lookups_shift", 120)
    return with_value(text, "role.agent", "steps_up_for", [])


def version(number: int, why: str) -> ShownVersion:
    """A version of two people."""
    at = local(11, 20 + number, 9, 14)
    return ShownVersion(number, at, why, "adi.nugroho", "Adi Nugroho", "hendra.kusuma", "Hendra Kusuma", at + 1_860)


class FakePolicies:
    """One office's policy for one person."""

    def __init__(self, role: Role = Role.AGENT) -> None:
        self.role = role
        self.policy, self.version, self.fits = BASE, 2, True
        self.versions: tuple[ShownVersion, ...] = (
            version(2, "More lookups in the holidays"),
            version(1, "Fewer lookups"),
        )
        self.waits: str | None = None
        self.own = False
        self.refused = ("", "")
        self.refusal, self.has_code = "", True
        self.proposed: list[tuple[str, str]] = []
        self.done: list[tuple[str, str]] = []
        self.looks = 0
        self.gate = threading.Event()
        self.gate.set()

    tighter = staticmethod(tighter)

    def shown(self) -> PolicyShown:
        self.looks += 1
        policy = self.policy if self.fits else shut(BASE)
        return PolicyShown(
            policy, BASE, self.version, self.fits, self.versions, self._waiting(), self.role is Role.ADMINISTRATOR,
            *self.refused,
        )  # fmt: skip

    def _waiting(self) -> WaitingEdit | None:
        if self.waits is None or self.role is Role.AGENT:
            return None
        why_not = WhyNotConfirm.ROLE if self.role is Role.ADMINISTRATOR else None
        edit, at = self.judge(self.waits), local(11, 27, 14, 2)
        return WaitingEdit(
            "e1" * 16, self.version + 1, edit, at, at + 86_400, "Contacts only on request while we look into a leak",
            "adi.nugroho", "Adi Nugroho", WhyNotConfirm.OWN if self.own else why_not, True,
        )  # fmt: skip

    def text(self, number: int) -> str:
        return self.policy.text if number == self.version else BASE.text

    def changes(self, number: int) -> tuple[Change, ...] | None:
        text = with_value(BASE.text, "numbers", "lookups_shift", 100 + number)
        return difference(BASE, load_policy(text)) if number > 1 else None

    def judge(self, text: str) -> Edit:
        policy = read_edit(text, BASE)
        lines = ("@@ -26,2 +26,2 @@", '-reveals = ["contact", "note"]', '+reveals = ["note"]')
        return Edit(text, policy, self.version, difference(self.policy, policy), lines)

    def _act(self) -> None:
        self.gate.wait(60)
        if not self.has_code:
            raise NotAllowedError("a fresh code", code="step_up")
        if self.refusal:
            raise NotAllowedError("refused", code=self.refusal)

    def propose(self, edit: Edit, why: str) -> None:
        self._act()
        self.proposed.append((edit.text, why))
        self.waits, self.own = edit.text, True

    def confirm(self, edit: str) -> None:
        self._act()
        assert self.waits is not None
        self.done.append(("confirm", edit))
        self.policy = replace(read_edit(self.waits, BASE), text=self.waits)
        self.version += 1
        self.versions = (version(self.version, "Contacts only on request"), *self.versions)
        self.waits = None

    def drop(self, edit: str) -> None:
        self._act()
        self.done.append(("drop", edit))
        self.waits = None

    def step_up(self, code: str) -> None:
        self.has_code = True
