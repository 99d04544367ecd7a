"""The streams of one gateway's consoles, told of what any gateway of the office has changed."""

from collections.abc import Callable, Mapping

from app.api.server.feed import Feed, Topic
from app.backoffice.postgres import PostgresDatabase
from app.backoffice.team_events import EVERYTHING, TeamEvents


class TeamFeed(Feed):
    """All streams of one gateway."""

    def __init__(
        self,
        database: PostgresDatabase,
        log_fault: Callable[[BaseException], object] = lambda _error: None,
        direct: Mapping[str, str] | None = None,
    ) -> None:
        """Hear from now on until `close`; see `TeamEvents`."""
        super().__init__()
        self._events = TeamEvents(database, self._on_heard, log_fault, direct)

    @property
    def count(self) -> int:
        """How many changes there were at all gateways.

        Raises:
            DatabaseAwayError: the database does not answer.
        """
        return self._events.count()

    @property
    def is_hearing(self) -> bool:
        """Whether it hears of other gateways' changes just now."""
        return self._events.is_hearing

    def tell(self, topic: Topic) -> None:
        """Something has changed; consoles hear of it, at whichever gateway. Any thread."""
        self._events.publish({topic.value})

    def close(self) -> None:
        """The gateway leaves: all streams end, and none begins."""
        super().close()
        self._events.close()

    def _on_heard(self, untrusted: frozenset[str]) -> None:
        """Words that this version does not know are somebody else's: anybody in the database may say some."""
        self._spread(*Topic) if EVERYTHING in untrusted else self._spread(*(t for t in Topic if t.value in untrusted))
