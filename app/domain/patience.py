"""How long one side waits for another where nobody would wait for longer: seconds, each with what comes after it.

None of these decides whether something is kept or wiped, only when one goes on without the other. Read by attribute
(`patience.NOTE_S`) at each use, so that there is one place to say otherwise. The guardian's are in
`app/guardian/limits.py`.
"""

# The office is waited for where a person would not wait, and what is waited for is kept otherwise.
LOCK_S = 0.5
"""A lock waits for nobody: the process goes, whether the office has heard of it or not."""
LOCKED_S = 0.6
"""A lock is waited for so long with all that comes before its answer: a little longer than for the answer."""
LOCK_NOTE_S = 0.3
"""A lock waits so long for the office to take the note; what it did not take comes back with the resume."""
VIEWS_S = 1.0
"""When values closed is told on the side; an office that is slow hears it with the next word."""
LAST_DELIVERY_S = 2.0
"""At an end, so long is each answer waited for before what waits is left to the next console."""
OFFICE_ENDS_S = 2.0
"""So long a lock before a sleep waits for the office to leave with its keys; it stays where others still work."""
NOTE_S = 3.0
"""A note or a wrap-up that the office does not take so soon goes to the outbox."""
LAST_NOTE_S = 3.0
"""At an end, so long is the note in hand waited for until office or outbox hold it."""
END_S = 5.0
"""An office that hangs does not hold up a person who leaves: the last word goes to the outbox."""
LINE_S = 5.0
"""A socket of this machine takes a caller at once, or its process is in trouble."""
OPENING_S = 5.0
"""A field that does not open so soon stays shut; a value that comes later is dropped unread."""
OFFICE_COMES_S = 20.0
"""An office that sleeps is up within this time, or the person is told."""
ANSWER_S = 25.0
"""Any other answer. Shorter than the office remembers one, so that a repeated reveal is still the same one."""

# Others are waited for.
CALLER_S = 1.0
"""A program of this OS user that does not speak or answer so soon is taken for gone, at both ends of a console's
line."""
READY_S = 1.0
"""A database that does not answer a balancer's question so soon does not serve."""
BUS_S = 2.0
"""A message bus, or a program on it, that does not answer so soon is not there."""
HELD_UP_S = 4.0
"""How long a lock or an end may take once the machine waits for it: below the five seconds of a login manager."""
LOGOUT_S = 8.0
"""How long a session manager is kept waiting; desktops ask the person after some 10 s or more."""
