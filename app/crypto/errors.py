"""What cryptographic calls raise: one error, which never says how close an attempt was."""

from app.domain.errors import VerificationError


class SealError(VerificationError):
    """A blob, box, signature or proof does not fit; nothing was opened."""
