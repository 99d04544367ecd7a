"""The exposure ledger for whoever may see it: labels in their language, times in seconds, no name of a customer."""

from datetime import datetime

from app.api.client import exposures as calls
from app.api.messages.exposures import (
    AcknowledgeFlag,
    AskLedger,
    AskLines,
    FlagMark,
    LedgerOverview,
    LedgerScope,
    Line,
    RaisedFlag,
    SetThreshold,
    ThresholdState,
)
from app.domain.data_class import DataClass
from app.domain.exposures.words import ExposureKind, Rule
from app.domain.inventory import Inventory
from app.domain.role import Role
from app.session.identity import Identity, new_id
from app.session.shown_exposures import (
    Acknowledged,
    Bar,
    Chosen,
    ExposurePage,
    Figures,
    Flag,
    FlagsFound,
    FlagState,
    HeatRow,
    Overview,
    ReasonCount,
    Scope,
    ShownExposure,
    Threshold,
    Watched,
)

PAGE = 100


class Exposures:
    """The ledger as one person sees it. One object for a session; each opening of it is written down once."""

    def __init__(self, identity: Identity, inventory: Inventory, language: str) -> None:
        """Look as this identity."""
        self._identity, self._inventory, self._language = identity, inventory, language
        self._opening = new_id()

    def open_anew(self) -> None:
        """The ledger was opened anew; nothing is asked yet."""
        self._opening = new_id()

    @property
    def may_set_thresholds(self) -> bool:
        """Whether policy lets this person change thresholds; the office judges."""
        return self._identity.policy.may_set_thresholds(self._identity.role)

    @property
    def may_erase(self) -> bool:
        """Whether policy lets this person erase comments; the office judges."""
        return self._identity.policy.may_erase_comments(self._identity.role)

    def people(self) -> tuple[Watched, ...]:
        """Whose exposures may be seen, by name.

        Raises:
            NotAllowedError: code `role`.
            OfficeAwayError: nothing is seen while offline.
        """
        found = calls.people(self._identity.client, AskLedger(opening=self._opening)).people
        return tuple(Watched(p.account, p.name, Role(p.role), p.is_closed) for p in found)

    def overview(self, scope: Scope) -> Overview:
        """Figures and plots.

        Raises:
            NotAllowedError: code `role` or `not_watched`.
            OfficeAwayError: nothing is seen while offline.
        """
        answer = calls.overview(self._identity.client, self._scope(scope))
        hours = self._identity.policy.office_hours
        return Overview(
            at=answer.now_ms / 1000,
            time_zone=hours.time_zone,
            hours_of_work=hours.hours,
            figures=self._figures(answer),
            bars=tuple(self._bar(b.start_ms, b.counts, b.usual, scope) for b in answer.bars),
            heat=tuple(HeatRow(h.agent, h.name, h.hours) for h in answer.heat),
            reasons=tuple(ReasonCount(r.code, self._reason(r.code, is_ask=r.is_ask), r.count) for r in answer.reasons),
        )

    def _scope(self, scope: Scope) -> LedgerScope:
        return LedgerScope.model_validate(
            {"opening": self._opening, "days": scope.range.days, "agent": scope.agent, "data_class": scope.data_class}
        )

    def _figures(self, answer: LedgerOverview) -> Figures:
        return Figures(
            exposures=answer.exposures,
            usual=answer.usual,
            median_s=None if answer.median_ms is None else answer.median_ms / 1000,
            known=answer.known,
            limit_s=self._identity.policy.view_s,
            calls=answer.calls,
            verified_alone=answer.verified_alone,
            before_calls=answer.before_calls,
            before_verified_alone=answer.before_verified_alone,
            granted=answer.granted,
            refused=answer.refused,
            expired=answer.expired,
            used=answer.used,
            lookups=answer.lookups,
        )

    def _bar(self, start_ms: int, counts: dict[DataClass, int], usual: float | None, scope: Scope) -> Bar:
        start: datetime = self._identity.policy.office_hours.local(start_ms)
        hour = start.hour if scope.range.days == 1 else None
        return Bar(start_ms / 1000, start.date(), hour, counts, usual)

    def page(self, scope: Scope, chosen: Chosen, before: int | None = None) -> ExposurePage:
        """Lines of the table, the newest first.

        Raises:
            NotAllowedError: code `role` or `not_watched`.
            OfficeAwayError: nothing is seen while offline.
        """
        asked = AskLines.model_validate(
            {
                **self._scope(scope).model_dump(),
                "since_ms": None if chosen.since is None else round(chosen.since * 1000),
                "until_ms": None if chosen.until is None else round(chosen.until * 1000),
                "hour": chosen.hour,
                "person": chosen.agent,
                "reason": chosen.reason,
                "record": chosen.record,
                "kind": chosen.kind,
                "refused": chosen.refused,
                "no_call": chosen.no_call,
                "off_hours": chosen.off_hours,
                "before": before,
                "limit": PAGE,
            }
        )
        answer = calls.lines(self._identity.client, asked)
        return ExposurePage(tuple(map(self._line, answer.lines)), answer.total, answer.before)

    def _line(self, line: Line) -> ShownExposure:
        timed = not line.refused and line.kind in {ExposureKind.REVEAL, ExposureKind.UNLOCK}
        return ShownExposure(
            entry=line.entry,
            at=line.at_ms / 1000,
            agent=line.agent,
            agent_name=line.agent_name,
            seat=line.seat,
            kind=line.kind,
            field_label=self._label(line.field),
            data_class=line.data_class,
            number=line.number,
            record=line.record,
            reason=self._reason(line.reason, is_ask=line.is_ask),
            opened_by=line.opened_by,
            shown_s=None if line.shown_ms is None else line.shown_ms / 1000,
            closed_by=line.cause,
            limit_s=self._identity.policy.view_s if timed else 0,
            on_call=line.on_call,
            takes_caller=line.takes_caller,
            refused=line.refused,
        )

    def _label(self, field: str) -> str:
        return self._inventory.field(field).label(self._language) if self._inventory.has(field) else ""

    def _reason(self, code: str, *, is_ask: bool) -> str:
        policy = self._identity.policy
        declared = policy.ask_reasons if is_ask else policy.reveal_reasons
        return next((reason.label(self._language) for reason in declared if reason.code == code), code)

    def flags(self) -> FlagsFound:
        """What the rules found in 30 days: what waits first, then the newest.

        Raises:
            NotAllowedError: code `role`.
            OfficeAwayError: nothing is seen while offline.
        """
        answer = calls.flags(self._identity.client, AskLedger(opening=self._opening))
        return FlagsFound(tuple(map(_flag, answer.flags)), answer.left_off)

    def acknowledge(self, flag: Flag, comment: str) -> None:
        """Say what came of a flag, as it stands on the screen.

        Raises:
            NotAllowedError: code `no_flag`, `own_flag`, or `acknowledged`: somebody else was first.
            InputRefusedError: code `comment`: it is no line of printable text.
            OfficeAwayError: nothing was said.
        """
        said = {**self._mark(flag).model_dump(), "comment": comment}
        calls.acknowledge(self._identity.client, AcknowledgeFlag.model_validate(said))

    def erase_comment(self, flag: Flag) -> None:
        """Erase the comment of a flag.

        Raises:
            NotAllowedError: code `role` or `no_comment`.
            OfficeAwayError: it stays.
        """
        calls.erase_comment(self._identity.client, self._mark(flag))

    def _mark(self, flag: Flag) -> FlagMark:
        return FlagMark(
            opening=self._opening,
            rule=flag.rule,
            subject=flag.subject,
            since_ms=round(flag.since * 1000),
            until_ms=round(flag.until * 1000),
            value=flag.value,
        )

    def thresholds(self) -> tuple[Threshold, ...]:
        """All rules' thresholds, with how often each value would have fired.

        Raises:
            NotAllowedError: code `role`.
            OfficeAwayError: nothing is seen while offline.
        """
        found = calls.thresholds(self._identity.client, AskLedger(opening=self._opening)).thresholds
        return tuple(map(_threshold, found))

    def set_threshold(self, threshold: Threshold, value: int) -> Threshold:
        """Change one, which nobody has changed since it was read.

        Raises:
            NotAllowedError: code `role`, or `changed`: somebody else was first.
            InputRefusedError: code `threshold`: it is beyond its bounds.
            OfficeAwayError: it may have been changed or not; read it again.
        """
        wish = SetThreshold(opening=self._opening, rule=threshold.rule, value=value, version=threshold.version)
        states = calls.set_threshold(self._identity.client, wish).thresholds
        return next(_threshold(state) for state in states if state.rule is threshold.rule)


def _threshold(state: ThresholdState) -> Threshold:
    return Threshold(
        rule=state.rule,
        value=state.value,
        default=state.default,
        least=state.least,
        most=state.most,
        fired=state.fired,
        changed_by=state.changed_by,
        changed_at=None if state.changed_ms is None else state.changed_ms / 1000,
        version=state.version,
    )


def _flag(raised: RaisedFlag) -> Flag:
    answer = raised.answer
    since, until = raised.since_ms / 1000, raised.until_ms / 1000
    state = FlagState.NEW
    if answer is not None:
        state = FlagState.ACKNOWLEDGED if answer.value >= raised.value else FlagState.GROWN
    of_customer = raised.rule is Rule.SAME_CUSTOMER
    look = Chosen(
        since=since,
        until=until,
        agent="" if of_customer else raised.subject,
        record=raised.subject if of_customer else "",
        refused=raised.rule is Rule.REFUSALS,
        no_call=raised.rule is Rule.NO_CALL,
        off_hours=raised.rule is Rule.OFF_HOURS,
    )
    said = None
    if answer is not None:
        said = Acknowledged(answer.by, answer.by_name, answer.at_ms / 1000, answer.comment, answer.value)
    return Flag(
        rule=raised.rule,
        subject=raised.subject,
        name=raised.name,
        since=since,
        until=until,
        value=raised.value,
        threshold=raised.threshold,
        usual=raised.usual,
        exposures=raised.exposures,
        no_call=raised.no_call,
        agents=raised.agents,
        days=raised.days,
        state=state,
        look=look,
        acknowledged=said,
        is_own=raised.is_own,
        is_unseen=raised.is_unseen,
    )
