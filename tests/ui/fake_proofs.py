"""An office's proof in memory: every control, some of them not met; nothing is written."""

import time
from collections.abc import Callable
from pathlib import Path

from app.domain.compliance.controls import CONTROLS
from app.domain.compliance.figures import (
    COUNTS,
    ENDS_SOON,
    LACKING,
    LATE,
    ON_TIME,
    OPEN,
    Figures,
    Part,
    Series,
    month_after,
)
from app.domain.compliance.finding import Finding, Found
from app.domain.training.lesson import LESSONS
from app.domain.two_languages import TwoLanguages
from app.session.errors import DocumentStopped
from app.session.shown_who_saw import Language

MET = Found(True, "412 entries were read and hold; signed up to entry 400.", "412 entri dibaca dan utuh.")
NOT_MET = Found(False, "The inventory does not name the officer.", "Inventaris tidak menyebut pejabatnya.")


class FakeProofs:
    """What a page asks."""

    def __init__(self) -> None:
        self.saved: list[tuple[str, Language, Path]] = []
        self.refusal: Exception | None = None
        self.waits_to_be_stopped = False

    def controls(
        self,
        on_parts: Callable[[int, int], object] = lambda _done, _total: None,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> tuple[Finding, ...]:
        self._waits(on_parts, is_stopped)
        return tuple(
            Finding(one, NOT_MET if at % 5 == 3 else MET, 1_795_000_000_000) for at, one in enumerate(CONTROLS)
        )

    def figures(self, language: Language) -> Figures:
        if self.refusal is not None:
            raise self.refusal
        months = tuple(month_after("2026-11", by) for by in range(-11, 1))
        ahead = tuple(month_after("2026-11", by) for by in range(12))
        offers = TwoLanguages("Offer other services", "Menawarkan layanan lain", language)
        special = TwoLanguages("Serve special needs", "Melayani kebutuhan khusus", language)
        return Figures(
            requests=Series(
                months,
                (
                    Part(ON_TIME, (2, 3, 1, 4, 5, 3, 2, 6, 4, 3, 5, 2)),
                    Part(OPEN, (0,) * 11 + (2,)),
                    Part(LATE, (0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0)),
                ),
            ),
            consents=Series(
                months,
                (
                    Part("accessibility", tuple(range(40, 160, 10)), special),
                    Part("offers", tuple(range(900, 1_500, 50)), offers),
                ),
            ),
            ahead=Series(ahead, (Part("ahead", (120, 80, 0, 40, 310, 60, 20, 900, 15, 0, 70, 30)),)),
            training=Series(
                LESSONS,
                (Part(COUNTS, (20, 18, 21, 12, 22, 22)), Part(ENDS_SOON, (2,) * 6), Part(LACKING, (1, 3, 0, 9, 0, 0))),
            ),
        )

    def _waits(self, on_parts: Callable[[int, int], object], is_stopped: Callable[[], bool]) -> None:
        while self.waits_to_be_stopped:
            on_parts(12, 50)
            if is_stopped():
                raise DocumentStopped
            time.sleep(0.005)

    def save_as(
        self,
        key: str,
        language: Language,
        path: Path,
        on_parts: Callable[[int, int], object],
        is_stopped: Callable[[], bool],
    ) -> int:
        if self.refusal is not None:
            raise self.refusal
        self._waits(on_parts, is_stopped)
        self.saved.append((key, language, path))
        return 1204
