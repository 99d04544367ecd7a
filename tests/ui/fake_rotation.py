"""New class keys of the office in memory."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.data_class import DataClass
from tests.ui.fake_accounts import FakeAccounts


@dataclass(frozen=True)
class FakeProgress:
    """How far the work on data keys is."""

    left: int


class FakeRotation:
    """Class keys in memory: `left` says what is left after each go."""

    def __init__(self, accounts: FakeAccounts) -> None:
        self._accounts = accounts
        self.left: list[int] = []
        self.refusal: Exception | None = None

    def propose(self, data_class: DataClass) -> object:
        self._accounts.propose_key(data_class)
        return None

    def work(self, max_chunks: int | None = None) -> Iterator[FakeProgress]:
        if self.refusal is not None:
            raise self.refusal
        if self.left:
            yield FakeProgress(self.left.pop(0))
