"""What stands in paths: ids as URL-safe Base64."""

from base64 import urlsafe_b64decode
from typing import Annotated

from fastapi import Depends, Path


def _id(key: Annotated[str, Path(pattern="^[A-Za-z0-9_-]{22}==$")]) -> bytes:
    return urlsafe_b64decode(key)


PathId = Annotated[bytes, Depends(_id)]
"""An id of 16 bytes."""
