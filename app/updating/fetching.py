"""Where the files of a repository come from: its address, or a folder that they were brought into.

Both are no more than carriers: nothing that they bring is believed before its signatures are. The way over the network
keeps a copy of what it brought, so that another process, with more rights and no network, can verify it again.
"""

import contextlib
import os
import re
import ssl
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final
from urllib.parse import unquote, urlsplit

import urllib3
from tuf.api.exceptions import DownloadError, DownloadHTTPError, SlowRetrievalError
from tuf.ngclient import FetcherInterface

METADATA, TARGETS = "metadata", "targets"
_PART: Final = re.compile(r"(metadata|targets)/([A-Za-z0-9][A-Za-z0-9._+-]{0,255})")
_CHUNK: Final = 256 * 1024
_PATIENCE_S: Final = 30
_NOT_FOUND: Final = 404


def part_of(url: str) -> tuple[str, str]:
    """Folder and name of a file of the repository, from the end of its address.

    Raises:
        DownloadError: another place than the two folders was asked for.
    """
    found = _PART.fullmatch("/".join(unquote(urlsplit(url).path).split("/")[-2:]))
    if found is None:
        raise DownloadError("a place outside of the repository was asked for")
    return found[1], found[2]


class WebFetcher(FetcherInterface):
    """Files from an address, and a copy of each in a folder."""

    def __init__(self, copies: Path, *, proxy: str = "") -> None:
        """Prepare the way; nothing is sent before the first file is asked for.

        Args:
            copies: folder for what was brought; made when needed.
            proxy: address of the proxy that the organisation names; the environment's are not read.
        """
        context = _machine_trust()
        self._copies = copies
        many: urllib3.PoolManager
        if proxy:
            many = urllib3.ProxyManager(proxy, ssl_context=context, num_pools=2)
        else:
            many = urllib3.PoolManager(ssl_context=context, num_pools=2)
        self._many = many
        self._open: urllib3.BaseHTTPResponse | None = None

    @contextlib.contextmanager
    def download_file(self, url: str, max_length: int) -> Iterator[IO[bytes]]:
        """A file; the line is closed where it was given up in the midst, since nobody else does."""
        try:
            with super().download_file(url, max_length) as file:
                yield file
        finally:
            if self._open is not None:
                self._open.close()

    def _fetch(self, url: str) -> Iterator[bytes]:
        folder, name = part_of(url)
        try:
            answer = self._many.request(
                "GET", url, preload_content=False, redirect=False, retries=False, timeout=urllib3.Timeout(_PATIENCE_S)
            )
        except urllib3.exceptions.TimeoutError as error:
            raise SlowRetrievalError("the address does not answer in time") from error
        except urllib3.exceptions.HTTPError as error:
            raise DownloadError(type(error).__name__) from error
        if answer.status != 200:  # redirects, too: the address is the one that IT named
            answer.close()
            raise DownloadHTTPError(f"answered {answer.status}", answer.status)
        self._open = answer
        return self._kept(answer, folder, name)

    def _kept(self, answer: urllib3.BaseHTTPResponse, folder: str, name: str) -> Iterator[bytes]:
        place = self._copies / folder
        place.mkdir(mode=0o755, parents=True, exist_ok=True)
        begun = place / f".{name}.part"
        try:
            with begun.open("wb") as copy:
                try:
                    for chunk in answer.stream(_CHUNK):
                        copy.write(chunk)
                        yield chunk
                except urllib3.exceptions.TimeoutError as error:
                    raise SlowRetrievalError("the address stopped in the midst of a file") from error
                except urllib3.exceptions.HTTPError as error:
                    raise DownloadError(type(error).__name__) from error
            begun.replace(place / name)
            answer.release_conn()
        finally:
            with contextlib.suppress(FileNotFoundError):
                begun.unlink()


class FolderFetcher(FetcherInterface):
    """Files from a folder with `metadata` and `targets` in it: fetched before, or carried on a medium."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _fetch(self, url: str) -> Iterator[bytes]:
        folder, name = part_of(url)
        try:
            # Whoever owns the folder might lay a link or a pipe there.
            opened = os.open(self._folder / folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError:
            raise DownloadHTTPError("not there", _NOT_FOUND) from None
        except OSError as error:
            raise DownloadError(error.strerror or "cannot be read") from error
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            os.close(opened)
            raise DownloadError("no file")
        return _read(opened)


def _read(opened: int) -> Iterator[bytes]:
    with os.fdopen(opened, "rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _machine_trust() -> ssl.SSLContext:
    """TLS as the machine's own certificates say; `SSLKEYLOGFILE` and `SSL_CERT_FILE` are not obeyed."""
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
