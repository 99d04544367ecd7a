"""Text of whole blocks, whose length tells little once it is encrypted: data, 80, and zeros (ISO/IEC 7816-4)."""


def padded(data: bytes, block: int) -> bytes:
    """Data with a mark and zeros, up to a whole number of blocks.

    Args:
        data: what is padded; may be empty.
        block: bytes.
    """
    marked = data + b"\x80"
    return marked + bytes(-len(marked) % block)


def unpadded(text: bytes, block: int) -> bytes:
    """What `padded` was given.

    Raises:
        ValueError: no whole number of blocks, or no mark.
    """
    body = text.rstrip(b"\0")
    if len(text) % block or not body.endswith(b"\x80"):
        raise ValueError("bad padding")
    return body[:-1]
