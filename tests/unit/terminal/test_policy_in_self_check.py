"""What the self-check says of the machine policy: source and digest, and a failed verification where it is refused."""

import pytest

from app.domain.machine_policy.errors import PLACE, MachinePolicyError
from app.domain.machine_policy.judging import judge
from app.domain.machine_policy.policy import MachinePolicy
from app.domain.machine_policy.said import Said
from app.terminal.checks import policy as part
from app.terminal.checks.finding import CheckState


@pytest.mark.parametrize(
    ("source", "origin"),
    [
        ("/etc/tirai/policy.d/10-a.toml", "files"),
        (r"HKLM\Software\Policies\Tirai", "registry"),
        ("org.tirai.console", "profile"),
    ],
)
def test_that_source_and_digest_are_told_and_no_path(monkeypatch: pytest.MonkeyPatch, source: str, origin: str) -> None:
    machine = judge([Said(source, {"idle_lock_s": 60}, {"theme": "dark"})])
    monkeypatch.setattr(part, "read_machine_policy", lambda: machine)
    told = part.policy()
    assert told.state is CheckState.OK
    assert (told.details["source"], told.details["sha256"]) == (origin, machine.digest)
    assert (told.details["settings"], told.details["recommended"]) == (1, 1)
    assert source not in told.found


def test_that_without_one_the_programs_own_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part, "read_machine_policy", MachinePolicy)
    told = part.policy()
    assert (told.state, told.details["source"]) == (CheckState.OK, "program")


def test_that_one_that_cannot_be_used_is_a_failed_verification(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> MachinePolicy:
        raise MachinePolicyError(PLACE, "/etc/tirai/policy.d", "others than root can write it")

    monkeypatch.setattr(part, "read_machine_policy", broken)
    told = part.policy()
    assert (told.state, told.is_proof, told.details["code"]) == (CheckState.NOT, True, "M1")
    assert "/etc" not in told.found
