"""E-mail through IT's server, as an action: the address comes on standard input and is shown to nobody."""
