"""Who may do what at the privacy desk: the office's own look, whatever a screen has offered."""

from app.backoffice.sessions import Session
from app.domain.errors import NotAllowedError
from app.domain.privacy.duties import Duty, may

ROLE = "role_privacy"


def must_have(session: Session, duty: Duty) -> None:
    """Demand a duty of the privacy desk.

    Raises:
        NotAllowedError: code `role_privacy`.
    """
    if not may(session.role, duty):
        raise NotAllowedError("Your role does not do this at the privacy desk.", code=ROLE)
