"""Incidents: a suspicion, its 72 hours, whom it touched, and what is written to whom (UU PDP art. 46)."""
