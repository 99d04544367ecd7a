"""A login manager and a screen saver on a private bus: real programs, which say what the ones of a desktop would say.

`python fake_desktop.py` takes orders and answers, a JSON line each. It is a *delaying* login manager: it notes when a
descriptor that it gave away is closed, and by then looks whether whoever asked for it still has memory.

Orders: sleep, shutdown, wake, lock, hint, switch, close (the session), remove (the session), other (another session is
locked, and ends), saver NAME, stranger (a signal straight to whoever holds, from somebody who owns no name), refuse
(every Inhibit from now on), watch (these processes, too), held, released, quit.
"""

import json
import os
import select
import sys
import threading
from pathlib import Path
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

LOGIN = "org.freedesktop.login1"
PATH = "/org/freedesktop/login1"
SESSION = f"{PATH}/session/_31"
MANAGER = DBusAddress(PATH, interface=f"{LOGIN}.Manager")
PROPERTIES = DBusAddress(SESSION, interface="org.freedesktop.DBus.Properties")


class Held:
    """A descriptor that somebody holds the machine with."""

    def __init__(self, pid: int, sender: str, what: str, mode: str) -> None:
        self.pid, self.sender, self.what, self.mode = pid, sender, what, mode
        self.read, self.theirs = os.pipe()

    def wait_closed(self) -> dict[str, Any]:
        """Until every copy is closed; whether the process that asked for it still had memory in that moment."""
        select.select([self.read], [], [])
        return {"pid": self.pid, "what": self.what, "memory": has_memory(self.pid)}


def has_memory(pid: int) -> bool:
    """A process that is ending loses its memory first, its descriptors then, and last its number."""
    try:
        return "VmRSS" in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


class FakeLogin:
    """org.freedesktop.login1, as far as a client of delays and of its own session needs it."""

    def __init__(self, connection: DBusConnection) -> None:
        self.connection = connection
        self.asking = open_dbus_connection("SYSTEM")
        self.sending = threading.Lock()
        self.held: list[Held] = []
        self.released: list[dict[str, Any]] = []
        self.refuses = False
        self.watched: list[int] = []
        self.preparing = {"PreparingForSleep": False, "PreparingForShutdown": False}

    def serve(self) -> None:
        """Answer calls, for ever."""
        while True:
            message = self.connection.receive()
            if message.header.message_type is MessageType.method_call:
                self._send(self._answer(message))

    def _send(self, message: Message) -> None:
        with self.sending:
            self.connection.send(message)

    def _answer(self, call: Message) -> Message:
        member = call.header.fields[HeaderFields.member]
        if member == "Inhibit" and self.refuses:
            return new_error(call, "org.freedesktop.DBus.Error.AccessDenied", "s", ("no",))
        if member == "Inhibit":
            return self._inhibit(call)
        if member == "GetSessionByPID":
            return new_method_return(call, "o", (SESSION,))
        if member == "Get" and call.body[1] in self.preparing:
            return new_method_return(call, "v", (("b", self.preparing[call.body[1]]),))
        return new_error(call, f"{LOGIN}.NoSuchThing", "s", (str(member),))

    def _inhibit(self, call: Message) -> Message:
        sender = call.header.fields[HeaderFields.sender]
        asked = message_bus.GetConnectionUnixProcessID(sender)
        pid = int(self.asking.send_and_get_reply(asked).body[0])
        held = Held(pid, sender, call.body[0], call.body[3])
        self.held.append(held)
        answer = new_method_return(call, "h", (held.theirs,))
        with self.sending:
            self.connection.send(answer)
        os.close(held.theirs)
        threading.Thread(target=self._watch, args=(held,), daemon=True).start()
        return new_signal(MANAGER, "Unused")

    def _watch(self, held: Held) -> None:
        closed = held.wait_closed() | {"watched": [pid for pid in self.watched if has_memory(pid)]}
        self.released.append(closed)
        self.held.remove(held)

    def emit(self, member: str, signature: str, body: tuple[Any, ...], address: DBusAddress = MANAGER) -> None:
        """A signal to all."""
        self._send(new_signal(address, member, signature, body))

    def changed(self, name: str, signature: str, value: object) -> None:
        """A property of the session has changed."""
        body: tuple[Any, ...] = (f"{LOGIN}.Session", {name: (signature, value)}, [])
        self.emit("PropertiesChanged", "sa{sv}as", body, PROPERTIES)

    def play(self, order: dict[str, Any]) -> dict[str, Any]:
        """Carry out one order."""
        match order["do"]:
            case "sleep" | "shutdown" as what:
                self.preparing[f"PreparingFor{what.title()}"] = True
                self.emit(f"PrepareFor{what.title()}", "b", (True,))
            case "wake":
                self.preparing = dict.fromkeys(self.preparing, False)
                self.emit("PrepareForSleep", "b", (False,))
            case "lock":
                self.emit("Lock", "", (), DBusAddress(SESSION, interface=f"{LOGIN}.Session"))
            case "other":
                other = SESSION.replace("_31", "_32")
                self.emit("Lock", "", (), DBusAddress(other, interface=f"{LOGIN}.Session"))
                self.emit("SessionRemoved", "so", ("2", other))
            case "hint":
                self.changed("LockedHint", "b", True)
            case "switch":
                self.changed("Active", "b", False)
            case "close":
                self.changed("State", "s", "closing")
            case "remove":
                self.emit("SessionRemoved", "so", ("1", SESSION))
            case "saver":
                self._save_screen(order["name"], order.get("active", True))
            case "stranger":
                return self._stranger(order["to"])
            case "watch":
                self.watched = order["pids"]
            case "refuse":
                self.refuses = bool(order["yes"])
            case "held":
                return {"held": [{"pid": h.pid, "what": h.what, "mode": h.mode} for h in self.held]}
            case "released":
                return {"released": self.released}
        return {}

    def _save_screen(self, name: str, active: bool) -> None:
        path = "/" + name.replace(".", "/")
        with open_dbus_connection("SESSION") as bus:
            bus.send_and_get_reply(message_bus.RequestName(name))
            bus.send(new_signal(DBusAddress(path, interface=name), "ActiveChanged", "b", (active,)))
            bus.send_and_get_reply(message_bus.GetId())

    def _stranger(self, to: list[int]) -> dict[str, Any]:
        """Everything that locks or ends, sent straight to every connection of these processes, by nobody."""
        with open_dbus_connection("SYSTEM") as bus:
            names = bus.send_and_get_reply(message_bus.ListNames()).body[0]
            told = [name for name in names if name.startswith(":") and self._pid_of(bus, name) in to]
            for name in told:
                for address, member, signature, body in (
                    (MANAGER, "PrepareForSleep", "b", (True,)),
                    (MANAGER, "PrepareForShutdown", "b", (True,)),
                    (DBusAddress(SESSION, interface=f"{LOGIN}.Session"), "Lock", "", ()),
                ):
                    message = new_signal(address, member, signature, body)
                    message.header.fields[HeaderFields.destination] = name
                    bus.send(message)
            bus.send_and_get_reply(message_bus.GetId())
        return {"told": len(told)}

    @staticmethod
    def _pid_of(bus: DBusConnection, name: str) -> int:
        answer = bus.send_and_get_reply(message_bus.GetConnectionUnixProcessID(name))
        return int(answer.body[0]) if answer.header.message_type is MessageType.method_return else 0


def main() -> int:
    connection = open_dbus_connection("SYSTEM", enable_fds=True)
    connection.send_and_get_reply(message_bus.RequestName(LOGIN))
    login = FakeLogin(connection)
    threading.Thread(target=login.serve, daemon=True).start()
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        if order["do"] == "quit":
            break
        print(json.dumps(login.play(order)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
