"""Which workstation asks, for an office that serves many: set for each request, read at the door.

An office of one OS user stands on its workstation and asks nobody. A gateway is told name and id by each console;
neither is believed for more than counting tries and naming the place in the log. The office of a whole workstation has
the name from the system: workstation and OS user.
"""

from contextvars import ContextVar
from dataclasses import dataclass

from app.crypto.derive import same

NO_ID = bytes(16)


@dataclass(frozen=True, slots=True)
class Workstation:
    """A workstation as it says it is.

    Attributes:
        name: what people call it; shown on screens and in the log.
        id: 16 bytes that its keyring's half gives (`app/crypto/account_keys.py`: `seat_id`), or zeros.
        is_known: whether the name is the system's word, not the console's.
    """

    name: str
    id: bytes = NO_ID
    is_known: bool = False


NOBODYS = Workstation("")
"""Of work that no console asked for."""

asking_workstation: ContextVar[Workstation] = ContextVar("asking_workstation", default=NOBODYS)


def asks_from(seat: bytes, name: str) -> bool:
    """Whether who asks says that it is this workstation; an office that stands on its workstation asks nobody.

    Args:
        seat: the workstation's id.
        name: what it is called; counts where the system names who asks.
    """
    here = asking_workstation.get()
    return here == NOBODYS or (same(here.id, seat) and (not here.is_known or here.name == name))
