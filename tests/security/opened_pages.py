"""What lies in an SQLCipher file and its log of pages, byte for byte, for whoever has its key: free pages too.

A query shows what is there; this shows what was left behind. SQLCipher 4: pages of 4096 bytes, the last 80 of each are
IV (16) and HMAC-SHA-512 (64); AES-256-CBC under the raw key; the first page begins with 16 bytes of salt.
"""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, IV, SALT = 4096, 80, 16, 16
WAL_HEAD, FRAME_HEAD = 32, 24


def opened_pages(path: Path, key: bytes) -> bytes:
    """All pages of a file and of its log, opened, one after the other."""
    data = path.read_bytes()
    assert len(data) % PAGE == 0, "whole pages"
    pages = [_opened(data[at : at + PAGE], key, is_first=at == 0) for at in range(0, len(data), PAGE)]
    log = path.with_name(f"{path.name}-wal")
    frames = log.read_bytes()[WAL_HEAD:] if log.exists() else b""
    for at in range(0, len(frames) - FRAME_HEAD - PAGE + 1, FRAME_HEAD + PAGE):
        number = int.from_bytes(frames[at : at + 4], "big")
        page = frames[at + FRAME_HEAD : at + FRAME_HEAD + PAGE]
        pages.append(_opened(page, key, is_first=number == 1))
    return b"".join(pages)


def _opened(page: bytes, key: bytes, *, is_first: bool) -> bytes:
    iv, body = page[PAGE - RESERVED : PAGE - RESERVED + IV], page[SALT if is_first else 0 : PAGE - RESERVED]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return decryptor.update(body) + decryptor.finalize()
