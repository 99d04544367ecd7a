"""The machine policy of this system, as it stands now."""

import sys

from app.domain.machine_policy.policy import NOTHING_MANAGED, MachinePolicy
from app.domain.machine_policy.said import Said


def read_machine_policy() -> MachinePolicy:
    """What the administrator of this machine has settled; nothing, where nobody has.

    Raises:
        MachinePolicyError: there is one that cannot be used: nobody signs in until it can.
    """
    said = _said_here()
    if not said:
        return NOTHING_MANAGED
    from app.domain.machine_policy.judging import judge  # not before the first window, where there is nothing to judge

    return judge(said)


def _said_here() -> list[Said]:
    if sys.platform == "win32":
        from app.storage.machine_policy.registry import read_registry

        return read_registry()
    if sys.platform == "darwin":
        from app.storage.machine_policy.preferences import read_preferences

        return read_preferences()
    from app.storage.machine_policy.files import read_files

    return read_files()
