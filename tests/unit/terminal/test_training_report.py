"""`tirai training report`: what a terminal shows is plain, and nobody who is due is left out."""

import json

from app.domain.training.report import Learner, LessonOf
from app.session.privacy.training_report import ShownMissed, ShownReport, ShownTests
from app.terminal.training_report import json_of, lines_of

NOW_MS = 1_795_000_000_000
DAY_MS = 86_400_000
REPORT = ShownReport(
    learners=(
        Learner("ratna", "Ratna\x1b[2J", "agent", (LessonOf("law", 0, 3), LessonOf("masks", NOW_MS + DAY_MS, 0)), True),
        Learner("yoga", "Yoga", "privacy_officer", (LessonOf("law", NOW_MS + DAY_MS, 0),), False),
        Learner("budi", "Budi", "agent", (LessonOf("law", NOW_MS + DAY_MS, 1),), False),
    ),
    tests=(ShownTests("law", 6, 4), ShownTests("masks", 0, 0)),
    missed=(ShownMissed("law", "Whose is a number?", 17, 6),),
    since_ms=NOW_MS - 365 * DAY_MS,
    now_ms=NOW_MS,
)


def test_that_who_is_due_or_failed_is_listed_and_the_rest_on_demand() -> None:
    told = "\n".join(lines_of(REPORT, everybody=False))
    assert told.startswith("1 of 3 people are due")
    assert "(ratna), agent: due with rules of conduct, law; failed law 3x; next end 20" in told
    assert "Budi (budi), agent: nothing due; failed law 1x" in told
    assert "Lesson law: 6 tests judged, 4 failed." in told
    assert "6 of 17 (law): Whose is a number?" in told
    assert "Yoga" not in told
    assert "masks: 0" not in told
    assert "\x1b" not in told
    assert "Yoga (yoga), privacy officer: nothing due" in "\n".join(lines_of(REPORT, everybody=True))


def test_that_a_program_gets_everybody_and_every_lesson() -> None:
    told = json.loads(json_of(REPORT))
    assert [(one["account"], one["due"], one["rules_due"]) for one in told["people"]] == [
        ("ratna", ["law"], True), ("yoga", [], False), ("budi", [], False),
    ]  # fmt: skip
    assert told["people"][0]["lessons"][0] == {"lesson": "law", "ends_ms": 0, "failed": 3}
    assert told["missed"] == [{"lesson": "law", "question": "Whose is a number?", "asked": 17, "wrong": 6}]
