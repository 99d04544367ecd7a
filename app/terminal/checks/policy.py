"""Which policy of the machine is in force here, where it comes from, and its digest.

The office's policy is no part of this: nobody knows it before they sign in. Where the machine has no policy, the one
that came with the program is told: what every office stays within.
"""

import hashlib

from app.domain.machine_policy.errors import MachinePolicyError
from app.resource_files import resource_text
from app.storage.machine_policy.reading import read_machine_policy
from app.terminal.checks.finding import CheckState, Told

SHORT = 16


def policy() -> Told:
    """The machine policy by source and digest; one that cannot be used fails, since nobody signs in then."""
    base = hashlib.sha256(resource_text("policy", "default.toml").encode()).hexdigest()
    try:
        machine = read_machine_policy()
    except MachinePolicyError as error:
        details = {"source": "refused", "sha256": "", "code": error.code, "program_sha256": base}
        said = f"the machine policy cannot be used ({error.code}), so nobody signs in"
        return Told(said, CheckState.NOT, details, is_proof=True)
    if machine.is_empty:
        return Told(
            f"the program's own, {base[:SHORT]}", details={"source": "program", "sha256": base, "program_sha256": base}
        )
    said = f"of this machine ({machine.origin}), {machine.digest[:SHORT]}"
    details = {"source": machine.origin, "sha256": machine.digest, "program_sha256": base}
    return Told(said, details=details | {"settings": len(machine.mandatory), "recommended": len(machine.recommended)})
