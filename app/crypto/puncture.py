"""A key of keys from which single ones can be cut out for ever, while all the others stay (a puncturable function).

    node(root, "") = root; node(root, path b) = expand(node(root, path), LP("outbox-branch", b))
    key of an item  = expand(node(root, 40 bits of SHA-256(LP("outbox-path", item))), LP("outbox-leaf", item))

After O. Goldreich, S. Goldwasser, S. Micali, How to construct random functions (1986). Whoever has the root makes every
key. To cut one out, the root goes and the nodes beside its path stay: they give every key but this one, and nothing
gives it back. Two items of one path go together: among 100,000 there is another on the same one in ten million times.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.crypto.derive import KEY_BYTES, expand, sha256
from app.crypto.errors import SealError
from app.crypto.labels import lp

BITS: Final = 40
_PREFIX: Final = BITS // 8
_NODE: Final = 1 + _PREFIX + KEY_BYTES


@dataclass(frozen=True, slots=True, repr=False)
class _Node:
    depth: int
    prefix: int
    key: bytes

    def child(self, bit: int) -> "_Node":
        return _Node(self.depth + 1, self.prefix << 1 | bit, expand(self.key, lp("outbox-branch", bit)))

    def first(self) -> int:
        """The first path below it; those up to `first + width` are its."""
        return self.prefix << (BITS - self.depth)

    def width(self) -> int:
        return 1 << (BITS - self.depth)


@dataclass(frozen=True, slots=True, repr=False)
class PuncturedKey:
    """What is left of a root."""

    nodes: tuple[_Node, ...]

    @classmethod
    def of_root(cls, root: bytes) -> "PuncturedKey":
        """A whole one."""
        return cls((_Node(0, 0, root),))

    @classmethod
    def unpacked(cls, data: bytes) -> "PuncturedKey":
        """As it was packed.

        Raises:
            SealError: it has another form.
        """
        if len(data) % _NODE:
            raise SealError("a key of outboxes has another form")
        parts = (data[at : at + _NODE] for at in range(0, len(data), _NODE))
        return cls(tuple(_Node(p[0], int.from_bytes(p[1 : 1 + _PREFIX], "big"), p[1 + _PREFIX :]) for p in parts))

    def packed(self) -> bytes:
        """Per node: depth (u8), path (40 bits, the lower ones), key."""
        return b"".join(bytes([n.depth]) + n.prefix.to_bytes(_PREFIX, "big") + n.key for n in self.nodes)

    @property
    def root(self) -> bytes | None:
        """The root, as long as nothing was cut out."""
        return self.nodes[0].key if len(self.nodes) == 1 and self.nodes[0].depth == 0 else None

    def key_of(self, item: bytes) -> bytes:
        """The key of an item.

        Raises:
            SealError: it was cut out.
        """
        path = path_of(item)
        for node in self.nodes:
            if node.first() <= path < node.first() + node.width():
                while node.depth < BITS:
                    node = node.child(path >> (BITS - node.depth - 1) & 1)  # noqa: PLW2901  (walks down)
                return expand(node.key, lp("outbox-leaf", item))
        raise SealError("this key was cut out")

    def without(self, items: Iterable[bytes]) -> "PuncturedKey":
        """What is left when the keys of these items are cut out."""
        paths = sorted({path_of(item) for item in items})
        kept: list[_Node] = []
        below = list(reversed(self.nodes))
        while below:
            node = below.pop()
            at = bisect_left(paths, node.first())
            if at == len(paths) or paths[at] >= node.first() + node.width():
                kept.append(node)
            elif node.depth < BITS:
                below += [node.child(1), node.child(0)]
        return PuncturedKey(tuple(kept))


def path_of(item: bytes) -> int:
    """The path of an item: 40 bits."""
    return int.from_bytes(sha256(lp("outbox-path", item))[:_PREFIX], "big")
