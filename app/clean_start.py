"""What Tirai does before it imports anything else: it refuses foreign code that is in it, and drops what brings some.

It stands outside the layers, as `app.own_program` does, and imports the standard library's smallest modules only: what
comes after it (OpenSSL, Qt, D-Bus) reads the environment the moment it is loaded.

Invariants: a variable of the dynamic loader that names code is refused, since that code has run already and no
process can undo it; so is a library that lies where this OS user, or everybody, can change it, outside the program's
own folders. Everything else that could load code or divert traffic is dropped for this process and its children.
Names and places are told, never values.

Limits: code that is inside may hide from this look; it is a refusal for honest mistakes and plain attacks (software).
"""

import os
import re
import stat
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final, NoReturn

from app.own_program import bundle_folder, is_frozen, own_folders, own_program

EXIT_ENVIRONMENT: Final = 5
LOADER_NAMES: Final = ("LD_PRELOAD", "LD_AUDIT", "LD_LIBRARY_PATH")
"""What makes the dynamic loader take code from elsewhere (`attacks.md` A42)."""

_HOSTILE_PREFIXES: Final = (
    "LD_",
    "PYTHON",
    "_PYI_",
    "PYINSTALLER_",
    "QML",
    "QT_",
    "QSG_",
    "MALLOC_",
    "GIO_",
    "GST_",
    "LIBGL_",
    "MESA_",
    "VK_",
    "GBM_",
    "OPENSSL_",
    "PG",
    "RL_",
    "PG",  # libpq and psycopg: another server, no TLS, a file of passwords
    "PSYCOPG_",
    "__EGL_",
    "__GLX_",
)
_HOSTILE_NAMES: Final = frozenset(
    {
        "DBUS_SYSTEM_BUS_ADDRESS",
        "SSLKEYLOGFILE",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "FTP_PROXY",
        "NO_PROXY",
        "GLIBC_TUNABLES",
        "GCONV_PATH",
        "LOCPATH",
        "NLSPATH",
        "HOSTALIASES",
        "RESOLV_HOST_CONF",
        "GTK_PATH",
        "GTK_MODULES",
        "GTK_EXE_PREFIX",
        "GTK_IM_MODULE_FILE",
        "GDK_PIXBUF_MODULEDIR",
        "GDK_PIXBUF_MODULE_FILE",
    }
)
_LEFT_FOR_A_REFUSAL: Final = frozenset({"PYTHON_KEYRING_BACKEND"})
"""Never obeyed: the key store refuses a backend named here, with what to do. Dropping it would hide the reason."""
_QT_OF_A_DESKTOP: Final = frozenset(
    {
        "QT_QPA_PLATFORM",
        "QT_IM_MODULE",
        "QT_IM_MODULES",
        "QT_ACCESSIBILITY",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON",
        "QT_NO_XDG_DESKTOP_PORTAL",
        "QT_SCALE_FACTOR",
        "QT_SCALE_FACTOR_ROUNDING_POLICY",
        "QT_SCREEN_SCALE_FACTORS",
        "QT_AUTO_SCREEN_SCALE_FACTOR",
        "QT_ENABLE_HIGHDPI_SCALING",
        "QT_FONT_DPI",
        "QT_WAYLAND_DISABLE_WINDOWDECORATION",
    }
)
"""Size, input and accessibility: Qt takes no file or folder from them."""
_PLATFORMS: Final = re.compile(r"(?:offscreen|xcb|wayland(?:-egl)?)(?:;(?:offscreen|xcb|wayland(?:-egl)?))*")
"""Qt's platforms that are windows of this workstation, or none; `vnc` would show them to the network."""
_BUS_NAMES: Final = frozenset({"DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS"})
_STARTS_A_PROGRAM: Final = "unixexec:"
"""A bus address of this kind makes libdbus run a program (D-Bus specification, "Executed Subprocesses on Unix")."""


def begin(on_refusal: Callable[[str], object], *, is_by_hand: bool = False) -> None:
    """Refuse foreign code, drop hostile variables; begin anew where Python itself may have obeyed one.

    Args:
        on_refusal: told in words for a log what is refused, before the process ends.
        is_by_hand: somebody typed `python -m app`, and so chose Python's options.

    Raises:
        SystemExit: 5, after a sentence on standard error.
    """
    if sys.platform != "linux":
        return
    found = foreign_code()
    drop_hostile()
    if found:
        on_refusal(" ".join(name if name in LOADER_NAMES else "library" for name in found))
        _refuse(found)
    if not (sys.flags.isolated or is_frozen() or is_by_hand):
        program = own_program()
        os.execve(program[0], [*program, *sys.argv[1:]], os.environ)  # noqa: S606 -- our own program, no shell


def foreign_code() -> tuple[str, ...]:
    """Loader variables (names) and libraries (paths) by which code that is not Tirai's runs in this process."""
    with open("/proc/self/environ", "rb") as at_start:  # noqa: PTH123 -- nothing more is imported here
        first = _parsed(at_start.read())
    names = {name for seen in (first, os.environ) for name in loader_names(seen, bundle_folder())}
    return (*sorted(names), *foreign_libraries())


def loader_names(environment: Mapping[str, str], bundle: str = "") -> tuple[str, ...]:
    """Loader variables in `environment` that name anything.

    Args:
        environment: what there is.
        bundle: a frozen bundle's folder: its start puts that into LD_LIBRARY_PATH, before what was there.
    """
    own = (bundle,) if bundle else ()
    named = {name: _places_of(name, environment.get(name, "")) for name in LOADER_NAMES}
    return tuple(name for name, places in named.items() if any(not _is_below(place, own) for place in places))


def _places_of(name: str, value: str) -> list[str]:
    """What a loader variable names (ld.so(8)); an empty place in LD_LIBRARY_PATH is the folder of the start."""
    if name == "LD_LIBRARY_PATH":
        return re.split("[:;]", value) if value else []
    return [place for place in re.split("[: ]", value) if place]


def foreign_libraries() -> tuple[str, ...]:
    """Files mapped as code that this user or everybody can change, outside the program's own folders."""
    with open("/proc/self/maps", encoding="utf-8", errors="surrogateescape") as maps:  # noqa: PTH123 -- as above
        mapped = mapped_code(maps)
    own = own_folders()
    return tuple(path for path in mapped if not _is_below(path, own) and _can_be_changed(path))


def mapped_code(maps: Iterable[str]) -> tuple[str, ...]:
    """Paths of files that are mapped executable, from the lines of `/proc/PID/maps`.

    Code that a library makes for itself (`/memfd:`, anonymous) has no file.
    """
    found = set()
    for line in maps:
        parts = line.rstrip("\n").split(None, 5)
        if len(parts) == 6 and "x" in parts[1] and parts[5].startswith("/") and not parts[5].startswith("/memfd:"):
            found.add(parts[5])
    return tuple(sorted(found))


def hostile_names(environment: Mapping[str, str], keep: Collection[str] = ()) -> tuple[str, ...]:
    """Names in `environment` that could load code or divert traffic (`attacks.md` A40, A42).

    Args:
        environment: what there is.
        keep: names that the program set itself.
    """
    kept = _LEFT_FOR_A_REFUSAL.union(keep)
    return tuple(
        sorted(
            name
            for name, value in environment.items()
            if _has_hostile_value(name, value) or (name not in kept and _has_hostile_name(name))
        )
    )


def drop_hostile(keep: Collection[str] = ()) -> tuple[str, ...]:
    """Drop hostile variables from this process's environment and so from its children's; return their names."""
    dropped = hostile_names(os.environ, keep)
    for name in dropped:
        del os.environ[name]
    return dropped


def _has_hostile_name(name: str) -> bool:
    return name not in _QT_OF_A_DESKTOP and (name.startswith(_HOSTILE_PREFIXES) or name.upper() in _HOSTILE_NAMES)


def _has_hostile_value(name: str, value: str) -> bool:
    if name == "QT_QPA_PLATFORM":
        return _PLATFORMS.fullmatch(value) is None
    return name in _BUS_NAMES and _STARTS_A_PROGRAM in value


def _refuse(found: tuple[str, ...]) -> NoReturn:
    what = ", ".join(found)
    if found[0] in LOADER_NAMES:
        sentence = f"{what}: this puts other programs' code into Tirai. Unset it, or start Tirai from the menu (G5)."
    else:
        sentence = f"{what}: code that anybody here could have changed runs inside Tirai. Tell IT (G5)."
    sys.stderr.write(sentence + "\n")
    raise SystemExit(EXIT_ENVIRONMENT)


def _parsed(environment: bytes) -> dict[str, str]:
    pairs = (os.fsdecode(pair).partition("=") for pair in environment.split(b"\0") if pair)
    return {name: value for name, _, value in pairs}


def _is_below(path: str, folders: Collection[str]) -> bool:
    real = os.path.realpath(path)
    return any(real == folder or real.startswith(f"{folder}/") for folder in folders)


def can_be_changed(path: str) -> bool:
    """Whether this user, or everybody, could have put other code at a path that is not among Tirai's own.

    Whoever can change Tirai's own folders needs no other way.
    """
    own = own_folders()
    return not _is_below(path, own) and any(_can_be_changed(place) for place in (path, os.path.realpath(path)))


def _can_be_changed(path: str) -> bool:
    """Whether this user, or everybody, could have put another file there; a file that is gone: whether they can now."""
    place, is_there = path, True
    while True:
        try:
            if _is_open(place, os.stat(place), is_there=is_there):  # noqa: PTH116 -- nothing more is imported here
                return True
            is_there = True
        except OSError:
            is_there = False
        if place == "/":
            return False
        place = os.path.dirname(place)  # noqa: PTH120 -- as above


def _is_open(place: str, found: os.stat_result, *, is_there: bool) -> bool:
    if found.st_uid not in (0, _owner_of_the_system()):
        return True
    if found.st_mode & stat.S_ISVTX and is_there:  # there, nobody replaces what is root's
        return False
    return bool(found.st_mode & stat.S_IWOTH) or (os.geteuid() != 0 and os.access(place, os.W_OK))


def _owner_of_the_system() -> int:
    """Who owns the root folder: root, or nobody's number where a user namespace hides root."""
    return os.stat("/").st_uid  # noqa: PTH116 -- as above
