"""The office's policy as this workstation keeps it: the machine policy takes away from it, and adds nothing.

Where both say a number, the lower one holds: an office that loosens its own later does not loosen a machine, and one
that tightens needs no word with IT.
"""

from dataclasses import replace

from app.domain.machine_policy.policy import MachinePolicy
from app.domain.policy import Policy
from app.domain.posture.demands import Demand
from app.domain.posture.words import Part

NUMBERS = ("idle_lock_s", "idle_end_s", "call_idle_max_s", "session_s", "lease_s", "view_s", "clipboard_s")


def tightened(policy: Policy, managed: MachinePolicy) -> Policy:
    """The policy within what the machine's administrator allows."""
    if managed.is_empty:
        return policy
    numbers = {name: min(getattr(policy, name), managed.number(name) or getattr(policy, name)) for name in NUMBERS}
    numbers["idle_lock_s"] = min(numbers["idle_lock_s"], numbers["idle_end_s"])
    numbers["call_idle_max_s"] = max(numbers["call_idle_max_s"], numbers["idle_lock_s"])
    required = {Part(part): Demand.REQUIRED for part in managed.texts("protection_required")}
    return replace(
        policy,
        **numbers,
        copied=policy.copied if managed.allows("clipboard_allowed") else frozenset(),
        capture_exception=policy.capture_exception if managed.allows("capture_exception_allowed") else None,
        posture={**policy.posture, **required},
    )
