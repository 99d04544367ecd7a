"""One line to a gateway: TLS 1.3 by hand, the certificate and its key judged before the first byte of a request.

Invariants: nothing is taken from the environment, so no proxy, no file of authorities and no log of keys
(`ssl.create_default_context` would obey SSLKEYLOGFILE); an earlier version of TLS is never agreed on; nothing is
resumed, so nothing is sent before the handshake is over (RFC 8446, section 8: early data can be replayed).
"""

import contextlib
import os
import socket
import ssl
import sys

from app.api.client.errors import ForeignOfficeError
from app.api.client.exchange import left_s
from app.crypto.certificates import certificate_of
from app.crypto.errors import SealError
from app.domain.errors import WorkstationError
from app.domain.gateway_address import GatewayAddress

_NAMES_AUTHORITIES = ("SSL_CERT_FILE", "SSL_CERT_DIR")
_WHY = {
    9: "is not valid yet: look whether this workstation's clock is right",
    10: "has expired",
    18: "is signed by itself alone",
    19: "comes from an authority that this workstation does not trust",
    20: "comes from an authority that this workstation does not trust",
    21: "comes from an authority that this workstation does not trust",
    62: "is for another host",
    64: "is for another host",
}
"""OpenSSL's numbers (x509_vfy.h) in words."""
_DAYS = {9, 10}
_SPEAKS_OTHERWISE = {"TLSV1_ALERT_PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL", "WRONG_VERSION_NUMBER", "HTTP_REQUEST"}


def gateway_context(authority: str = "") -> ssl.SSLContext:
    """What a gateway must show.

    Args:
        authority: file (PEM) of the only authority to trust; empty: the machine's own trust store.

    Raises:
        WorkstationError: that file cannot be read, or the environment names other authorities.
    """
    if authority:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        try:
            context.load_verify_locations(cafile=authority)
        except (OSError, ssl.SSLError) as e:
            raise WorkstationError(
                "The file of the gateway's authority cannot be read as PEM certificates; name it again: "
                "tirai gateway use URL --ca FILE.",
                code="L4",
            ) from e
    else:
        context = _machines_own()
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    context.set_alpn_protocols(["http/1.1"])
    return context


def _machines_own() -> ssl.SSLContext:
    """The machine's trust store; on Linux OpenSSL would let two variables name another one."""
    if sys.platform == "linux" and any(os.environ.get(name) for name in _NAMES_AUTHORITIES):
        raise WorkstationError("SSL_CERT_FILE or SSL_CERT_DIR names authorities to trust. Unset them and start again.")
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def dialled(address: GatewayAddress, until: float) -> socket.socket:
    """A TCP line to the gateway, on which nothing was said.

    Args:
        address: where it is; all addresses of its name are tried, in the resolver's order.
        until: when to give up (`time.monotonic()`, seconds).

    Raises:
        OSError: nobody answers there; `TimeoutError` among them.
    """
    found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    for number, (family, kind, protocol, _name, where) in enumerate(found):
        line = socket.socket(family, kind, protocol)
        try:
            line.settimeout(left_s(until) / (len(found) - number))
            line.connect(where)
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError:
            line.close()
            if number + 1 == len(found):
                raise
            continue
        return line
    raise OSError("no address")


def shaken(line: socket.socket, address: GatewayAddress, context: ssl.SSLContext, until: float) -> ssl.SSLSocket:
    """The line under TLS, once certificate, host and key are right. Otherwise it is closed, and nothing was sent.

    Args:
        line: a TCP line; it belongs to the answer from now on.
        address: whose it must be.
        context: see `gateway_context`.
        until: when to give up (`time.monotonic()`, seconds).

    Raises:
        ForeignOfficeError: somebody else is there, or the gateway's certificate is wrong.
        OSError: the line broke.
    """
    try:
        line.settimeout(left_s(until))
        secured = context.wrap_socket(line, server_hostname=address.host, suppress_ragged_eofs=False)
    except ssl.SSLCertVerificationError as e:
        _shut(line)
        why = _WHY.get(e.verify_code, "is not in order")
        code = "L1_days" if e.verify_code in _DAYS else "L1"
        raise ForeignOfficeError(f"The gateway's certificate {why}. Nothing was sent to it. Tell IT.", code=code) from e
    except ssl.SSLError as e:
        _shut(line)
        if e.reason in _SPEAKS_OTHERWISE:
            raise ForeignOfficeError(
                "What answers there does not speak TLS 1.3. Nothing was sent to it. Tell IT."
            ) from e
        raise
    except BaseException:
        _shut(line)
        raise
    try:
        _check_key(secured, address)
    except BaseException:
        _shut(secured)
        raise
    return secured


def _check_key(secured: ssl.SSLSocket, address: GatewayAddress) -> None:
    if secured.version() != "TLSv1.3":
        raise _speaks_otherwise()
    if not address.pins:
        return
    try:
        shown = certificate_of(secured.getpeercert(binary_form=True) or b"").pin
    except SealError as e:
        raise ForeignOfficeError(
            "The gateway's certificate cannot be read. Nothing was sent to it. Tell IT.", code="L1"
        ) from e
    if shown not in address.pins:
        raise ForeignOfficeError(
            "The gateway shows another key than the one that is pinned here. Nothing was sent to it. Ask IT; "
            "if its key was changed on purpose: tirai gateway use URL --pin HEX.",
            code="L2",
        )


def _speaks_otherwise() -> ForeignOfficeError:
    return ForeignOfficeError("What answers there does not speak TLS 1.3. Nothing was sent to it. Tell IT.", code="L3")


def _shut(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        line.close()
