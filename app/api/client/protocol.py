"""Which protocol a console speaks with its office: its own, or the one before where the office knows no other.

A console begins with its own. An office that does not serve it says so before it looks at anything else (426), and
which it speaks; the first protocol's offices say nothing. Then the same request goes out once more in the one before,
and so does what follows, until an answer names a newer one again: the gateway was updated, or another one answered.

Whoever could feign a 426 is the office, or has its key: all of it comes over the judged line. What the older protocol
lacks is in docs/threat-model.md.
"""

from app.api.client.errors import OFFICE_TOO_OLD, NotSpokenError, UpdateNeededError
from app.api.messages.since import route_since
from app.api.messages.wire import OLDEST, PROTOCOL, SILENT, UPDATE_NEEDED


class Agreed:
    """What is agreed with the office so far.

    Attributes:
        protocol: which one is spoken.
    """

    def __init__(self) -> None:
        """Begin with one's own."""
        self.protocol = PROTOCOL

    def heard(self, said: str) -> None:
        """An office answered.

        Args:
            said: which protocol it speaks, by its answer's header; empty: it does not say. Not believed.
        """
        if said.isascii() and said.isdigit() and len(said) < 6:
            self.protocol = min(PROTOCOL, max(OLDEST, int(said)))

    def refused(self, spoke: int, office: int) -> int:
        """An office does not serve the protocol of a request, and did nothing of it.

        Args:
            spoke: the protocol of the request.
            office: which one it speaks; 0: it does not say.

        Returns:
            In which one to ask anew; lower than before, so that no request goes back and forth.

        Raises:
            UpdateNeededError: there is none that both speak; it says who is to be updated.
        """
        office = office or SILENT
        if office < OLDEST:
            raise UpdateNeededError(
                "Your office's Tirai is too old for the one on this workstation. IT must update the office first.",
                code=OFFICE_TOO_OLD,
            )
        if office > PROTOCOL or spoke <= office:
            raise UpdateNeededError(
                "This workstation's Tirai is too old for its office. IT must update this workstation.",
                code=UPDATE_NEEDED,
            )
        self.protocol = office
        return office


def judge_route(spoke: int, method: str, path: str) -> None:
    """Whether a route may be asked for in a protocol.

    Raises:
        NotSpokenError: that has no such route.
    """
    if spoke < PROTOCOL and route_since(method, path.partition("?")[0]) > spoke:
        raise NotSpokenError
