"""The protocol between console and back office: typed messages, a server, a client."""
