"""What the policy's workspace needs of the session (`app.session.policies.Policies`). Calls go through `tasks`."""

from typing import Protocol

from app.domain.policy_difference import Change
from app.session.policies import Edit, PolicyShown


class PolicyUseCases(Protocol):
    """The policy of the office."""

    def shown(self) -> PolicyShown:
        """What is in force, and what waits."""

    def text(self, number: int) -> str:
        """The TOML of a version; 0: what came with the program."""

    def changes(self, number: int) -> tuple[Change, ...] | None:
        """What a version changed from the one before it; None where one of the two does not fit any more."""

    def judge(self, text: str) -> Edit:
        """What a text would change."""

    def propose(self, edit: Edit, why: str) -> None:
        """Sign an edit and have it wait for its second person."""

    def confirm(self, edit: str) -> None:
        """Sign it as the second person."""

    def drop(self, edit: str) -> None:
        """Take one's own back, or refuse somebody else's."""

    def step_up(self, code: str) -> None:
        """Give a fresh code."""
