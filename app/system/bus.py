"""One line to a message bus (D-Bus): calls with a time limit, and signals of named programs alone.

Invariant: a signal counts only if the program that owns the expected name sent it, as the bus says. A match rule is not
enough: anybody on a bus may send a signal straight to one connection.
"""

import contextlib
import os
import socket
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from jeepney import DBusAddress, DBusErrorResponse, HeaderFields, MatchRule, Message, MessageType, new_method_call
from jeepney.auth import AuthenticationError
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from app.domain import patience
from app.domain.errors import WorkstationError

BUS = "org.freedesktop.DBus"
_FAULTS = (OSError, KeyError, ValueError, RuntimeError, AuthenticationError, DBusErrorResponse)
"""No address, no socket, a bus that closes, refuses or does not answer."""


class BusError(WorkstationError):
    """There is no such bus, or nobody on it who answers."""


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal of a program whose name is known.

    Attributes:
        path: object that sent it.
        interface, member: which signal.
        body: its values, as the bus carried them.
    """

    path: str
    interface: str
    member: str
    body: tuple[Any, ...]


class Bus:
    """A connection, used by one thread at a time."""

    def __init__(self, which: Literal["SYSTEM", "SESSION"]) -> None:
        """Connect.

        Raises:
            BusError: there is no such bus.
        """
        with _faults():
            self._connection: DBusConnection = open_dbus_connection(which, enable_fds=True, auth_timeout=patience.BUS_S)
        self._owners: dict[str, str] = {}
        self._early: deque[Message] = deque()
        self._connection.filter(MatchRule(type="signal"), queue=self._early)

    def call(self, to: DBusAddress, method: str, signature: str | None = None, values: Sequence[object] = ()) -> Any:
        """The answer's values.

        Raises:
            BusError: no answer, or a refusal.
        """
        return self._answer(new_method_call(to, method, signature, tuple(values)))

    def call_for_fd(self, to: DBusAddress, method: str, signature: str, values: Sequence[object]) -> int:
        """The descriptor that is the answer; the caller closes it, no other program gets it.

        Raises:
            BusError: no answer, or a refusal.
        """
        fd = int(self.call(to, method, signature, values)[0].to_raw_fd())
        os.set_inheritable(fd, False)
        return fd

    def heed(self, name: str, interface: str, member: str, path: str | None = None) -> None:
        """Have the signals of whoever owns this name delivered, also of who owns it later.

        Raises:
            BusError: the bus refuses.
        """
        if name not in self._owners:
            changed = MatchRule(type="signal", sender=BUS, interface=BUS, member="NameOwnerChanged")
            changed.add_arg_condition(0, name)
            self._answer(message_bus.AddMatch(changed))
            try:
                self._owners[name] = str(self._answer(message_bus.GetNameOwner(name))[0])
            except BusError:
                self._owners[name] = ""
        rule = MatchRule(type="signal", sender=name, interface=interface, member=member, path=path)
        self._answer(message_bus.AddMatch(rule))

    def owner(self, name: str) -> str:
        """Who owns a name that is heeded, as the bus numbers it; empty for nobody."""
        return self._owners.get(name, "")

    def listen(self, on_signal: Callable[[Signal], object]) -> None:
        """Hand on signals until the bus goes away.

        Raises:
            BusError: the bus has gone.
        """
        while True:
            if not self._early:
                with _faults():
                    self._connection.recv_messages()
            while self._early:
                self._judge(self._early.popleft(), on_signal)

    def interrupt(self) -> None:
        """Have `listen` end, in whatever thread it listens."""
        with contextlib.suppress(OSError):
            self._connection.sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Leave the bus; what `call_for_fd` brought stays open. Called by the thread that uses it."""
        self._connection.close()

    def _answer(self, message: Message) -> Any:
        with _faults():
            answer = self._connection.send_and_get_reply(message, timeout=patience.BUS_S)
        if answer.header.message_type is MessageType.error:
            raise BusError("The message bus refused.", code=str(answer.header.fields.get(HeaderFields.error_name, "")))
        return answer.body

    def _judge(self, message: Message, on_signal: Callable[[Signal], object]) -> None:
        field = message.header.fields.get
        sender, member = field(HeaderFields.sender, ""), field(HeaderFields.member, "")
        if sender == BUS:
            if member == "NameOwnerChanged" and message.body[0] in self._owners:
                self._owners[message.body[0]] = message.body[2]
        elif sender and sender in self._owners.values():
            on_signal(Signal(field(HeaderFields.path, ""), field(HeaderFields.interface, ""), member, message.body))


class _faults(contextlib.AbstractContextManager[None]):  # noqa: N801 (reads as a clause)
    """What a bus can do wrong, as one error without its text."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if error is not None and isinstance(error, _FAULTS) and not isinstance(error, BusError):
            raise BusError("The message bus does not answer.", code=type(error).__name__) from error
