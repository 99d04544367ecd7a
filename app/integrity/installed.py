"""Whether this is an installed program, and whether its own files hold: at a start, before the window, at the door.

Invariants: the key that must have signed comes with the code (`tirai_installed`, made at build), never from beside the
manifest; no signature, no check of files; a checkout has no such module and is told as *not an installed program*; the
process that becomes a guardian never loads the cryptographic library, so a child of it judges the signature; nothing
here opens what is a person's.
"""

# ruff: noqa: PTH118, PTH120, PTH100, PTH110, PTH123

import importlib
import os
import sys
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from app import __version__
from app.domain.errors import VerificationError
from app.integrity import manifest as form
from app.integrity.manifest import LATER, START, WHENS, WINDOW, Manifest
from app.integrity.tree import Fault, contents_at_fault, places_at_fault
from app.own_program import is_frozen

KEY_MODULE: Final = "tirai_installed"
"""Made at build: KEY (public, hex), IS_TEST, and UP, how many folders the program's lies above the one with `app`."""
EXIT_VERIFICATION: Final = 6
SPARED: Final = ("self-check", "wipe")
"""Commands that an altered program still runs: one says which file it is, the other destroys what must not stay."""
_FURTHEST_UP: Final = 4
_NOT_AS_BUILT: Final = (
    "Tirai's own files are not as they were installed ({code}). If it is being updated, start it again when that is "
    "over; otherwise tell IT."
)
_OTHER_VERSION: Final = (
    "Tirai was updated while it ran (F3). Close it and start it again; if that does not help, tell IT."
)
_SIGNED, _WINDOW_HOLDS = b"s", b"w"


class OwnFilesError(VerificationError):
    """The program's own files are not those that were built.

    `code` is F1 (a file), F2 (manifest or signature) or F3 (the manifest is another version's: the package was replaced
    while this one ran); `detail` says it for a log, in words and counts.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(_OTHER_VERSION if code == "F3" else _NOT_AS_BUILT.format(code=code), code=code)
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Looked:
    """What a whole look came to.

    Attributes:
        faults: what differs; empty where all holds.
        files: how many files and links were compared.
        size: bytes that were read.
        seconds: for the signature and the folder, and for the files of each moment.
        is_test: the key is one that a build made for itself.
        key: its id.
    """

    faults: tuple[Fault, ...]
    files: int
    size: int
    seconds: dict[str, float]
    is_test: bool
    key: str


@dataclass(frozen=True, slots=True)
class Installed:
    """An installed program.

    Attributes:
        root: its folder.
        key: the public key that signs its manifest, 32 bytes; empty where the module with it is gone.
        is_test: that key was made by a build for itself.
        version: of the program that runs.
    """

    root: str
    key: bytes
    is_test: bool
    version: str = __version__

    def read(self) -> tuple[bytes, bytes]:
        """Text of the manifest, and its signature.

        Raises:
            OwnFilesError: F2.
        """
        found = []
        for name, most in ((form.NAME, form.LARGEST_BYTES), (form.SIGNATURE, 256)):
            try:
                with open(os.path.join(self.root, name), "rb") as file:
                    found.append(file.read(most + 1))
            except OSError as error:
                raise OwnFilesError("F2", f"{name} is missing") from error
        try:
            return found[0], bytes.fromhex(found[1].decode("ascii").strip())
        except ValueError as error:
            raise OwnFilesError("F2", "the signature has another form") from error

    def require_signed(self, text: bytes, signature: bytes) -> None:
        """Judge the signature; loads the cryptographic library.

        Raises:
            OwnFilesError: F2.
        """
        from app.crypto.errors import SealError
        from app.crypto.labels import lp
        from app.crypto.signing import check

        try:
            check(self.key, signature, lp(form.LABEL, text))
        except SealError as error:
            raise OwnFilesError("F2", "the signature does not fit") from error

    def understood(self, text: bytes) -> Manifest:
        """The manifest, which must be this version's.

        Raises:
            OwnFilesError: F2 or F3.
        """
        try:
            manifest = form.parsed(text)
        except form.ManifestError as error:
            raise OwnFilesError("F2", f"the manifest does not hold: {error}") from error
        if manifest.version != self.version:
            raise OwnFilesError("F3", "the manifest is of another version")
        return manifest

    def require(self, *whens: str) -> None:
        """Look at signature, folder, and the bytes of the files of these moments.

        Raises:
            OwnFilesError: F1 to F3.
        """
        text, signature = self.read()
        self.require_signed(text, signature)
        manifest = self.understood(text)
        require_none(places_at_fault(self.root, manifest))
        require_none(contents_at_fault(self.root, manifest, whens))

    def look(self) -> Looked:
        """Look at everything, and say what differs and what it cost.

        Raises:
            OwnFilesError: F2.
        """
        began, seconds = time.perf_counter(), {}
        text, signature = self.read()
        self.require_signed(text, signature)
        manifest = self.understood(text)
        faults = list(places_at_fault(self.root, manifest))
        seconds["folder"] = time.perf_counter() - began
        for when in WHENS:
            began = time.perf_counter()
            faults += contents_at_fault(self.root, manifest, (when,))
            seconds[when] = time.perf_counter() - began
        count, size = len(manifest.files) + len(manifest.links), sum(file.size for file in manifest.files)
        unique = tuple({fault.path: fault for fault in reversed(faults)}.values())[::-1]
        return Looked(unique, count, size, seconds, self.is_test, manifest.key)


def require_none(faults: Sequence[Fault]) -> None:
    """Refuse where anything differs.

    Raises:
        OwnFilesError: F1.
    """
    if faults:
        kinds = sorted({fault.kind for fault in faults})
        raise OwnFilesError("F1", " ".join(f"{kind}={sum(f.kind == kind for f in faults)}" for kind in kinds))


def installed() -> Installed | None:
    """This program's installation; None in a checkout, and wherever none was signed.

    A folder with a manifest above a program without a key counts as one that is broken.
    """
    here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    try:
        made = importlib.import_module(KEY_MODULE)
    except ImportError:
        above = os.path.dirname(sys.executable) if is_frozen() else here
        for _ in range(1 if is_frozen() else _FURTHEST_UP):
            if os.path.exists(os.path.join(above, form.SIGNATURE)):
                return Installed(above, b"", is_test=False)
            above = os.path.dirname(above)
        return None
    root = os.path.dirname(sys.executable) if is_frozen() else here
    for _ in range(0 if is_frozen() else made.UP):
        root = os.path.dirname(root)
    return Installed(os.path.realpath(root), bytes.fromhex(made.KEY), bool(made.IS_TEST))


class _Child:
    """A child of this start that judges the signature, then the window's files, and says so in single bytes."""

    def __init__(self, program: Installed, text: bytes, signature: bytes, *, has_window: bool) -> None:
        self._answers, answer = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            try:
                os.close(self._answers)
                program.require_signed(text, signature)
                os.write(answer, _SIGNED)
                if has_window:
                    require_none(contents_at_fault(program.root, program.understood(text), (WINDOW,)))
                    os.write(answer, _WINDOW_HOLDS)
            except BaseException:  # noqa: BLE001, S110 -- silence is the answer; nothing may run past a child's body
                pass
            finally:
                os._exit(0)
        os.close(answer)

    def says(self, word: bytes) -> bool:
        """Wait for the next word; whether it is this one."""
        return os.read(self._answers, 1) == word

    def end(self) -> None:
        """Nothing more is asked."""
        os.close(self._answers)
        os.waitpid(self._pid, 0)


_window: list[_Child] = []


def begin(words: Sequence[str], on_refusal: Callable[[str], object]) -> None:
    """Look at the installation before anything else is imported; a checkout passes.

    Args:
        words: of the command line.
        on_refusal: told in words for a log what is refused, before the process ends.

    Raises:
        SystemExit: 6, after a sentence on standard error.
    """
    program = installed()
    if program is None or tuple(words[:1]) in {(word,) for word in SPARED}:
        return
    try:
        _begin(program, has_window=_has_window(words))
    except OwnFilesError as error:
        on_refusal(f"{error.code} {error.detail}")
        _refuse(error)


def _has_window(words: Sequence[str]) -> bool:
    if not words or words[0] == "console" or words[0].startswith("-"):
        return True
    return words[0] == "child" and words[1:2] in (["console"], ["approval"])  # Windows, where a guardian starts them


def _begin(program: Installed, *, has_window: bool) -> None:
    text, signature = program.read()
    if not hasattr(os, "fork"):
        program.require(START, *((WINDOW,) if has_window else ()))
        return
    child = _Child(program, text, signature, has_window=has_window)
    try:
        manifest = program.understood(text)
        require_none(places_at_fault(program.root, manifest))
        require_none(contents_at_fault(program.root, manifest, (START,)))
        if not child.says(_SIGNED):
            raise OwnFilesError("F2", "the signature does not fit")
        if has_window:
            _window.append(child)
    finally:
        if child not in _window:
            child.end()


def require_window() -> None:
    """Wait until the files of a window have been found good; at once where nobody looks.

    Raises:
        OwnFilesError: F1.
    """
    while _window:
        child = _window.pop()
        holds = child.says(_WINDOW_HOLDS)
        child.end()
        if not holds:
            raise OwnFilesError("F1", "changed before the window")


def require_rest(whens: Collection[str] = WHENS) -> None:
    """Look again, at everything: before a password goes anywhere. A checkout passes.

    Raises:
        OwnFilesError: F1 to F3.
    """
    program = installed()
    if program is not None:
        program.require(*whens)


def require_for_command() -> None:
    """The same for a command, whose start has just looked at what it began with.

    Raises:
        OwnFilesError: F1 to F3.
    """
    require_rest((LATER,))


def _refuse(error: OwnFilesError) -> NoReturn:
    sys.stderr.write(error.message + "\n")
    raise SystemExit(EXIT_VERIFICATION)
