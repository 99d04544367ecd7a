"""What a wipe helper is told to do: sweep what dead sessions left, or wipe sessions that the guardian knows."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.guardian.destroy import CONSOLE_DIED, Wiped, WipeWork, sweep, wipe_sessions
from app.guardian.limits import Limits
from app.guardian.wire import SessionBegun
from app.session.ends import WipeLine


@dataclass(frozen=True, slots=True)
class Sweep:
    """Destroy what dead sessions left."""

    def run(self, work: WipeWork, limits: Limits, again: bool) -> Wiped:
        """Do it; `again`: the first helper died or hung, so files go first."""
        return sweep(work, limits, files_first=again)


@dataclass(frozen=True, slots=True)
class WipeSessions:
    """Destroy what these sessions left.

    Attributes:
        sessions: usually one.
        report: whether the office hears of the end.
        cause: of the end, as the office is told.
        before: what the console itself has removed.
    """

    sessions: tuple[SessionBegun, ...]
    report: bool
    cause: str = CONSOLE_DIED
    before: Sequence[WipeLine] = ()

    def run(self, work: WipeWork, limits: Limits, again: bool) -> Wiped:
        """See `Sweep.run`."""
        return wipe_sessions(
            work, self.sessions, limits, report=self.report, files_first=again, cause=self.cause, before=self.before
        )


Order = Sweep | WipeSessions
