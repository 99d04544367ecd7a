"""What a screen reader is told of requests that have just come: how many, for which field of which customer.

Never a mask, the words of whoever asks, or a value: loudspeakers are heard by others, too.
"""

from collections.abc import Sequence

from app.session.shown import UnlockWaiting
from app.ui.language import tr as _tr


def arrival_words(requests: Sequence[UnlockWaiting]) -> str:
    """One sentence for all that came at once.

    Args:
        requests: the new ones, the oldest first; one at least.
    """
    oldest = requests[0]
    if len(requests) == 1:
        words = _tr("A request waits for a decision: {field}, customer {number}")
    else:
        words = _tr("{n} new requests wait for a decision; the oldest: {field}, customer {number}")
    return words.format(n=len(requests), field=oldest.field_label, number=oldest.number)
