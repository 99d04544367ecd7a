"""Why a machine policy cannot be used. A word for whoever sits there, a code and a place for IT."""

from app.domain.errors import WorkstationError

PLACE, CONTENT, DISAGREE, OLD_PROGRAM, NOT_HERE = "M1", "M2", "M3", "M4", "M5"
"""Place or rights of a source; what stands in it; two sources that disagree; this version; shut by a good policy."""

EXIT_INPUT = 3


class MachinePolicyError(WorkstationError):
    """The machine policy cannot be used, so nobody signs in here.

    Attributes:
        source: file, registry key or domain, and where in it.
        reason: what is wrong there, for IT.
    """

    def __init__(self, code: str, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}", code=code)
        self.source = source
        self.reason = reason
        if code in {CONTENT, DISAGREE}:
            self.exit_code = EXIT_INPUT


class ShutHereError(WorkstationError):
    """A good machine policy does not let this be done here."""

    def __init__(self, message: str, code: str = NOT_HERE) -> None:
        super().__init__(message, code=code)
