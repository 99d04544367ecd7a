"""The table of customers: what it shows, and the small panels that change it."""
