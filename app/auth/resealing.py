"""What a holder's session signs while data keys move to the next version of their class key.

LP("resealed", O, session, class, version, LP("boxes", batch, box, ...), LP("stuck", batch, ...)), and
LP("reseal-checked", O, session, class, version, LP("good", batch, digest, ...), LP("bad", batch, digest, ...)), where
a digest is SHA-256 of the new box: a check speaks of one box, not of whatever lies there later.
"""

from collections.abc import Sequence

from app.crypto.labels import lp

ROTATED = "class_rotated"
"""Code of a chunk whose class has got a newer key meanwhile: look again, and begin with the newer one."""

Pair = tuple[bytes, bytes]


def resealed_body(
    office: bytes, session: bytes, data_class: str, version: int, boxes: Sequence[Pair], stuck: Sequence[bytes]
) -> bytes:
    """What is signed when a chunk has been sealed anew.

    Args:
        office: O, 32 bytes.
        session: id of the session that sealed, 16 bytes.
        data_class: class of all data keys in the chunk.
        version: version of the class key that the new boxes are sealed to.
        boxes: batch and new box.
        stuck: batches whose old box did not open.
    """
    sealed, left = lp("boxes", *_flat(boxes)), lp("stuck", *stuck)
    return lp("resealed", office, session, data_class, version, sealed, left)


def checked_body(
    office: bytes, session: bytes, data_class: str, version: int, good: Sequence[Pair], bad: Sequence[Pair]
) -> bytes:
    """What is signed when a chunk of new boxes has been opened by another session.

    Args:
        office: O, 32 bytes.
        session: id of the session that opened, 16 bytes.
        data_class: class of all data keys in the chunk.
        version: version of the class key that the boxes are sealed to.
        good: batch and digest of boxes that hold what their check names.
        bad: batch and digest of boxes that do not.
    """
    fine, wrong = lp("good", *_flat(good)), lp("bad", *_flat(bad))
    return lp("reseal-checked", office, session, data_class, version, fine, wrong)


def _flat(pairs: Sequence[Pair]) -> list[bytes]:
    return [part for pair in pairs for part in pair]
