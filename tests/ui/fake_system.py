"""An operating system that says what a test wants."""

from app.domain.system_events import Tell, Told


class FakeEvents:
    """A system that says what the test wants."""

    def __init__(self) -> None:
        self.tell: Tell = lambda _event: None
        self.told: Told = lambda _followed: None
        self.holds = 0
        self.gone = 0

    def follow(self, tell: Tell, told: Told) -> None:
        self.tell, self.told = tell, told

    def hold(self) -> None:
        self.holds += 1

    def let_go(self) -> None:
        self.gone += 1

    def close(self) -> None:
        self.gone += 1
