"""Who may do what about an incident, its clock, and whom it touched. Pure.

T0 is when the office learned of it: the report, at the latest. Its 72 hours end with the last whom the law wants told,
and a drill runs by the same clock.
"""

from dataclasses import dataclass

from app.domain.errors import NotAllowedError
from app.domain.incidents.words import MUST_BE_TOLD, IncidentState, Told
from app.domain.role import Role
from app.domain.subject_requests.clock import Standing, standing

OLDEST_MS = 366 * 24 * 3_600_000


def may_report(role: Role) -> bool:
    """Whether a role reports a suspicion: everybody who is a person."""
    return role is not Role.RECOVERY


def may_work(role: Role) -> bool:
    """Whether a role sees and works incidents."""
    return role is Role.PRIVACY_OFFICER


@dataclass(frozen=True, slots=True)
class IncidentNow:
    """An incident as it stands.

    Attributes:
        state: how.
        reported_ms: when it was reported.
        t0_ms: when the office learned of it.
        told: when who was told, ms since 1970.
        closed_ms: when it was closed, if it was.
        has_scope: whether it is said what it is about.
    """

    state: IncidentState
    reported_ms: int
    t0_ms: int
    told: dict[Told, int]
    closed_ms: int | None
    has_scope: bool

    def must_be(self, *states: IncidentState) -> None:
        """Refuse what does not fit the state (code `state`)."""
        if self.state not in states:
            raise NotAllowedError("This does not fit how the incident stands.", code="state")

    def judge_t0(self, t0_ms: int) -> None:
        """T0 is set with the confirmation: when it was reported or before, never after.

        Raises:
            NotAllowedError: code `state` or `t0`.
        """
        self.must_be(IncidentState.REPORTED)
        if not self.reported_ms - OLDEST_MS <= t0_ms <= self.reported_ms:
            raise NotAllowedError("The office knew of it when it was reported, at the latest.", code="t0")

    def judge_close(self) -> None:
        """It is closed when those who must be told were told.

        Raises:
            NotAllowedError: code `state`, `no_scope` or `not_told`.
        """
        self.must_be(IncidentState.CONFIRMED)
        if not self.has_scope:
            raise NotAllowedError("Say first what it is about, so that it is known whom it touched.", code="no_scope")
        if any(who not in self.told for who in MUST_BE_TOLD):
            raise NotAllowedError("Authority and customers are to be told first.", code="not_told")

    def clock(self, now_ms: int) -> Standing | None:
        """How its 72 hours stand; None for one that was dismissed."""
        if self.state is IncidentState.DISMISSED:
            return None
        told = [self.told[who] for who in MUST_BE_TOLD if who in self.told]
        ended_ms = max(told) if len(told) == len(MUST_BE_TOLD) else None
        return standing(self.t0_ms, min(self.t0_ms, self.reported_ms), ended_ms, now_ms)


@dataclass(frozen=True, slots=True)
class Scope:
    """What an incident is about: entries of the log within a time that fit all that is named.

    Attributes:
        since_ms, until_ms: the time; `until_ms` is not included.
        account: who did it, or empty.
        seat: at which workstation, or empty.
        data_class: of which class, or empty.
    """

    since_ms: int
    until_ms: int
    account: str = ""
    seat: str = ""
    data_class: str = ""

    def judge(self, now_ms: int) -> None:
        """A time that is over, with something named: what is still to come touches others tomorrow.

        Raises:
            NotAllowedError: code `span` or `no_scope`.
        """
        if not self.since_ms < self.until_ms <= now_ms:
            raise NotAllowedError("The time begins before it ends, and ends by now.", code="span")
        if not (self.account or self.seat or self.data_class):
            raise NotAllowedError("Name an account, a workstation or a class of data.", code="no_scope")
