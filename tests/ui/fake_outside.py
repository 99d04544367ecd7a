"""Reporting while nobody is signed in, in memory."""

from app.domain.incidents.words import Suspicion


class FakeReports:
    """Keeps what is reported.

    Attributes:
        refusal: raised once instead.
        checked: how many times it was asked whether there is room.
        tried: ids of all tries.
        kept: ids, suspicions and words.
    """

    def __init__(self) -> None:
        self.refusal: Exception | None = None
        self.checked = 0
        self.tried: list[str] = []
        self.kept: list[tuple[str, Suspicion, str]] = []

    def check(self) -> None:
        self.checked += 1
        self._refuse()

    def report(self, id_: str, suspicion: Suspicion, words: str) -> None:
        self.tried.append(id_)
        self._refuse()
        self.kept.append((id_, suspicion, words))

    def _refuse(self) -> None:
        refusal, self.refusal = self.refusal, None
        if refusal is not None:
            raise refusal
