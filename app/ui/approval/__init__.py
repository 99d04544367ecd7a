"""The desk approval: a supervisor signs in at the agent's desk, decides one request, and leaves."""
