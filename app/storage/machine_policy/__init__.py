"""Where a machine policy lies: a reader per system. None of them asks anything that an ordinary user can set."""
