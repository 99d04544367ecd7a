"""What the program brings along and what lies in its home: data, tables, documents, reports of faults, versions."""

from pathlib import Path
from typing import Final

from app import __version__
from app.api.messages.wire import OLDEST, PROTOCOL
from app.domain.errors import WorkstationError
from app.resource_files import resource_path
from app.storage.crash_reports import kept_crashes
from app.terminal.checks.finding import CheckState, Told

_RESOURCES: Final = (
    ("policy", "default.toml"),
    ("inventory", "customer.toml"),
    ("themes", "tokens.json"),
    ("icons", "mark.svg"),
)


def resources() -> str:
    """Data files of the program.

    Raises:
        FileNotFoundError: one is missing.
    """
    for parts in _RESOURCES:
        resource_path(*parts)
    return f"{len(_RESOURCES)} found"


def records() -> str:
    """The tables by which phone numbers and national numbers are judged.

    Raises:
        InputRefusedError: a good number of a known kind is refused.
    """
    from app.domain.kinds import Kind
    from app.sources.records import normalise

    normalise(Kind.PHONE, "+62 812-3456-7890")
    normalise(Kind.PHONE, "+49 30 901820")
    return "phone numbers are judged"


def documents() -> str:
    """A document of one page is made, with the font in it.

    Raises:
        WorkstationError: it is none.
    """
    from app.backoffice.paper import Head, Paper

    paper = Paper()
    paper.text(0, "Tirai", 10)
    made = paper.pdf(Head("Tirai", "Tirai", "", "en", "20260101000000+00'00'"), lambda _number, _count: ("", ""))
    if not made.startswith(b"%PDF-") or b"/FontFile2" not in made:
        raise WorkstationError("a document lacks its font")
    return "a page is made"


def crash_reports(home: Path) -> Told:
    """How many faults were written down in a home, and the newest one's number."""
    found = kept_crashes(home)
    if not found:
        return Told("none", details={"reports": 0})
    words = f"{len(found)}, the newest {found[0].number}; see: tirai crashes"
    return Told(words, CheckState.NOT, {"reports": len(found)})


def version() -> Told:
    """This version, and the protocols that it speaks: an office of the one before it is served, too."""
    words = f"{__version__}, protocol {PROTOCOL} and {OLDEST}"
    return Told(words, details={"version": __version__, "protocol": PROTOCOL, "protocol_oldest": OLDEST})
