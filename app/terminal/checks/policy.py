"""Which policy of the machine is in force here, where it comes from, and its digest."""

import hashlib

from app.resource_files import resource_text
from app.terminal.checks.finding import Told


def policy() -> Told:
    """The policy that came with the program, by its digest."""
    digest = hashlib.sha256(resource_text("policy", "default.toml").encode()).hexdigest()
    return Told(f"the program's own, {digest[:16]}", details={"source": "program", "sha256": digest})
