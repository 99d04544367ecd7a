"""IT's file for e-mail: the server, and the texts that may be sent. Judged before anything is sent.

Invariant: without TLS nothing leaves this machine; a text is IT's alone and has no place for a customer's data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from enum import StrEnum
from typing import Any, NoReturn

from app.domain.errors import InputRefusedError
from app.domain.toml_places import TomlError, TomlPlaces, parse_toml

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_SERVER_KEYS = ("host", "port", "security", "sender")
_SERVER_MORE = ("ca_file", "account", "password_file", "timeout_s")
_LONGEST_SUBJECT, _LONGEST_BODY, _LONGEST_WAIT_S, _WAIT_S = 200, 20_000, 60, 20


class Security(StrEnum):
    """How the line to the server is shut."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"
    """To this machine alone."""


class MailSettingsError(InputRefusedError):
    """The file is refused: line from 1, and one sentence."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"E-mail, line {line}: {reason}", code="mail_settings")
        self.line, self.reason = line, reason


@dataclass(frozen=True, slots=True)
class MailText:
    """A text that may be sent."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The server and the texts.

    Attributes:
        ca_file: certificates that count in place of the system's; empty: the system's.
        account, password_file: who signs in there; empty: nobody does.
        timeout_s: how long each step of the exchange may take.
    """

    host: str
    port: int
    security: Security
    sender: str
    ca_file: str
    account: str
    password_file: str
    timeout_s: int
    texts: Mapping[str, MailText]


def load_mail(text: str) -> MailSettings:
    """The settings of a TOML text.

    Raises:
        MailSettingsError: with line and reason.
    """
    try:
        tables = parse_toml(text)
    except TomlError as error:
        raise MailSettingsError(error.line, error.reason) from error
    return _Reader(text).settings(tables)


class _Reader:
    def __init__(self, text: str) -> None:
        self._places = TomlPlaces(text)

    def settings(self, tables: dict[str, Any]) -> MailSettings:
        for key in tables:
            if key not in {"server", "text"}:
                raise MailSettingsError(self._places.line(key), f"unknown key {key!r}")
        server, texts = tables.get("server"), tables.get("text")
        if not isinstance(server, dict):
            self._refuse("server", "", "[server] is missing")
        if not isinstance(texts, list) or not texts or any(not isinstance(t, dict) for t in texts):
            self._refuse("text", "", "there is no [[text]] to send")
        self._keys("server", server, _SERVER_KEYS, _SERVER_MORE)
        words = {key: self._word("server", server, key) for key in ("host", "security", "sender")}
        words |= {key: self._word("server", server, key, may_lack=True) for key in _SERVER_MORE[:3]}
        settings = MailSettings(
            port=self._number(server, "port", 65_535, 0),
            timeout_s=self._number(server, "timeout_s", _LONGEST_WAIT_S, _WAIT_S),
            texts=self._texts(texts),
            **{**words, "security": self._security(words["security"])},  # type: ignore[arg-type]
        )
        self._judge(settings)
        return settings

    def _judge(self, settings: MailSettings) -> None:
        if settings.security is Security.NONE and settings.host not in LOOPBACK:
            self._refuse("server", "security", "without TLS nothing leaves this machine; use starttls or tls")
        if "@" not in parseaddr(settings.sender)[1]:
            self._refuse("server", "sender", "sender must be an address, or a name with an address in <>")
        if bool(settings.account) is not bool(settings.password_file):
            self._refuse("server", "account", "account and password_file go together")
        for key, path in (("ca_file", settings.ca_file), ("password_file", settings.password_file)):
            if path and not path.startswith("/"):
                self._refuse("server", key, f"{key} must be a whole path")

    def _texts(self, tables: list[dict[str, Any]]) -> dict[str, MailText]:
        texts: dict[str, MailText] = {}
        for index, table in enumerate(tables):
            self._keys("text", table, ("code", "subject", "body"), (), index)
            code, subject, body = (table[key] for key in ("code", "subject", "body"))
            if not isinstance(code, str) or not code.isidentifier() or code in texts:
                self._refuse("text", "code", "code must be a word of its own", index)
            if not isinstance(subject, str) or not subject.isprintable() or not 1 <= len(subject) <= _LONGEST_SUBJECT:
                self._refuse("text", "subject", f"subject must be one line of up to {_LONGEST_SUBJECT}", index)
            if not isinstance(body, str) or not 1 <= len(body) <= _LONGEST_BODY:
                self._refuse("text", "body", f"body must be a text of up to {_LONGEST_BODY} characters", index)
            texts[code] = MailText(subject, body)
        return texts

    def _security(self, word: str) -> Security:
        if word not in set(Security):
            self._refuse("server", "security", f"security must be one of: {', '.join(Security)}")
        return Security(word)

    def _number(self, server: dict[str, Any], key: str, most: int, otherwise: int) -> int:
        value = server.get(key, otherwise)
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
            self._refuse("server", key, f"{key} must be a whole number from 1 to {most}")
        return value

    def _word(self, table: str, found: dict[str, Any], key: str, *, may_lack: bool = False) -> str:
        value = found.get(key, "") if may_lack else found[key]
        if not isinstance(value, str) or not value.isprintable() or (not value and not may_lack):
            self._refuse(table, key, f"{key} must be a text in one line")
        return value

    def _keys(
        self, table: str, found: dict[str, Any], needed: tuple[str, ...], more: tuple[str, ...], index: int = 0
    ) -> None:
        for key in found:
            if key not in (*needed, *more):
                self._refuse(table, key, f"unknown key {key!r}", index)
        for key in needed:
            if key not in found:
                self._refuse(table, "", f"{key} is missing", index)

    def _refuse(self, table: str, key: str, reason: str, index: int = 0) -> NoReturn:
        raise MailSettingsError(self._places.line(table, key, index), reason)
