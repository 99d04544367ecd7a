"""The password of the account that reads a database: from a file of its own, or from systemd's credentials.

Invariants: it stands in no URL, command line, variable or message; a file that everybody may read is refused; it is
held by an object whose `repr` is `[secure]`.
"""

import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

from app.sources.source import SourceError, open_regular

LONGEST = 4_096
CREDENTIAL = "credential:"
"""Before the name of a credential, where a path would stand."""
CREDENTIALS = "CREDENTIALS_DIRECTORY"
"""Variable in which systemd names the folder of a unit's credentials (systemd.exec(5))."""
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")


@dataclass(frozen=True, slots=True)
class Password:
    """A password; empty where the account needs none."""

    _text: str = field(repr=False)

    def __repr__(self) -> str:
        """Nothing of it."""
        return "[secure]"

    def reveal(self) -> str:
        """The password itself."""
        return self._text


@dataclass(frozen=True, slots=True)
class PasswordPlace:
    """Where it is kept; nowhere, where the server knows the account by its OS user or certificate.

    Attributes:
        file: path, or None.
        credential: name of a credential of this unit, or empty.
    """

    file: Path | None = None
    credential: str = ""

    def read(self) -> Password:
        """The password, its last line end taken off.

        Raises:
            SourceError: there is none, everybody may read it, or it is no line of text.
        """
        if self.file is None and not self.credential:
            return Password("")
        path = self.file or self._credential()
        with open_regular(path) as stream:
            if os.fstat(stream.fileno()).st_mode & (stat.S_IROTH | stat.S_IWOTH):
                raise SourceError("Everybody may read or change the password's file; chmod o-rw", code="sql_password")
            raw = stream.read(LONGEST + 1)
        try:
            text = raw.decode("utf-8").removesuffix("\n").removesuffix("\r")
        except UnicodeDecodeError:
            text = "\0"
        if not text or len(raw) > LONGEST or any(sign in text for sign in "\0\r\n"):
            raise SourceError("The password's file must hold one line of UTF-8 text", code="sql_password")
        return Password(text)

    def _credential(self) -> Path:
        folder = os.environ.get(CREDENTIALS, "")
        if not _NAME.fullmatch(self.credential) or self.credential.startswith("."):
            raise SourceError("The credential's name has other signs than letters, digits, . _ -", code="sql_password")
        if not folder:
            raise SourceError("No credentials were given to this process (LoadCredential=)", code="sql_password")
        return Path(folder) / self.credential
