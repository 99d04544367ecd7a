"""Why the back office did not say whose number it is."""

from app.domain.errors import TiraiError
from app.ui.faults import fault_of
from app.ui.language import tr as _tr
from app.ui.saying import said


@said
def _words(code: str) -> str:
    words = {
        "lookups_pace": _tr("That was fast. Wait a minute, then look up the next one."),
        "lookups_shift": _tr("All lookups of this shift are used. A supervisor can help."),
        "filling": _tr("Customers are still being fetched. Try again in a moment."),
    }
    return words.get(code, "")


def lookup_refused(error: Exception) -> str:
    """The sentence for a refused lookup of a caller's number, or for any other fault."""
    return (_words(error.code) if isinstance(error, TiraiError) else "") or fault_of(error).sentence
