"""The paper of the office's documents: `app/paper.py`, which consoles write on, too."""

from app.paper import A4, BOTTOM, HAIR, INK, LEADING, LEFT, QUIET, TOP, WIDTH, Head, Paper, width_of, wrapped

__all__ = [
    "A4",
    "BOTTOM",
    "HAIR",
    "INK",
    "LEADING",
    "LEFT",
    "QUIET",
    "TOP",
    "WIDTH",
    "Head",
    "Paper",
    "width_of",
    "wrapped",
]
