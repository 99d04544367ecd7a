"""A syslog receiver, as a program of its own: TCP with octet counting, or TLS. It keeps whole messages alone.

    python tests/office/programs/syslog_receiver.py OUT [--tls CERT KEY] [--die-after N] [--client-ca CA]

It says its port on standard output. Each message goes into OUT on a line of its own, synced, before the next is read.
With `--die-after` it kills itself after so many messages, with what came behind them unread.
"""

import argparse
import os
import signal
import socket
import ssl
import sys
from pathlib import Path


def read_frame(line: socket.socket) -> bytes | None:
    """One message, or None at the end. A frame that is not whole is an error of the sender's."""
    digits = b""
    while (one := line.recv(1)) != b" ":
        if not one:
            if digits:
                raise ValueError("half a length")
            return None
        if not one.isdigit() or (not digits and one == b"0"):
            raise ValueError("no length")
        digits += one
    body, length = b"", int(digits)
    while len(body) < length:
        more = line.recv(length - len(body))
        if not more:
            raise ValueError("half a message")
        body += more
    return body


def serve(line: socket.socket, out: int, left: int) -> int:
    """Keep every message of a connection; how many may still come before it dies."""
    while (message := read_frame(line)) is not None:
        os.write(out, message.replace(b"\n", b"\\n") + b"\n")
        os.fsync(out)
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    return left


def main() -> None:
    """Listen until stopped."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--tls", nargs=2)
    parser.add_argument("--client-ca")
    parser.add_argument("--die-after", type=int, default=0)
    parser.add_argument("--port", type=int, default=0)
    asked = parser.parse_args()
    context = None
    if asked.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*asked.tls)
        if asked.client_ca:
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(asked.client_ca)
    listener = socket.create_server(("127.0.0.1", asked.port))
    out = os.open(asked.out, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    print(listener.getsockname()[1], flush=True)
    left = asked.die_after or -1
    while True:
        line, _from = listener.accept()
        try:
            if context is not None:
                tls = context.wrap_socket(line, server_side=True)
                left = serve(tls, out, left)
                tls.unwrap().close()
            else:
                left = serve(line, out, left)
                line.close()
        except (OSError, ValueError) as error:
            print(type(error).__name__, error, file=sys.stderr, flush=True)
            line.close()


if __name__ == "__main__":
    main()
