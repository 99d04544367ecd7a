"""`tirai training report` in lines and as JSON: who is due, who failed where, what is missed most."""

import json
from typing import TYPE_CHECKING

from app.terminal.plain import plain

if TYPE_CHECKING:
    from app.domain.training.report import Learner
    from app.session.privacy.training_report import ShownReport

_RULES = "rules of conduct"


def lines_of(report: "ShownReport", *, everybody: bool) -> list[str]:
    """The report in lines that a terminal shows as they are.

    Args:
        report: as the office gave it.
        everybody: also those who are due with nothing and failed nothing.
    """
    now_ms, people = report.now_ms, report.learners
    due = sum(_is_due(one, now_ms) for one in people)
    found = [f"{due} of {len(people)} people are due; tests since {_day(report.since_ms)}."]
    found += [_person(one, now_ms) for one in people if everybody or _is_due(one, now_ms) or one.failed]
    found += [
        f"Lesson {one.lesson}: {one.judged} tests judged, {one.failed} failed." for one in report.tests if one.judged
    ]
    if report.missed:
        found.append("Missed most:")
        found += [f"  {one.wrong} of {one.asked} ({one.lesson}): {one.text}" for one in report.missed]
    return [plain(line) for line in found]


def json_of(report: "ShownReport") -> str:
    """The same for a program: times in ms since 1970, everybody."""
    people = [
        {
            "account": one.account, "name": one.name, "role": one.role, "rules_due": one.rules_due,
            "due": list(one.due(report.now_ms)),
            "lessons": [{"lesson": e.lesson, "ends_ms": e.ends_ms, "failed": e.failed} for e in one.lessons],
        }
        for one in report.learners
    ]  # fmt: skip
    tests = [{"lesson": one.lesson, "judged": one.judged, "failed": one.failed} for one in report.tests]
    missed = [
        {"lesson": one.lesson, "question": str(one.text), "asked": one.asked, "wrong": one.wrong}
        for one in report.missed
    ]
    times = {"since_ms": report.since_ms, "now_ms": report.now_ms}
    return json.dumps({**times, "people": people, "tests": tests, "missed": missed}, ensure_ascii=False)


def _is_due(one: "Learner", now_ms: int) -> bool:
    return one.rules_due or bool(one.due(now_ms))


def _person(one: "Learner", now_ms: int) -> str:
    lacks = ([_RULES] if one.rules_due else []) + list(one.due(now_ms))
    parts = [f"due with {', '.join(lacks)}" if lacks else "nothing due"]
    if one.failed:
        parts.append("failed " + ", ".join(f"{each.lesson} {each.failed}x" for each in one.failed))
    ends_ms = one.next_end_ms(now_ms)
    if ends_ms:
        parts.append(f"next end {_day(ends_ms)}")
    return f"{one.name} ({one.account}), {one.role.replace('_', ' ')}: {'; '.join(parts)}."


def _day(at_ms: int) -> str:
    import time

    return time.strftime("%Y-%m-%d", time.localtime(at_ms / 1000))
