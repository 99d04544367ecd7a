"""A small TCP proxy before several gateways: passes TLS through unread, and takes a gateway that is gone out.

It stands where nginx or HAProxy stand (packaging/gateway). A new line goes to the gateway that has the fewest; one that
refuses it is out until it answers again, and the line goes to the next. What lay on a dead gateway's lines is cut, as a
balancer cuts it: consoles make new lines and go on.
"""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

PIECE_BYTES = 64 * 1024
TRIED_AGAIN_S = 1.0
"""So long a gateway that refused a line gets none."""


@dataclass(slots=True)
class Backend:
    """One gateway.

    Attributes:
        port: of loopback.
        lines: that are open now.
        taken: lines so far.
        cut: lines that it broke off.
        out_until: when it is tried again (the loop's clock); 0 while it answers.
    """

    port: int
    lines: int = 0
    taken: int = 0
    cut: int = 0
    out_until: float = 0.0


class TeamProxy:
    """The proxy, in a thread of its own.

    Attributes:
        port: where consoles come.
        backends: the gateways, in the order that was given.
    """

    def __init__(self, ports: Sequence[int], tell: Callable[[str], object] = lambda _line: None) -> None:
        """Stand before gateways.

        Args:
            ports: theirs, on loopback.
            tell: says which one is out, and which is back; called in the proxy's thread.
        """
        self.backends = [Backend(port) for port in ports]
        self._tell = tell
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port: int = self._listener.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="team-proxy", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._begin(), self._loop).result()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _begin(self) -> None:
        self._server = await asyncio.start_server(self._pass_on, sock=self._listener)

    async def _end(self) -> None:
        self._server.close()
        lines = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One line of a console."""
        try:
            found = await self._gateway()
            if found is None:
                return
            backend, behind = found
            backend.lines += 1
            backend.taken += 1
            try:
                is_cut = await _joined(reader, writer, *behind)
                backend.cut += is_cut
            finally:
                backend.lines -= 1
                behind[1].close()
        finally:
            writer.close()

    async def _gateway(self) -> tuple[Backend, tuple[asyncio.StreamReader, asyncio.StreamWriter]] | None:
        """A gateway that takes a line; None: none does."""
        for backend in sorted(self.backends, key=lambda one: (one.out_until > self._loop.time(), one.lines)):
            try:
                behind = await asyncio.open_connection("127.0.0.1", backend.port)
            except OSError:
                if not backend.out_until:
                    self._tell(f"proxy: the gateway at port {backend.port} is gone and gets no line")
                backend.out_until = self._loop.time() + TRIED_AGAIN_S
                continue
            if backend.out_until:
                self._tell(f"proxy: the gateway at port {backend.port} is back")
            backend.out_until = 0.0
            return backend, behind
        return None


async def _joined(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    behind_reader: asyncio.StreamReader,
    behind_writer: asyncio.StreamWriter,
) -> bool:
    """Pass bytes both ways until one side ends; whether it was the gateway that broke off."""
    there = asyncio.create_task(_copied(reader, behind_writer))
    back = asyncio.create_task(_copied(behind_reader, writer))
    try:
        done, _ = await asyncio.wait((there, back), return_when=asyncio.FIRST_COMPLETED)
        return back in done and there not in done
    finally:
        for task in (there, back):
            task.cancel()
        await asyncio.gather(there, back, return_exceptions=True)


async def _copied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while piece := await reader.read(PIECE_BYTES):
            writer.write(piece)
            await writer.drain()
