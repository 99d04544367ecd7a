"""The privacy desk: a page for each duty towards customers and the authority, joined from one table (`pages.py`)."""
