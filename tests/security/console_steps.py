"""What a person at a console waits for, and how a play wakes an office; for plays."""

from pathlib import Path
from typing import Any


def is_shown(console: Any, id_: int) -> bool:
    """Whether the card is this customer's."""
    return console.card.customer is not None and console.card.customer.id == id_


def is_kept(keeper: Any) -> bool:
    """Whether the office has acknowledged the note."""
    return bool(keeper.is_kept and keeper.note)


def is_open(row: Any) -> bool:
    """Whether a value is on show."""
    return bool(row.curtain.is_open)


def wake(home: Path) -> int:
    """Start the office, as a command of the terminal does."""
    from app.bootstrap.program import Program
    from app.bootstrap.way_to_office import start_office
    from app.guardian.process import harden

    harden()
    start_office(Program.at(home))
    return 0
