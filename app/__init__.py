"""Tirai: a console for contact-centre agents in which a sensitive value is absent until it is released."""

__version__ = "0.1.0"
