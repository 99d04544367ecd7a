"""The approvals of a signed-in supervisor: the queue, one request in full, what is open now, what was decided."""
