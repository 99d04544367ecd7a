"""IT's file for e-mail is refused with a line and a sentence; none of them lets anything go in the open."""

import pytest

from app.mail.settings import MailSettingsError, Security, load_mail

GOOD = """# e-mail
[server]
host = "mail.nusantara.example"
port = 587
security = "starttls"
sender = "Nusantara Care <layanan@nusantara.example>"

[[text]]
code = "appointment"
subject = "Janji temu Anda"
body = "Halo"

[[text]]
code = "bill"
subject = "Tagihan Anda"
body = "Halo"
"""


def test_that_a_good_file_is_taken() -> None:
    settings = load_mail(GOOD)
    assert (settings.host, settings.port, settings.security) == ("mail.nusantara.example", 587, Security.STARTTLS)
    assert list(settings.texts) == ["appointment", "bill"]
    assert (settings.account, settings.password_file, settings.ca_file, settings.timeout_s) == ("", "", "", 20)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('"starttls"', '"none"', 5, "without TLS nothing leaves this machine"),
        ('"starttls"', '"ssl"', 5, "security must be one of"),
        ("port = 587", "port = 0", 4, "port must be"),
        ("port = 587", "", 2, "port is missing"),
        ("port = 587", "port = 587\nverify = false", 5, "unknown key 'verify'"),
        ("port = 587", 'port = 587\naccount = "x"', 5, "go together"),
        ("port = 587", 'port = 587\nca_file = "ca.pem"', 5, "whole path"),
        ("<layanan@nusantara.example>", "", 6, "sender must be"),
        ('"Tagihan Anda"', '"Tagihan\\nBcc: x@y.example"', 15, "subject must be one line"),
        ('"bill"', '"appointment"', 14, "code must be"),
        ("[[text]]", "[[texts]]", 8, "unknown key 'texts'"),
        ("[server]", "[server", 2, ""),
    ],
)
def test_that_a_wrong_file_is_refused_with_its_line(old: str, new: str, line: int, words: str) -> None:
    with pytest.raises(MailSettingsError) as refused:
        load_mail(GOOD.replace(old, new))
    assert (refused.value.line, words in refused.value.reason) == (line, True), refused.value.reason
