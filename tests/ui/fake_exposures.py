"""A day of exposures of eighteen people without an office. The numbers agree: bars, reasons and the figure are 300."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.domain.exposures.words import ClosedBy, ExposureKind, Rule
from app.domain.role import Role
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
    Range,
    ReasonCount,
    Scope,
    ShownExposure,
    Threshold,
    Watched,
)

ZONE = "Asia/Jakarta"
DAY = date(2026, 3, 3)
PAGE = 40
CONTACT, IDENTITY, FINANCIAL, SPECIAL = (
    DataClass.CONTACT,
    DataClass.IDENTITY,
    DataClass.FINANCIAL,
    DataClass.SPECIAL,
)
COUNTS = {
    8: (13, 2, 2, 0), 9: (21, 3, 4, 1), 10: (27, 4, 6, 0), 11: (28, 4, 7, 2), 12: (18, 3, 4, 0), 13: (11, 2, 2, 0),
    14: (23, 3, 5, 1), 15: (32, 5, 10, 1), 16: (25, 4, 6, 0), 17: (15, 2, 3, 1),
}  # fmt: skip
USUAL = {8: 26, 9: 30, 10: 31, 11: 33, 12: 27, 13: 22, 14: 30, 15: 33, 16: 30, 17: 24}
HEAT = {
    "Bagus Hartono": (2, 4, 5, 3, 1, 0, 3, 5, 4, 2),
    "Citra Lestari": (1, 3, 4, 6, 3, 2, 4, 5, 3, 1),
    "Intan Maharani": (0, 2, 3, 4, 2, 1, 3, 3, 2, 2),
    "Ratna Dewanti": (2, 3, 4, 4, 2, 1, 3, 4, 3, 1),
    "Wayan Sudarma": (1, 4, 5, 4, 3, 2, 2, 4, 4, 2),
    "Yudha Saputra": (3, 5, 7, 9, 8, 6, 11, 17, 9, 4),
}
REASONS = (
    ("call_back", "Call back on this line", 92),
    ("delivery", "Read out to confirm delivery", 74),
    ("correct", "Correct a wrong number", 57),
    ("dispute", "Dispute on this card", 38),
    ("refund", "Refund to account", 22),
    ("other", "Other, say why", 17),
)
ROWS = (
    ("15:58:12", "Yudha Saputra", "BDG-0113", ("Mobile phone", CONTACT), "C-121190", 5, "", 30, False),
    ("15:57:31", "Yudha Saputra", "BDG-0113", ("Address", CONTACT), "C-107203", 5, "", 30, False),
    ("15:56:40", "Ratna Dewanti", "SBY-0417", ("Card number", FINANCIAL), "C-104288", 3, "Hendra Kusuma", 28, True),
    ("15:54:02", "Citra Lestari", "SBY-0411", ("Mobile phone", CONTACT), "C-100342", 0, "", 11, True),
    ("15:51:47", "Wayan Sudarma", "SBY-0430", ("Bank account", FINANCIAL), "C-115527", 4, "Hendra Kusuma", 22, True),
)


def office_time(text: str, day: date = DAY) -> float:
    """Seconds since 1970 of a time on the office's clock."""
    return datetime.fromisoformat(f"{day.isoformat()}T{text}").replace(tzinfo=ZoneInfo(ZONE)).timestamp()


def account_of(name: str) -> str:
    return name.lower().replace(" ", ".")


def overview(local: Callable[[str], str] = lambda text: text) -> Overview:
    """The day of the mock-up."""
    bars = tuple(
        Bar(office_time(f"{hour:02d}:00:00"), DAY, hour, _by_class(counts), float(USUAL[hour]))
        for hour, counts in COUNTS.items()
    )
    heat = [HeatRow(account_of(name), name, _day(hours), name.startswith("Yudha")) for name, hours in HEAT.items()]
    heat += [HeatRow(f"agent.{at}", f"Agen {at}", _day((1, 0, 1, 0, 1, 0, 1, 0, 1, 0))) for at in range(12)]
    heat.sort(key=lambda row: -row.total)
    reasons = tuple(ReasonCount(code, local(label), count) for code, label, count in REASONS)
    figures = Figures(300, (240, 310), 21.0, 281, 30, 232, 181, 210, 149, 55, 6, 3, 12, 9)
    return Overview(office_time("15:59:00"), ZONE, (8, 18), figures, bars, tuple(heat), reasons)


def days(local: Callable[[str], str], count: int) -> Overview:
    """The same over several days: a bar a day."""
    end = office_time("00:00:00")
    bars = tuple(
        Bar(end - 86_400 * ago, date.fromordinal(DAY.toordinal() - ago), None,
            _by_class((40 + 7 * (ago % 5), 6, 9 + ago % 4, ago % 2)), 60.0)
        for ago in reversed(range(count))
    )  # fmt: skip
    whole = overview(local)
    total = sum(bar.total for bar in bars)
    return replace(whole, bars=bars, figures=replace(whole.figures, exposures=total))


def _by_class(counts: tuple[int, int, int, int]) -> dict[DataClass, int]:
    named = zip((CONTACT, IDENTITY, FINANCIAL, SPECIAL), counts, strict=True)
    return {data_class: count for data_class, count in named if count}


def _day(hours: tuple[int, ...]) -> tuple[int, ...]:
    return (0,) * 8 + hours + (0,) * (16 - len(hours))


def rows(local: Callable[[str], str] = lambda text: text) -> list[ShownExposure]:
    """What the table of the mock-up shows, and older ones, three hundred in all."""
    found = []
    for at, (text, name, seat, (label, data_class), number, reason, by, seconds, call) in enumerate(ROWS):
        kind = ExposureKind.UNLOCK if by else ExposureKind.REVEAL
        found.append(
            ShownExposure(
                9_000 - at, office_time(text), account_of(name), name, seat, kind, local(label), data_class, number,
                f"{at:02x}" * 16, local(REASONS[reason][1]), by, float(seconds), ClosedBy.TIME, 30, call, True,
            )
        )  # fmt: skip
    names = list(HEAT)
    for at in range(295):
        like = found[at % 5]
        name = names[at % 6]
        found.append(
            replace(like, entry=8_900 - at, at=like.at - 900 - at * 80, agent=account_of(name), agent_name=name)
        )
    return found


def flags() -> list[Flag]:
    """One person's busy hour, and one customer again."""
    yudha = account_of("Yudha Saputra")
    since, until = office_time("15:00:00"), office_time("16:00:00")
    look = Chosen(since=since, until=until, agent=yudha)
    record = "c4" * 16
    first = office_time("09:12:00", date(2026, 2, 24))
    return [
        Flag(Rule.BULK, yudha, "Yudha Saputra", since, until, 17, 12, (3, 5), 17, 14, 1, 1, FlagState.NEW, look,
             is_unseen=True),
        Flag(
            Rule.SAME_CUSTOMER, record, "C-089961", first, until, 5, 5, None, 5, 0, 3, 6, FlagState.NEW,
            Chosen(record=record, since=first, until=until),
        ),
    ]  # fmt: skip


def thresholds() -> list[Threshold]:
    """What each rule fires at."""
    sizes = {Rule.BULK: (12, 4, 40), Rule.OFF_HOURS: (3, 1, 20), Rule.SAME_CUSTOMER: (5, 2, 20),
             Rule.NO_CALL: (8, 2, 40), Rule.REFUSALS: (6, 2, 40)}  # fmt: skip
    found = []
    for rule, (value, least, most) in sizes.items():
        fired = tuple(round(90 * (least / at) ** 2.2) for at in range(least, most + 1))
        found.append(Threshold(rule, value, value, least, most, fired))
    return found


class FakeExposures:
    """The exposure ledger of one supervisor.

    Attributes:
        said: what was asked, in order: what, and with what.
        whole: what `overview` answers.
        lines: all lines of the table.
        waiting: the flags.
        left_off: how many more there are.
        refuse: raised by the next call of that name.
        gate: while it is clear, overviews wait.
    """

    def __init__(self, local: Callable[[str], str] = lambda text: text, role: Role = Role.SUPERVISOR) -> None:
        self.local = local
        self.said: list[tuple[str, object]] = []
        self.whole = overview(local)
        self.lines = rows(local)
        self.waiting = flags()
        self.left_off = 0
        self.limits = thresholds()
        self.refuse: dict[str, Exception] = {}
        self.gate = threading.Event()
        self.gate.set()
        self.may_set_thresholds, self.may_erase = True, role is Role.PRIVACY_OFFICER

    def _ask(self, what: str, with_what: object = None) -> None:
        self.said.append((what, with_what))
        if what in self.refuse:
            raise self.refuse.pop(what)

    def open_anew(self) -> None:
        self._ask("open_anew")

    def people(self) -> tuple[Watched, ...]:
        self._ask("people")
        return tuple(Watched(account_of(name), name, Role.AGENT) for name in HEAT)

    def overview(self, scope: Scope) -> Overview:
        self.gate.wait()
        self._ask("overview", scope)
        return self.whole if scope.range is Range.TODAY else days(self.local, scope.range.days)

    def page(self, scope: Scope, chosen: Chosen, before: int | None = None) -> ExposurePage:
        self._ask("page", (scope, chosen, before))
        fits = [row for row in self.lines if self._fits(row, scope, chosen)]
        older = [row for row in fits if before is None or row.entry < before]
        shown = tuple(older[:PAGE])
        total = len(fits)
        if scope.range is not Range.TODAY and chosen == Chosen():
            total = days(self.local, scope.range.days).figures.exposures
        return ExposurePage(shown, total, shown[-1].entry if len(older) > PAGE else None)

    def _fits(self, row: ShownExposure, scope: Scope, chosen: Chosen) -> bool:
        hour = datetime.fromtimestamp(row.at, ZoneInfo(ZONE)).hour
        code = next((code for code, label, _count in REASONS if self.local(label) == row.reason), "")
        return (
            (not scope.agent or row.agent == scope.agent)
            and (scope.data_class is None or row.data_class is scope.data_class)
            and (not chosen.agent or row.agent == chosen.agent)
            and (chosen.hour is None or hour == chosen.hour)
            and (not chosen.reason or code == chosen.reason)
            and (not chosen.record or row.record == chosen.record)
            and (chosen.since is None or row.at >= chosen.since)
            and (chosen.until is None or row.at < chosen.until)
        )

    def flags(self) -> FlagsFound:
        self._ask("flags")
        return FlagsFound(tuple(self.waiting), self.left_off)

    def acknowledge(self, flag: Flag, comment: str) -> None:
        self._ask("acknowledge", (flag.rule, flag.subject, comment))
        done = Acknowledged("hendra.kusuma", "Hendra Kusuma", office_time("15:59:30"), comment, flag.value)
        self.waiting = [
            replace(one, state=FlagState.ACKNOWLEDGED, acknowledged=done) if one == flag else one
            for one in self.waiting
        ]

    def erase_comment(self, flag: Flag) -> None:
        self._ask("erase", (flag.rule, flag.subject))
        self.waiting = [
            replace(one, acknowledged=replace(one.acknowledged, comment=""))
            if one == flag and one.acknowledged
            else one
            for one in self.waiting
        ]

    def thresholds(self) -> tuple[Threshold, ...]:
        self._ask("thresholds")
        return tuple(self.limits)

    def set_threshold(self, threshold: Threshold, value: int) -> Threshold:
        self._ask("set_threshold", (threshold.rule, value))
        if threshold not in self.limits:
            raise NotAllowedError("Somebody else changed it.", code="changed")
        changed = replace(threshold, value=value, version=threshold.version + 1, changed_by="Hendra Kusuma")
        self.limits = [changed if one.rule is threshold.rule else one for one in self.limits]
        return changed
