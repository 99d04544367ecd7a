"""Which keyring back end may serve, and the refusal (K2) of settings that name another.

Invariants: settings are read as data; nothing that they name is imported. They are neither obeyed nor ignored:
who set them expected something else, so the program stops and says which line or variable to remove.
"""

import configparser
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from app.storage.keyring_errors import KeyringRefusedError

ALLOWED_BACKENDS: Final[Mapping[str, str]] = {
    "linux": "keyring.backends.SecretService.Keyring",
    "darwin": "keyring.backends.macOS.Keyring",
    "win32": "keyring.backends.Windows.WinVaultKeyring",
}
"""The one backend per platform that Tirai uses. Null, plain-text, file, chaining and failing ones are not here."""


def refuse_foreign_choice() -> None:
    """Refuse settings that would make the keyring library use, or load, anything off the allow-list."""
    allowed = ALLOWED_BACKENDS.get(sys.platform, "")
    named = os.environ.get("PYTHON_KEYRING_BACKEND", "").strip()
    if named and named != allowed:
        raise KeyringRefusedError("The variable PYTHON_KEYRING_BACKEND names another keyring. Unset it.")
    if any(name.upper().startswith("KEYRING_PROPERTY_") for name in os.environ):
        raise KeyringRefusedError("A variable KEYRING_PROPERTY_... changes how the keyring works. Unset it.")
    if sys.platform == "darwin" and os.environ.get("KEYCHAIN_PATH"):
        raise KeyringRefusedError("The variable KEYCHAIN_PATH names another keychain. Unset it.")
    from keyring.util import platform_

    _refuse_foreign_configuration(Path(platform_.config_root()) / "keyringrc.cfg", allowed)


def _refuse_foreign_configuration(path: Path, allowed: str) -> None:
    """Read the keyring library's configuration as data; nothing that it names is imported."""
    if not os.path.lexists(path):
        return
    configuration = configparser.RawConfigParser()
    try:
        configuration.read_string(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, configparser.Error) as error:
        raise KeyringRefusedError(f"{path} cannot be read. Remove it, or correct it.") from error
    if configuration.has_option("backend", "keyring-path"):
        raise KeyringRefusedError(f"{path} loads keyrings from a folder (keyring-path). Remove that line.")
    named = configuration.get("backend", "default-keyring", fallback=allowed).strip()
    if named != allowed:
        raise KeyringRefusedError(f"{path} names another keyring (default-keyring). Remove that line.")
