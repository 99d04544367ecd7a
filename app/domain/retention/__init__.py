"""How long data is kept: at least, at most, from which event, by a clock that nobody has moved. Pure."""
