"""The servers' composition root: what a gateway is told, what it checks before it serves, and its care by hand.

A gateway is the application of `app.api.server` over PostgreSQL. Here, and in `app.bootstrap` alone, concrete parts are
chosen; nothing imports this package but commands.
"""
