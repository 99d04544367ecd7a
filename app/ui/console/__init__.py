"""The console: find, card, desk, and what opens a field."""
