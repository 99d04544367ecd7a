"""Finds that are no plain digits: e-mail addresses, IBANs, passports, plates, card codes."""

import re
from collections.abc import Iterator

from stdnum import iban

from app.scanner.context import Context
from app.scanner.find import What

Found = tuple[What, int, int, str]
"""Kind, start, end, and the value in the form that masks know."""

_ATOM = r"[a-z0-9_+\-]{1,64}"
_TOP = "com|net|org|id|co|ac|go|or|sch|web|my|mil|desa|io|info|biz|edu|gov|uk|us|sg|au|de|nl|jp|example|test"
_LABEL = r"[a-z0-9\-]{1,63}"
_AROUND = r"[ \t]{0,2}[\r\n]?[ \t]?"
_EMAIL = re.compile(
    rf"(?<![a-z0-9_+\-.])({_ATOM}(?:\.{_ATOM}){{0,8}}){_AROUND}(?:@|[(\[] ?(?:at|@) ?[)\]]){_AROUND}"
    rf"({_LABEL}(?:\.{_LABEL}){{0,4}}(?:[ \t\r\n]?(?:\.|[(\[] ?(?:dot|\.) ?[)\]])[ \t\r\n]?(?:{_TOP}))?)(?![a-z0-9])",
    re.IGNORECASE,
)
_LONG_TOPS = frozenset(top for top in _TOP.split("|") if len(top) > 2)
_LAST_PIECE = re.compile(r"(?<![^\s:,;(])[a-z0-9_+\-.]{1,32}$", re.IGNORECASE)
_FIRST_PIECE = re.compile(r"\n([a-z]{1,3})(?![a-z0-9])", re.IGNORECASE)
_LEADING = frozenset(
    {
        *("e-mail", "email", "mail", "surel", "alamat", "address", "ke", "to", "di", "at", "is", "adalah", "cadangan"),
        *(
            "baru",
            "lama",
            "new",
            "old",
            "and",
            "dan",
            "or",
            "atau",
            "via",
            "by",
            "from",
            "dari",
            "use",
            "pakai",
            "yaitu",
        ),
        *("yakni", "kirim", "send", "sent", "cc", "contact", "kontak", "her", "his", "their", "my", "on", "in", "the"),
        *("for", "untuk", "with"),
    }
)
_BROKEN_EMAIL = re.compile(
    rf"(?<![a-z0-9_+\-.])((?:{_ATOM}\.){{0,8}}{_ATOM})@({_LABEL}[\r\n ]{_LABEL}(?:\.[a-z]{{2,24}}){{1,3}})",
    re.IGNORECASE,
)
_SPELT_EMAIL = re.compile(
    r"(?<![a-z0-9])((?:[a-z0-9._+\-][ \t\r\n]){2,64})@((?:[ \t\r\n][a-z0-9.\-]){4,80})(?![a-z0-9])", re.IGNORECASE
)
_SAID_EMAIL = re.compile(
    rf"(?<![a-z0-9])([a-z0-9_\-]{{2,32}}(?: (?:dot|titik|underscore) [a-z0-9_\-]{{1,32}}){{0,4}}) at "
    rf"([a-z0-9\-]{{2,32}}(?: (?:dot|titik) [a-z0-9\-]{{2,32}}){{0,2}} (?:dot|titik) (?:{_TOP}))(?![a-z0-9])",
    re.IGNORECASE,
)
_SAID_DOT = re.compile(" (?:dot|titik) ", re.IGNORECASE)
"""As it is said aloud: `budi dot santoso at gmail dot com`."""
_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}[ \-]?[0-9]{2}(?:[ \-]?[A-Z0-9]){11,30}(?![A-Z0-9])")
_PASSPORT = re.compile(
    r"(?<![A-Za-z0-9])[A-Z](?:[ \-\n]?[A-Z])?(?:[ \-\n]?[0-9]){6,8}[A-Z]?(?![A-Za-z0-9])", re.IGNORECASE
)
_NATIONAL = re.compile(
    r"(?<![A-Za-z0-9])(?:[STFGM][ \-]?[0-9]{7}[ \-]?[A-Z]|[A-Z]{2}(?:[ \-]?[0-9]{2}){3}[ \-]?[A-D])(?![A-Za-z0-9])"
)
"""Singapore's NRIC and FIN, and Britain's national insurance number: letters around their digits."""
_REGIONS = (
    "AA AB AD AE AG BA BB BD BE BG BH BK BL BM BN BP DA DB DC DD DE DG DH DK DL DM DN DP DR DS DT DW EA EB ED KB KH KT"
    " KU PA PB PG PS PT PY A B D E F G H K L M N P R S T W Z"
)
_REGION = "|".join(r"[ \n]?".join(code) for code in _REGIONS.split())
_PLATE = re.compile(
    rf"(?<![A-Za-z0-9])(?:{_REGION})[ \-.\n]{{0,2}}[0-9](?:[ \n]?[0-9]){{0,3}}[ \-.\n]{{0,2}}"
    r"[A-Z](?:[ \n]?[A-Z]){0,2}(?![A-Za-z0-9])"
)
_ANY_PLATE = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Za-z]{1,3}[ \-]?[0-9]{1,4}[ \-]?[A-Za-z]{1,3}|[A-Z]{2,3}[ \-]?[0-9]{2,4})(?![A-Za-z0-9])"
)
_CODE = re.compile(
    r"(?<![a-z])(?:cvv2?|cvc2?|csc|cvn|cid|sec(?:urity|\.)? ?(?:code|number|no\.?)|card code|kode keamanan"
    r"|kode (?:di )?belakang|(?:back code|code (?:at|on) (?:the|her|his|my) back(?: of (?:the|her|his|my) card)?)"
    r"|(?:3|three|tiga) (?:digits?|angka) (?:belakang|(?:on|at) the back(?: of (?:the|her|his|my) card)?))"
    r"(?:-?nya)?(?:[ \t]{1,2}(?:\(?[34]|three|four|tiga|empat)[ \-](?:digits?|angka)\)?)?"
    r"(?:[ \t\r\n]{1,3}[a-z.]{1,10}){0,4}[ \t\r\n=:,\-(\[\"']{0,4}"
    r"([0-9](?:[ \t\r\n.\-]?[0-9]){2,3})(?!\d|[./\-:]\d)",
    re.IGNORECASE,
)
_PIN = re.compile(
    r"(?<![a-z])(?:(?:pin|kode pin)[ \t]{1,2}(?:atm|kartu|debit|kredit|m-?banking)|(?:atm|card|debit|bank) pin)"
    r"(?:-?nya)?(?:[ \t\r\n]{1,3}[a-z.]{1,10}){0,3}[ \t\r\n=:,\-(\[\"']{0,4}([0-9]{4}|[0-9]{6})(?![0-9])",
    re.IGNORECASE,
)
"""A card's PIN is never kept either (PCI DSS 3.3.1.3)."""
_CODE_BEFORE = re.compile(
    r"(?<![0-9./\-:•])(?<!• )([0-9](?:[ \t\r\n.\-]?[0-9]){2,3})[ \t\r\n=:,\-()\[\]\"']{1,4}"
    r"(?:(?:is|was|itu|adalah|the|her|his|my|as|for|sebagai)[ \t\r\n]{1,3}){0,3}(?:cvv2?|cvc2?|csc|cvn)(?![a-z0-9])",
    re.IGNORECASE,
)
_ENDS = r"(?:0[1-9]|1[0-2])[/\-](?:20)?[2-4][0-9]"
_LINE = (
    r"(?:[0-9]{4}|(?<![a-z])(?:exp(?:iry|ires|ired|\.)?(?: date)?|valid(?: thru| until)?|berlaku(?: sampai| s/d)?):?)"
    r"[ ,;/|]{1,3}"
)
_AFTER_END = re.compile(rf"{_LINE}{_ENDS}[ ,;/|]{{1,3}}([0-9]{{3,4}})(?![0-9]|[./\-:]\d)", re.IGNORECASE)
_BEFORE_END = re.compile(rf"{_LINE}([0-9]{{3,4}})[ ,;/|]{{1,3}}{_ENDS}(?![0-9]|[./\-:]\d)", re.IGNORECASE)
"""A card's end, how long it is valid, and the code, as they stand in a line; no word names the code."""
_SPACE = re.compile(r"[ \t\r\n]+")


def emails(text: str) -> Iterator[Found]:
    """E-mail addresses, also with spaces or a line break at their signs, and spelt letter by letter."""
    if "@" not in text and "at" not in text.lower():
        return
    for pattern in (_EMAIL, _BROKEN_EMAIL, _SPELT_EMAIL):
        for match in pattern.finditer(text):
            start, local = _with_line_before(text, match.start(), _SPACE.sub("", match[1]))
            end, domain = _with_line_after(text, match.end(), _SPACE.sub("", match[2]))
            domain = re.sub(r"[(\[](?:dot|\.)[)\]]", ".", domain, flags=re.IGNORECASE)
            if re.search(r"\.[a-z]{2,24}$", domain, re.IGNORECASE):
                yield What.EMAIL, start, end, f"{local}@{domain.lower()}"
    for match in _SAID_EMAIL.finditer(text) if _SAID_DOT.search(text) else ():
        local, domain = (re.sub(r" (?:dot|titik) ", ".", part, flags=re.IGNORECASE) for part in match.groups())
        yield What.EMAIL, *match.span(), f"{local.replace(' underscore ', '_')}@{domain.lower()}"


def _with_line_before(text: str, start: int, local: str) -> tuple[int, str]:
    """A name that a line break has cut begins at the end of the line before; a word that leads to it does not."""
    if start < 2 or text[start - 1] != "\n":
        return start, local
    piece = _LAST_PIECE.search(text[max(0, start - 34) : start - 1])
    if piece is None or piece[0].lower() in _LEADING:
        return start, local
    return start - 1 - len(piece[0]), piece[0] + local


def _with_line_after(text: str, end: int, domain: str) -> tuple[int, str]:
    """An ending that a line break has cut goes on in the next line, if both pieces together are one."""
    last = domain.rpartition(".")[2].lower()
    piece = _FIRST_PIECE.match(text, end)
    if piece is None or (last + piece[1]).lower() not in _LONG_TOPS:
        return end, domain
    return piece.end(), domain + piece[1]


def ibans(text: str) -> Iterator[Found]:
    """IBANs whose check digits fit."""
    for match in _IBAN.finditer(text):
        number = re.sub(r"[ \-]", "", match[0])
        for end in range(len(number), 14, -1):  # the next word may have been taken along
            if iban.is_valid(number[:end]):
                yield What.ACCOUNT, match.start(), match.start() + _taken(match[0], end), number[:end]
                break


def _taken(written: str, count: int) -> int:
    seen = 0
    for at, sign in enumerate(written):
        seen += sign not in " -"
        if seen == count:
            return at + 1
    return len(written)


def passports(text: str) -> Iterator[Found]:
    """Numbers of passports, where a word names them."""
    for match in _PASSPORT.finditer(text):
        if Context(text, match.start()).names(What.PASSPORT):
            yield What.PASSPORT, *match.span(), re.sub(r"[ \-\n]", "", match[0])


def national_ids(text: str) -> Iterator[Found]:
    """Numbers of persons of other countries that have letters, where a word names them."""
    for match in _NATIONAL.finditer(text):
        if Context(text, match.start()).names(What.NATIONAL_ID):
            yield What.NATIONAL_ID, *match.span(), match[0]


def plates(text: str) -> Iterator[Found]:
    """Number plates: an Indonesian one as it is written, any where a word names it."""
    for match in _PLATE.finditer(text):
        context = Context(text, match.start())
        is_whole = sum(sign.isdigit() for sign in match[0]) >= 3
        if context.names(What.PLATE) or (is_whole and context.other() < 0):
            yield What.PLATE, *match.span(), match[0]
    for match in _ANY_PLATE.finditer(text):
        if Context(text, match.start()).names(What.PLATE):
            yield What.PLATE, *match.span(), match[0]


def card_codes(text: str) -> Iterator[Found]:
    """The codes on the back of cards, and PINs, beside a word that names them."""
    for pattern in (_CODE, _PIN, _CODE_BEFORE, _AFTER_END, _BEFORE_END):
        for match in pattern.finditer(text):
            yield What.CARD_CODE, *match.span(1), re.sub(r"[^0-9]", "", match[1])
