"""A Secret Service on the session bus that knows no collection: it answers every call with `unknown object`."""

import contextlib

from jeepney import MessageType, new_error
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection


def serve() -> None:
    """Say `ready` once the name is ours, then answer until the bus ends."""
    bus = open_dbus_connection()
    Proxy(message_bus, bus).RequestName("org.freedesktop.secrets")
    print("ready", flush=True)
    with contextlib.closing(bus), contextlib.suppress(ConnectionError):
        while True:
            message = bus.receive()
            if message.header.message_type is MessageType.method_call:
                bus.send(new_error(message, "org.freedesktop.DBus.Error.UnknownObject"))


if __name__ == "__main__":
    serve()
