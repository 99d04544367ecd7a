"""Making an office in a window: its name, two people, the recovery kit."""
