"""How long the office is waited for where a person would not wait, and what is waited for is kept otherwise.

Read by attribute (`patience.NOTE_S`) at each use, so that there is one place to say otherwise.
"""

LOCK_S = 0.5
"""A lock waits for nobody: the process goes, whether the office has heard of it or not."""
LOCKED_S = 0.6
"""A lock is waited for so long with all that comes before its answer: a little longer than for the answer."""
VIEWS_S = 1.0
"""When values closed is told on the side; an office that is slow hears it with the next word."""
LAST_DELIVERY_S = 2.0
"""At an end, so long is each answer waited for before what waits is left to the next console."""
NOTE_S = 3.0
"""A note or a wrap-up that the office does not take so soon goes to the outbox."""
END_S = 5.0
"""An office that hangs does not hold up a person who leaves: the last word goes to the outbox."""
LINE_S = 5.0
"""A socket of this machine takes a caller at once, or its process is in trouble."""
