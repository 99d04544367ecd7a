"""After the end: what was destroyed, looked for again, and how it went."""
