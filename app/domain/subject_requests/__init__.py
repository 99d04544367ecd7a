"""Requests of data subjects: kinds, clocks, reasons to refuse, letters (UU PDP articles 5 to 15)."""
