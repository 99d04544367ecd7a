"""A small SMTP server on this machine, for tests (RFC 5321, 3207, 4954): keeps each message as a file.

    mail_server.py FOLDER MODE [CERTIFICATE KEY]

Prints its port. Modes: plain; starttls; tls; bare (offers no STARTTLS); injecting (sends an answer of its own after the
one to STARTTLS, before the line is shut); no_mailbox (550); later (451); login (wants AUTH with the password `sesame`);
slow (answers nothing).
"""

import asyncio
import base64
import json
import ssl
import sys
from pathlib import Path


class Talk:
    """One connection."""

    def __init__(self, folder: Path, mode: str, shut: ssl.SSLContext | None,
                 reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:  # fmt: skip
        self._folder, self._mode, self._shut, self._reader, self._writer = folder, mode, shut, reader, writer
        self._is_shut = mode == "tls"
        self._sender, self._to = "", list[str]()

    async def run(self) -> None:
        if self._mode == "slow":
            await asyncio.sleep(600)
        self._say("220 tests ESMTP")
        while line := await self._reader.readline():
            word, _, rest = line.decode().strip().partition(" ")
            with (self._folder / "lines").open("a", encoding="utf-8") as log:
                log.write(f"{word.upper()} {'shut' if self._is_shut else 'open'}\n")
            if not await self._answer(word.upper(), rest):
                break
            await self._writer.drain()
        self._writer.close()

    async def _answer(self, word: str, rest: str) -> bool:
        match word:
            case "EHLO" | "HELO":
                self._say(*self._offers(rest))
            case "STARTTLS" if self._shut is not None:
                self._say("220 go", *(["250 injected"] if self._mode == "injecting" else []))
                await self._writer.drain()
                await self._writer.start_tls(self._shut)
                self._is_shut = True
            case "AUTH":
                password = base64.b64decode(rest.rsplit(maxsplit=1)[-1]).split(b"\0")[-1].decode()
                self._say("235 ok" if password == "sesame" else "535 no")
            case "MAIL":
                self._sender = rest
                self._say("250 ok")
            case "RCPT":
                self._to.append(rest)
                self._say({"no_mailbox": "550 no such mailbox", "later": "451 later"}.get(self._mode, "250 ok"))
            case "DATA":
                self._say("354 go")
                await self._writer.drain()
                await self._take_message()
                self._say("250 kept")
            case "QUIT":
                self._say("221 bye")
                await self._writer.drain()
                return False
            case "RSET" | "NOOP":
                self._say("250 ok")
            case _:
                self._say("502 what")
        return True

    def _offers(self, name: str) -> list[str]:
        offers = ["tests", "8BITMIME", "SMTPUTF8"]
        if self._shut is not None and not self._is_shut and self._mode != "bare":
            offers.append("STARTTLS")
        if self._mode == "login" and self._is_shut:
            offers.append("AUTH PLAIN")
        with (self._folder / "greeted").open("a", encoding="utf-8") as log:
            log.write(f"{name}\n")
        return [f"250{'-' if at < len(offers) - 1 else ' '}{offer}" for at, offer in enumerate(offers)]

    async def _take_message(self) -> None:
        lines = []
        while (line := await self._reader.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        kept = {"from": self._sender, "to": self._to, "message": b"".join(lines).decode(), "shut": self._is_shut}
        number = len(list(self._folder.glob("*.json")))
        (self._folder / f"{number}.json").write_text(json.dumps(kept))

    def _say(self, *lines: str) -> None:
        self._writer.write("".join(f"{line}\r\n" for line in lines).encode())


async def main() -> None:
    folder, mode = Path(sys.argv[1]), sys.argv[2]
    shut = None
    if len(sys.argv) > 3:
        shut = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        shut.load_cert_chain(sys.argv[3], sys.argv[4])

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await Talk(folder, mode, shut, reader, writer).run()
        except (OSError, ssl.SSLError):
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=shut if mode == "tls" else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
