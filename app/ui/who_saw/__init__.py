"""Who saw my data: one customer's list, and its document."""
