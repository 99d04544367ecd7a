"""Fixtures of the play, for every test here."""

from tests.updating.play import machine, vendor, web

__all__ = ["machine", "vendor", "web"]
