"""What a screen reader is told of a person's own requests: how they were decided, once, and never the value.

What somebody refused or closed interrupts; what may be opened waits until the reader has finished (ui.md section 8).
"""

from collections.abc import Callable, Iterable

from app.session.shown import RequestState, UnlockAsked
from app.ui.language import tr as _tr

INTERRUPTS = frozenset({RequestState.REFUSED, RequestState.REVOKED})


class RequestNews:
    """Remembers the states that were told; one console's, for one session."""

    def __init__(self) -> None:
        self._told: dict[str, RequestState] = {}

    def of(self, requests: Iterable[UnlockAsked], label_of: Callable[[UnlockAsked], str]) -> list[tuple[str, bool]]:
        """Sentences about what was decided since the last time, each with whether it interrupts.

        Args:
            requests: all of the session, judged by the time.
            label_of: what the field is called in a sentence.
        """
        news = []
        for request in requests:
            before = self._told.get(request.id)
            self._told[request.id] = request.state
            if before is not None and before is not request.state and (words := _words(request)):
                news.append((f"{label_of(request)}: {words}", request.state in INTERRUPTS))
        return news


def called(field: str, number: str) -> str:
    """A request by its field and its customer's number, as sentences about it begin."""
    return _tr("{field}, customer {number}").format(field=field, number=number)


def _words(request: UnlockAsked) -> str:
    match request.state:
        case RequestState.APPROVED:
            return _tr("may be opened now")
        case RequestState.REFUSED:
            return _tr("refused, {reason}").format(reason=request.why or _tr("no reason given"))
        case RequestState.REVOKED:
            return _tr("closed by {name}").format(name=request.decided_by)
        case RequestState.ASKED_BACK:
            return _tr("{name} asks: {question}").format(name=request.decided_by, question=request.why)
        case RequestState.EXPIRED:
            return _tr("the request is over")
        case _:
            return ""
