"""How each operating system tells of its locks, its sleep and its end; the words are in `domain.system_events`."""
