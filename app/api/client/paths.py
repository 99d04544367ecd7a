"""What stands in paths: ids as URL-safe Base64."""

from base64 import urlsafe_b64encode


def in_path(key: bytes) -> str:
    """An id of 16 bytes, as it stands in a path."""
    return urlsafe_b64encode(key).decode()
