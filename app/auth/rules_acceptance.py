"""That a person accepted the rules of conduct: signed by their session, whose card their account signed.

Signed = LP("rules-accepted", O, session, account, version, digest).
"""

from app.crypto.labels import lp


def rules_accepted(office: bytes, session: bytes, account: str, version: int, digest: bytes) -> bytes:
    """What a console signs with its session key."""
    return lp("rules-accepted", office, session, account, version, digest)
