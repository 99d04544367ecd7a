"""A report of training in memory: somebody due, somebody whose certificate is over, somebody who has all."""

from app.domain.training.lesson import LESSONS
from app.domain.training.report import Learner, LessonOf
from app.domain.training.rule import DAY_MS
from app.domain.two_languages import TwoLanguages
from app.session.privacy.training_report import ShownMissed, ShownReport, ShownTests
from app.ui.language import spoken

NOW_MS = 1_795_800_000_000
FAILED = {"ratna": {"masks": 2, "notes": 1}, "yoga": {"callers": 3}}
ENDS = {"ratna": (300, 300, 300, 12, 300, 300), "yoga": (-5, 300, 0, 0, 300, 300), "sari": (0,) * 6, "budi": (200,) * 6}
NAMES = {"budi": "Budi Santoso", "ratna": "Ratna Dewanti", "sari": "Sari Wulandari", "yoga": "Yoga Pratama"}


def learner(account: str) -> Learner:
    """One of them."""
    lessons = tuple(
        LessonOf(code, NOW_MS + days * DAY_MS if days else 0, FAILED.get(account, {}).get(code, 0))
        for code, days in zip(LESSONS, ENDS[account], strict=True)
    )
    return Learner(account, NAMES[account], "agent", lessons, account == "sari")


class FakeTrainingReport:
    """What the page asks."""

    def __init__(self) -> None:
        self.refusal: Exception | None = None

    def report(self) -> ShownReport:
        """Four people."""
        if self.refusal is not None:
            raise self.refusal
        english = "A caller knows the birth date and asks for the phone number on file. What do you do?"
        indonesian = "Penelepon tahu tanggal lahir dan meminta nomor telepon yang tercatat. Apa yang Anda lakukan?"
        return ShownReport(
            learners=tuple(map(learner, NAMES)),
            tests=tuple(ShownTests(code, 9, at) for at, code in enumerate(LESSONS)),
            missed=(
                ShownMissed("callers", TwoLanguages(english, indonesian, spoken().value), 12, 7),
                ShownMissed("masks", TwoLanguages("What is a mask?", "Apa itu samaran?", spoken().value), 8, 2),
            ),
            since_ms=NOW_MS - 365 * DAY_MS,
            now_ms=NOW_MS,
        )
