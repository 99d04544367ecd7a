"""The text of a PDF that reportlab made: its streams opened, its lines of text back in order.

reportlab keeps ASCII signs as they are in a font's first subset; other signs come out as others here.
"""

import re
import zlib
from base64 import a85decode


def streams_of(pdf: bytes) -> bytes:
    """All streams, opened: pages, fonts and their maps."""
    found = re.findall(rb">>\s*stream\r?\n(.*?)\s*endstream", pdf, re.DOTALL)
    return b"\n".join(_opened(stream.strip()) for stream in found)


def _opened(stream: bytes) -> bytes:
    data = a85decode(b"<~" + stream, adobe=True) if stream.endswith(b"~>") else stream
    return zlib.decompress(data)


def text_of(pdf: bytes) -> str:
    """The lines of text, one below the other."""
    lines = re.findall(rb"\(((?:\\.|[^\\)])*)\)\s*Tj", streams_of(pdf))
    return "\n".join(re.sub(rb"\\(.)", rb"\1", line).decode("latin-1") for line in lines)
