"""The recovery kit: a sealed text that lies in a safe, and three codes of which any two open it.

X, random, wraps the secrets of the recovery account and the root's seed; X is wrapped under two(code i, code j) for
each pair of codes; all with aad LP("recovery", O). What the kit wraps never changes, so neither a rotation nor a
restore needs a new print: class keys are granted to the recovery account in the book, and the file key is sealed to it
beside the office's file.
"""

import itertools
import json
import secrets
from base64 import b32decode, b32encode, b64decode, b64encode
from dataclasses import dataclass
from typing import Any

from app.crypto import hpke, signing
from app.crypto.account_keys import AccountKeys
from app.crypto.aead import unwrap, wrap
from app.crypto.derive import same, sha256, two
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.domain.errors import InputRefusedError, NotAllowedError, VerificationError

HOLDERS = 3
CODE_BYTES = 16
PAIRS = tuple(f"{i + 1}{j + 1}" for i, j in itertools.combinations(range(HOLDERS), 2))
_OVERHEAD = 1 + 12 + 16
"""Suite byte, nonce and tag of a wrapped key."""
_SIZES = (32, 96 + 32 + _OVERHEAD, 32 + _OVERHEAD, *(32 + _OVERHEAD for _ in PAIRS))
"""Of O, the secrets, the root and the pairs, as they follow each other on paper."""


@dataclass(frozen=True, slots=True, repr=False)
class OpenKit:
    """What two codes open.

    Attributes:
        holders: whose codes they were, such as `13`.
        keys: the recovery account's.
        root: the root's Ed25519 seed.
    """

    holders: str
    keys: AccountKeys
    root: bytes


@dataclass(frozen=True, slots=True)
class RecoveryKit:
    """A kit, sealed.

    Attributes:
        name: the office's name, for people.
        office: O.
        secret: the recovery account's HPKE secret and Ed25519 seed, under X.
        root: the root's seed, under X.
        pairs: X under each pair of codes, by the pair's name.
    """

    name: str
    office: bytes
    secret: bytes
    root: bytes
    pairs: dict[str, bytes]

    @classmethod
    def make(cls, name: str, root: bytes, keys: AccountKeys) -> "tuple[RecoveryKit, tuple[str, ...]]":
        """A fresh kit, and its codes as they are written down: the only moment at which they exist here."""
        office, x = sha256(signing.public_of(root)), secrets.token_bytes(32)
        aad = lp("recovery", office)
        codes = [secrets.token_bytes(CODE_BYTES) for _ in range(HOLDERS)]
        pairs = {p: wrap(two(codes[int(p[0]) - 1], codes[int(p[1]) - 1], aad), x, aad) for p in PAIRS}
        kit = cls(name, office, wrap(x, keys.kem + keys.seed, aad), wrap(x, root, aad), pairs)
        return kit, tuple(code_text(code) for code in codes)

    def open(self, first: str, second: str) -> OpenKit:
        """Open it with two codes as they were typed, in any order.

        Raises:
            InputRefusedError: one of them is no code, or both are the same.
            NotAllowedError: they are not two codes of this kit.
            VerificationError: the kit was put together from parts that do not belong together.
        """
        a, b = parse_code(first), parse_code(second)
        if same(a, b):
            raise InputRefusedError("The same code twice. Two of the three holders are needed.", code="kit_code_twice")
        aad = lp("recovery", self.office)
        for pair, blob in self.pairs.items():
            for left, right in ((a, b), (b, a)):
                try:
                    x = unwrap(two(left, right, aad), blob, aad)
                except SealError:
                    continue
                return self._opened(pair, x, aad)
        raise NotAllowedError("These two codes do not open this kit. Check both, and which office they belong to.",
                              code="kit_codes")  # fmt: skip

    def _opened(self, pair: str, x: bytes, aad: bytes) -> OpenKit:
        try:
            raw, root = unwrap(x, self.secret, aad), unwrap(x, self.root, aad)
        except SealError as e:
            raise VerificationError("The codes are right, but the kit was changed. Take the print.", code="kit") from e
        if sha256(signing.public_of(root)) != self.office or len(raw) != hpke.SECRET_BYTES + signing.SEED_BYTES:
            raise VerificationError("The kit holds another office's root.", code="kit")
        return OpenKit(pair, AccountKeys(raw[: hpke.SECRET_BYTES], raw[hpke.SECRET_BYTES :]), root)

    # as a file

    def text(self) -> str:
        """As it lies in its file."""
        kit = {
            "what": "Tirai recovery kit: any two of its three codes open it",
            "name": self.name,
            "office": self.office.hex(),
            "secret": b64encode(self.secret).decode(),
            "root": b64encode(self.root).decode(),
            "pairs": {pair: b64encode(blob).decode() for pair, blob in self.pairs.items()},
        }
        return json.dumps(kit, indent=1, ensure_ascii=False)

    @classmethod
    def of(cls, untrusted: str) -> "RecoveryKit":
        """A kit from its file, or from its page as somebody typed it in again.

        Raises:
            InputRefusedError: it is neither; for a page the message names the line.
        """
        if not untrusted.lstrip().startswith("{"):
            return of_page(untrusted)
        try:
            data: dict[str, Any] = json.loads(untrusted)
            pairs = {p: b64decode(data["pairs"][p], validate=True) for p in PAIRS}
            secret, root = (b64decode(data[k], validate=True) for k in ("secret", "root"))
            kit = cls(str(data["name"]), bytes.fromhex(data["office"]), secret, root, pairs)
        except (ValueError, KeyError, TypeError) as e:
            raise InputRefusedError("This is not a recovery kit, or it is damaged. Take the print.", code="kit") from e
        if tuple(map(len, kit.parts)) != _SIZES:
            raise InputRefusedError("This is not a recovery kit, or it is damaged. Take the print.", code="kit")
        return kit

    @property
    def parts(self) -> tuple[bytes, ...]:
        """All bytes of the kit, as they follow each other on paper."""
        return (self.office, self.secret, self.root, *(self.pairs[p] for p in PAIRS))


# on paper

LINE_BYTES = 25
_CHECK_CHARACTERS = 3
_TYPED_FOR = str.maketrans("0189", "OIBG")
"""Base32 has none of these digits."""


def page_of(kit: RecoveryKit) -> str:
    """The kit as one page of plain text: numbered lines, each with a check of its own, so that it can be typed in."""
    raw = b"".join(kit.parts)
    lines = [raw[i : i + LINE_BYTES] for i in range(0, len(raw), LINE_BYTES)]
    return "\n".join(f"  {n:02}  {_grouped(line, 5)}  {_check(n, line)}" for n, line in enumerate(lines, 1))


def of_page(untrusted: str) -> RecoveryKit:
    """A kit from its page; other lines of the page are passed over.

    Raises:
        InputRefusedError: a line is missing or mistyped.
    """
    found, name = {}, ""
    for line in untrusted.splitlines():
        words = line.split()
        if words[:1] == ["Office:"]:
            name = " ".join(words[1:])
        if len(words) >= 3 and len(words[0]) == 2 and words[0].isdigit():
            found[int(words[0])] = _line(int(words[0]), "".join(words[1:-1]), words[-1])
    raw, lines = b"".join(found[n] for n in sorted(found)), -(-sum(_SIZES) // LINE_BYTES)
    if missing := [n for n in range(1, lines + 1) if n not in found]:
        raise InputRefusedError(f"The kit's page is not whole: line {missing[0]} is missing.", code="kit")
    if len(raw) != sum(_SIZES) or len(found) != lines:
        raise InputRefusedError("This is not the page of a recovery kit.", code="kit")
    office, secret, root, *pairs = (raw[sum(_SIZES[:i]) : sum(_SIZES[: i + 1])] for i in range(len(_SIZES)))
    return RecoveryKit(name, office, secret, root, dict(zip(PAIRS, pairs, strict=True)))


def _line(number: int, text: str, check: str) -> bytes:
    try:
        line = _from_base32(text)
    except ValueError:
        line = b""
    if not line or check.upper().translate(_TYPED_FOR) != _check(number, line):
        raise InputRefusedError(f"Line {number} of the kit's page is mistyped. Compare it with the print.", code="kit")
    return line


def _check(number: int, line: bytes) -> str:
    return b32encode(sha256(lp("kit-line", number, line)))[:_CHECK_CHARACTERS].decode()


# the codes


def code_text(code: bytes) -> str:
    """One holder's code as it is written down: Base32 in groups of four."""
    return _grouped(code, 4, "-")


def parse_code(untrusted: str) -> bytes:
    """Read a holder's code back.

    Raises:
        InputRefusedError: it is not one.
    """
    try:
        code = _from_base32("".join(c for c in untrusted if c.isalnum()))
    except ValueError:
        code = b""
    if len(code) != CODE_BYTES:
        raise InputRefusedError(
            "This is not a kit code. Copy all seven groups from the holder's paper.", code="kit_code_form"
        )
    return code


def _grouped(data: bytes, size: int, between: str = " ") -> str:
    text = b32encode(data).decode().rstrip("=")
    return between.join(text[i : i + size] for i in range(0, len(text), size))


def _from_base32(text: str) -> bytes:
    text = text.upper().translate(_TYPED_FOR)
    return b32decode(text + "=" * (-len(text) % 8))
