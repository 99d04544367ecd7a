"""What one request may cost the office: sizes, depths, times. One module, so that one look tells all of them.

The quotas of people (reveals, edits, tries) are policy's.
"""

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True)
class BodyLimits:
    """Bounds of a request's body.

    Attributes:
        usual_bytes: the longest body of a route that is not among `large`.
        large_bytes: the longest body of one that is.
        large: beginnings of paths whose bodies carry chunks: boxes, grants, outbox entries, rows of an import.
        depth: how deep arrays and objects may lie in each other; the deepest message has five.
        begin_s: seconds within which any body is there, and
        least_bytes_per_s: how much faster a longer one must come; together they bound a sender that drips.
        held_bytes: bytes of all bodies that are held at once.
        held_per_address_bytes: of those from one address.
    """

    usual_bytes: int = 256 * KIB
    large_bytes: int = 16 * MIB
    large: tuple[str, ...] = (
        "/v1/backups/keys",
        "/v1/class-grants",
        "/v1/class-keys/",
        "/v1/imports",
        "/v1/outbox",
        "/v1/policy/edits",
        "/v1/proposals",
    )
    depth: int = 16
    begin_s: float = 10.0
    least_bytes_per_s: int = 128 * KIB
    held_bytes: int = 256 * MIB
    held_per_address_bytes: int = 64 * MIB

    def longest(self, path: str) -> int:
        """The longest body at a path, bytes."""
        return self.large_bytes if path.startswith(self.large) else self.usual_bytes

    def within_s(self, path: str) -> float:
        """Seconds within which a body at a path is there."""
        return self.begin_s + self.longest(path) / self.least_bytes_per_s


BODY_LIMITS = BodyLimits()
