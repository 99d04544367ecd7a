"""One e-mail to one address, over a line that is shut before anything of it is sent.

Invariants: the certificate is checked against name and chain by a context of our own, which obeys no environment
(`protection.md` section 7, rule 7); a server without STARTTLS gets nothing; nothing is printed, and no error that
leaves here has the address in it.
"""

import email.policy
import smtplib
import socket
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, localtime, make_msgid, parseaddr
from pathlib import Path

from app.mail.settings import MailSettings, MailText, Security

_SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


class BadAddressError(Exception):
    """What came is no address that a message can be sent to."""


class NotShutError(Exception):
    """The server offers no TLS, or shows a certificate that does not hold."""


class TryLaterError(Exception):
    """The server takes nothing for this address now."""


def send(settings: MailSettings, text: MailText, address: str, password: str = "") -> None:
    """Send one text to one address.

    Raises:
        BadAddressError: it is none, or the server says so.
        TryLaterError: the server says so.
        NotShutError: the line cannot be shut; nothing was sent.
        smtplib.SMTPAuthenticationError: the server does not take account and password.
        smtplib.SMTPException: the server refuses the message.
        OSError: the server is not reached, or is too slow.
    """
    message = message_to(settings.sender, text, address)
    domain = parseaddr(settings.sender)[1].rpartition("@")[2]
    try:
        with _line(settings, domain) as line:
            if settings.account:
                line.login(settings.account, password)
            line.send_message(message)
    except (ssl.SSLError, smtplib.SMTPNotSupportedError):
        raise NotShutError from None
    except smtplib.SMTPRecipientsRefused as refused:
        later = all(400 <= code < 500 for code, _words in refused.recipients.values())
        raise (TryLaterError if later else BadAddressError) from None


def message_to(sender: str, text: MailText, address: str) -> EmailMessage:
    """The message; its only recipient is the address.

    Raises:
        BadAddressError: it is no address, or more than one.
    """
    message = EmailMessage(email.policy.SMTP)
    try:
        if not address.isprintable() or address.count("@") != 1:
            raise BadAddressError
        message["To"] = Address(addr_spec=address)
    except (ValueError, IndexError):
        raise BadAddressError from None
    message["From"] = sender
    message["Subject"] = text.subject
    message["Date"] = format_datetime(localtime())
    message["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text.body)
    return message


def tls_context(ca_file: str) -> ssl.SSLContext:
    """A context that checks chain and name.

    Raises:
        OSError: the file of certificates cannot be read.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # checks both; `create_default_context` obeys SSLKEYLOGFILE
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file or _SYSTEM_CERTIFICATES.exists():
        context.load_verify_locations(ca_file or str(_SYSTEM_CERTIFICATES))
    else:
        context.load_default_certs()
    return context


def _line(settings: MailSettings, domain: str) -> smtplib.SMTP:
    host, port, wait_s = settings.host, settings.port, settings.timeout_s
    if settings.security is Security.TLS:
        return smtplib.SMTP_SSL(host, port, domain, timeout=wait_s, context=tls_context(settings.ca_file))
    line = smtplib.SMTP(host, port, domain, timeout=wait_s)
    try:
        _shut(line, settings)
    except BaseException:
        line.close()
        raise
    return line


def _shut(line: smtplib.SMTP, settings: MailSettings) -> None:
    if settings.security is Security.STARTTLS:
        line.starttls(context=tls_context(settings.ca_file))
    elif not _is_loopback(line.sock):
        raise NotShutError


def _is_loopback(line: socket.socket | None) -> bool:
    peer = line.getpeername()[0] if line is not None else ""
    return peer == "::1" or peer.startswith("127.")
