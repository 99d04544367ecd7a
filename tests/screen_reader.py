"""A screen reader without a voice: walks AT-SPI trees, presses and types, and writes down what it would say.

It speaks D-Bus as a reader does (jeepney, which the keyring library brings), so it sees what Qt's bridge really sends:
names, roles, states, texts and announcements; nothing of the widgets behind them. Keys go through the registry, which
gives them to the X server: the program gets them as it gets those of a keyboard.
"""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_method_call
from jeepney.bus_messages import MatchRule, message_bus
from jeepney.io.blocking import open_dbus_connection

ROOT_PATH = "/org/a11y/atspi/accessible/root"
REGISTRY = "org.a11y.atspi.Registry"
ACCESSIBLE, PROPERTIES = "org.a11y.atspi.Accessible", "org.freedesktop.DBus.Properties"
EVENTS = "org.a11y.atspi.Event.Object"
STATES = {
    1: "active",
    3: "busy",
    4: "checked",
    7: "editable",
    8: "enabled",
    10: "expanded",
    11: "focusable",
    12: "focused",
    20: "pressed",
    23: "selected",
    25: "showing",
}
"""Bits of AtspiStateType (atspi-constants.h)."""
PASSWORD_TEXT = 40
PRESS, RELEASE, SYMBOL = 0, 1, 3
"""AtspiKeySynthType."""
POLITE, ASSERTIVE = 1, 2
"""AtspiLive, the detail of an announcement."""


class GoneError(LookupError):
    """The node or its program is not there any more."""


@dataclass(frozen=True)
class Said:
    """An announcement.

    Attributes:
        text: what is to be spoken.
        politeness: `POLITE` or `ASSERTIVE`.
        node: whose it is.
        at: monotonic seconds.
    """

    text: str
    politeness: int
    node: "Node"
    at: float


@dataclass(frozen=True)
class Node:
    """A place on the accessibility bus."""

    bus_name: str
    path: str


class ScreenReader:
    """One reader on one accessibility bus.

    Attributes:
        said: every announcement so far.
        events: every event so far, `(member, detail, node, any)`.
    """

    def __init__(self, address: str) -> None:
        self._calls = open_dbus_connection(address)
        self._listens = open_dbus_connection(address)
        self._gate = threading.Lock()
        self.said: list[Said] = []
        self.events: list[tuple[str, str, Node, Any]] = []
        self._closed = False
        registry = DBusAddress("/org/a11y/atspi/registry", bus_name=REGISTRY, interface=REGISTRY)
        self._listens.send_and_get_reply(message_bus.AddMatch(MatchRule(type="signal", interface=EVENTS)))
        for kind in ("object:",):
            self._listens.send_and_get_reply(new_method_call(registry, "RegisterEvent", "sass", (kind, [], "")))
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed = True
        self._calls.close()

    # --- what it hears

    def _listen(self) -> None:
        while not self._closed:
            try:
                message = self._listens.receive(timeout=0.5)
            except TimeoutError:
                continue
            except (OSError, ConnectionError):
                return
            if message.header.message_type is MessageType.signal:
                self._hear(message)

    def _hear(self, message: Message) -> None:
        fields = message.header.fields
        if fields.get(HeaderFields.interface) != EVENTS:
            return
        node = Node(str(fields[HeaderFields.sender]), str(fields[HeaderFields.path]))
        member = str(fields[HeaderFields.member])
        detail, first, _second, any_ = message.body[:4]
        self.events.append((member, str(detail), node, any_[1]))
        if member == "Announcement":
            self.said.append(Said(str(any_[1]), int(first), node, time.monotonic()))

    # --- the tree

    def _call(self, node: Node, interface: str, member: str, signature: str = "", body: tuple[Any, ...] = ()) -> Any:
        address = DBusAddress(node.path, bus_name=node.bus_name, interface=interface)
        with self._gate:
            answer = self._calls.send_and_get_reply(new_method_call(address, member, signature, body), timeout=60)
        if answer.header.message_type is not MessageType.method_return:
            raise GoneError(f"{interface}.{member}: {answer.body}")
        return answer.body[0] if answer.body else None

    def _property(self, node: Node, interface: str, name: str) -> Any:
        return self._call(node, PROPERTIES, "Get", "ss", (interface, name))[1]

    def programs(self) -> list[Node]:
        """The programs on the bus."""
        children = self._call(Node(REGISTRY, ROOT_PATH), ACCESSIBLE, "GetChildren")
        return [Node(name, path) for name, path in children]

    def program(self, name: str) -> Node | None:
        """The newest program of that name."""
        for node in reversed(self.programs()):
            try:
                if self.name(node) == name:
                    return node
            except GoneError:
                continue
        return None

    def name(self, node: Node) -> str:
        return str(self._property(node, ACCESSIBLE, "Name"))

    def description(self, node: Node) -> str:
        return str(self._property(node, ACCESSIBLE, "Description"))

    def role(self, node: Node) -> str:
        """Its role; the number where Qt names a password like any text (AtspiRole, atspi-constants.h)."""
        if self._call(node, ACCESSIBLE, "GetRole") == PASSWORD_TEXT:
            return "password text"
        return str(self._call(node, ACCESSIBLE, "GetRoleName"))

    def states(self, node: Node) -> set[str]:
        low, high = self._call(node, ACCESSIBLE, "GetState")
        bits = low | high << 32
        return {name for bit, name in STATES.items() if bits >> bit & 1}

    def interfaces(self, node: Node) -> set[str]:
        return {name.rpartition(".")[2] for name in self._call(node, ACCESSIBLE, "GetInterfaces")}

    def children(self, node: Node) -> list[Node]:
        return [Node(name, path) for name, path in self._call(node, ACCESSIBLE, "GetChildren")]

    def text(self, node: Node) -> str:
        return str(self._call(node, "org.a11y.atspi.Text", "GetText", "ii", (0, -1)))

    def actions(self, node: Node) -> list[str]:
        found = self._call(node, "org.a11y.atspi.Action", "GetActions")
        return [str(action[0]) for action in found]

    def do(self, node: Node, action: int = 0) -> None:
        """Take an action of a node."""
        self._call(node, "org.a11y.atspi.Action", "DoAction", "i", (action,))

    def grab_focus(self, node: Node) -> bool:
        return bool(self._call(node, "org.a11y.atspi.Component", "GrabFocus"))

    def walk(self, top: Node, *, hidden: bool = False, most: int = 20_000) -> Iterator[Node]:
        """Everything below a program in reading order; what vanishes meanwhile is left out.

        Args:
            top: a program.
            hidden: with what does not show, and what is below it.
            most: nodes at most.
        """
        waiting, seen = list(reversed(self.children(top))), 0
        while waiting and seen < most:
            node = waiting.pop()
            seen += 1
            try:
                if hidden or "showing" in self.states(node):
                    yield node
                    waiting += reversed(self.children(node))
            except GoneError:
                continue

    # --- keys

    def key(self, symbol: int, *modifiers: int) -> None:
        """Press a key and let it go, with modifiers held (X key symbols)."""
        for modifier in modifiers:
            self._send_key(modifier, PRESS)
        self._send_key(symbol, SYMBOL)
        for modifier in reversed(modifiers):
            self._send_key(modifier, RELEASE)

    def _send_key(self, code: int, how: int) -> None:
        controller = Node(REGISTRY, "/org/a11y/atspi/registry/deviceeventcontroller")
        interface = "org.a11y.atspi.DeviceEventController"
        self._call(controller, interface, "GenerateKeyboardEvent", "isu", (code, "", how))
