"""The privacy desk's use cases in memory, with invented data: an attribute for each page, from a fake of its own."""


class FakePrivacy:
    """All pages."""

    def __init__(self) -> None:
        self.codes: list[str] = []

    def step_up(self, code: str) -> None:
        self.codes.append(code)
