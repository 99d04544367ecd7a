"""What the exposures' workspace needs of the session, as it calls it. All calls block and are made through `tasks`."""

from typing import Protocol

from app.session.shown_exposures import Chosen, ExposurePage, Flag, FlagsFound, Overview, Scope, Threshold, Watched


class ExposureUseCases(Protocol):
    """The exposure ledger (`app.session.exposures.Exposures`).

    `open_anew` stands for one opening of the workspace: it is one entry of the audit log, refreshing is none.
    """

    def open_anew(self) -> None:
        """The workspace was opened; nothing is asked yet."""

    def people(self) -> tuple[Watched, ...]:
        """Whose exposures may be seen, by name."""

    def overview(self, scope: Scope) -> Overview:
        """Figures and plots."""

    def page(self, scope: Scope, chosen: Chosen, before: int | None = None) -> ExposurePage:
        """Lines of the table, the newest first; `before` as the page before said."""

    def flags(self) -> FlagsFound:
        """What the rules found in 30 days: what waits first, then the newest."""

    def acknowledge(self, flag: Flag, comment: str) -> None:
        """Look at a flag and say what came of it, in 1 to 300 characters."""

    def erase_comment(self, flag: Flag) -> None:
        """Erase the comment of an acknowledged flag; that it was acknowledged stays. Privacy officers only."""

    def thresholds(self) -> tuple[Threshold, ...]:
        """All rules' thresholds, with how often each value would have fired."""

    def set_threshold(self, threshold: Threshold, value: int) -> Threshold:
        """Change one; refused with the code `changed` if somebody else has meanwhile."""

    @property
    def may_set_thresholds(self) -> bool:
        """Whether policy lets this person change thresholds."""

    @property
    def may_erase(self) -> bool:
        """Whether policy lets this person erase comments."""
