"""How Tirai starts itself anew: the command line of the running program, from a checkout, a wheel or a frozen bundle.

It stands outside the layers, as `app.resource_files` does, and imports nothing of Tirai. Every process that becomes
or starts a fresh Tirai asks here; `sys.executable` of a frozen bundle is Tirai itself and knows no `-m`.
"""

import os
import sys


def is_frozen() -> bool:
    """Whether this is a frozen bundle."""
    return bool(getattr(sys, "frozen", False))


def is_launched() -> bool:
    """Whether a launcher started this process that adds `-m app` by itself (`packaging/windows/launcher.c`)."""
    return "tirai_launcher" in sys._xoptions


def own_program() -> list[str]:
    """The words that start Tirai; its own arguments come after them."""
    if is_frozen() or is_launched():
        return [sys.executable]
    return [sys.executable, "-I", "-m", "app"]


def own_folders() -> frozenset[str]:
    """Where the program's own code lies, links followed: whoever can change that can change Tirai anyway.

    The system's own folders are not among them, where Python is the system's: they hold everything else, too.
    """
    above_app = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 -- before imports
    bundle = bundle_folder()
    places = (sys.prefix, sys.base_prefix, sys.exec_prefix, above_app, *((bundle,) if bundle else ()))
    return frozenset(os.path.realpath(place) for place in places) - {"/", "/usr", "/usr/local"}


def bundle_folder() -> str:
    """Where a frozen bundle's libraries lie, or nothing."""
    return os.path.realpath(getattr(sys, "_MEIPASS", "")) if is_frozen() else ""
