"""The end of an office that a command or a console has started: it would stay for a while, for the next one."""

import os
import signal
import socket
import struct

from app.guardian.office_start import SOCKET_NAME
from app.storage.places import Places


def end_office(places: Places) -> None:
    """Do not wait until the office leaves by itself."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.connect(str(places.socket(SOCKET_NAME)))
        peer = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    os.kill(struct.unpack("3i", peer)[0], signal.SIGTERM)
