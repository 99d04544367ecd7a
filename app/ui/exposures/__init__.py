"""The exposure ledger: what was shown, to whom, for how long, and why."""
