"""What crosses the socket, as typed messages shared by server and client."""
