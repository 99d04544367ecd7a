"""A Secret Service with a collection in memory that takes entries and never lets one go.

`python secret_service_that_keeps.py refuses` answers a removal with an error; `... lies` says *removed* and keeps it.
It knows as much of the protocol as `secretstorage` asks of it (plain sessions, one collection).
"""

import contextlib
import itertools
import sys
from typing import Any

from jeepney import MessageType, new_error, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection
from jeepney.low_level import HeaderFields

COLLECTION = "/org/freedesktop/secrets/collection/session"
NOBODY = "/"


class Service:
    """Answers calls."""

    def __init__(self, way: str) -> None:
        self.way = way
        self.numbers = itertools.count(1)
        self.items: dict[str, tuple[dict[str, str], tuple[str, bytes, bytes, str]]] = {}

    def answer(self, message: Any) -> Any:
        """The answer to a method call."""
        fields = message.header.fields
        member, path = fields[HeaderFields.member], fields[HeaderFields.path]
        match member:
            case "OpenSession":
                if message.body[0] != "plain":
                    return new_error(message, "org.freedesktop.DBus.Error.NotSupported")
                return new_method_return(message, "vo", (("s", ""), "/org/freedesktop/secrets/session/s1"))
            case "Get":
                return self.get(message, path, message.body[1])
            case "SearchItems":
                found = [p for p, (has, _) in self.items.items() if message.body[0].items() <= has.items()]
                return new_method_return(message, "ao", (found,))
            case "CreateItem":
                return self.create(message)
            case "GetSecret":
                return new_method_return(message, "(oayays)", (self.items[path][1],))
            case "SetSecret":
                self.items[path] = (self.items[path][0], message.body[0])
                return new_method_return(message)
            case "Unlock":
                return new_method_return(message, "aoo", (message.body[0], NOBODY))
            case "Delete" if self.way == "lies":
                return new_method_return(message, "o", (NOBODY,))
        return new_error(message, "org.freedesktop.DBus.Error.AccessDenied")

    def get(self, message: Any, path: str, name: str) -> Any:
        """A property."""
        match name:
            case "Locked":
                return new_method_return(message, "v", (("b", False),))
            case "Label":
                return new_method_return(message, "v", (("s", "session"),))
            case "Attributes":
                return new_method_return(message, "v", (("a{ss}", self.items[path][0]),))
            case "Items":
                return new_method_return(message, "v", (("ao", list(self.items)),))
        return new_error(message, "org.freedesktop.DBus.Error.UnknownProperty")

    def create(self, message: Any) -> Any:
        """Keep an entry, in the place of one with the same attributes."""
        properties, secret, _replace = message.body
        has = properties["org.freedesktop.Secret.Item.Attributes"][1]
        same = [p for p, (old, _) in self.items.items() if old == has]
        path = same[0] if same else f"{COLLECTION}/i{next(self.numbers)}"
        self.items[path] = (has, secret)
        return new_method_return(message, "oo", (path, NOBODY))


def serve(way: str) -> None:
    """Say `ready` once the name is ours, then answer until the bus ends."""
    bus = open_dbus_connection()
    Proxy(message_bus, bus).RequestName("org.freedesktop.secrets")
    print("ready", flush=True)
    service = Service(way)
    with contextlib.closing(bus), contextlib.suppress(ConnectionError):
        while True:
            message = bus.receive()
            if message.header.message_type is MessageType.method_call:
                bus.send(service.answer(message))


if __name__ == "__main__":
    serve(sys.argv[1])
