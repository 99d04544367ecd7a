"""`tirai-mail`: the program behind an action that sends an e-mail. Words: IT's file, and the code of a text in it.

The address is the one line of standard input. It says how it went by its exit code alone (sysexits.h), prints nothing,
and holds the address no longer than the exchange.
"""

import os
import smtplib
from collections.abc import Callable, Sequence
from pathlib import Path

from app.mail.sending import BadAddressError, NotShutError, TryLaterError, send
from app.mail.settings import MailSettings, MailSettingsError, load_mail

NAME = "tirai-mail"
_LONGEST_ADDRESS, _LONGEST_FILE = 1_000, 1_000_000


def _is_loose(_path: str) -> bool:
    return False


def send_mail(words: Sequence[str], is_loose: Callable[[str], bool] = _is_loose) -> int:
    """Send what the words say to the address on standard input.

    Args:
        words: IT's file, and the code of a text in it.
        is_loose: whether somebody could have changed a file that this one names; then nothing is sent.

    Returns:
        0; 64 wrong words; 65 no address, or the server takes none such; 69 the server is not reached or refuses;
        75 it asks to try later; 76 its TLS does not hold; 77 it does not take account and password; 78 IT's file.
    """
    if len(words) != 2:
        return os.EX_USAGE
    try:
        settings, password = read_settings(Path(words[0]), is_loose)
        text = settings.texts[words[1]]
    except (MailSettingsError, OSError, ValueError, KeyError):
        return os.EX_CONFIG
    try:
        with open(0, "rb", closefd=False) as given:
            address = given.readline(_LONGEST_ADDRESS).decode().strip()
        send(settings, text, address, password)
    except BaseException as error:  # noqa: BLE001 -- a report of it might name places; its code says all
        return _code_of(error)
    return os.EX_OK


def read_settings(path: Path, is_loose: Callable[[str], bool] = _is_loose) -> tuple[MailSettings, str]:
    """IT's file, and the password that it points to.

    Raises:
        MailSettingsError: with line and reason.
        OSError: a file cannot be read.
        ValueError: it is no text, everybody may read the password, or a file that it names is loose.
    """
    with path.open("rb") as file:
        settings = load_mail(file.read(_LONGEST_FILE).decode())
    if any(path and is_loose(path) for path in (settings.ca_file, settings.password_file)):
        raise ValueError("a file that it names could have been changed")
    if not settings.password_file:
        return settings, ""
    with Path(settings.password_file).open("rb") as file:
        if os.fstat(file.fileno()).st_mode & 0o007:
            raise ValueError("everybody may read the password's file")
        return settings, file.read(_LONGEST_ADDRESS).decode().strip()


def _code_of(error: BaseException) -> int:
    match error:
        case BadAddressError() | UnicodeError():
            return os.EX_DATAERR
        case NotShutError():
            return os.EX_PROTOCOL
        case smtplib.SMTPAuthenticationError():
            return os.EX_NOPERM
        case smtplib.SMTPResponseException(smtp_code=code) if 400 <= code < 500:
            return os.EX_TEMPFAIL
        case TryLaterError() | TimeoutError():
            return os.EX_TEMPFAIL
        case smtplib.SMTPException() | OSError():
            return os.EX_UNAVAILABLE
        case _:
            return os.EX_SOFTWARE
