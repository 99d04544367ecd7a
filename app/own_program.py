"""How Tirai starts itself anew: the command line of the running program, from a checkout, a wheel or a frozen bundle.

It stands outside the layers, as `app.resource_files` does, and imports nothing of Tirai. Every process that becomes
or starts a fresh Tirai asks here; `sys.executable` of a frozen bundle is Tirai itself and knows no `-m`.
"""

import sys


def is_frozen() -> bool:
    """Whether this is a frozen bundle."""
    return bool(getattr(sys, "frozen", False))


def own_program() -> list[str]:
    """The words that start Tirai; its own arguments come after them."""
    if is_frozen():
        return [sys.executable]
    return [sys.executable, "-I", "-m", "app"]
