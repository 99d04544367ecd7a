"""The workspace for workstations: who is there, wiping, revoking; for administrators."""
