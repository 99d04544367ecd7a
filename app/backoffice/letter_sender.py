"""Who writes the letters of an office: its own name, and what its inventory says of who answers for the data."""

from app.backoffice.office import OpenOffice
from app.domain.letter import Sender


def sender_of(office: OpenOffice) -> Sender:
    """The sender of each letter of this office."""
    return Sender(office.plate.name, office.inventory.controller)
