"""The words beside a number: they say what it is, in Indonesian or English, as agents shorten them."""

import re

from app.scanner.find import What

NEAR = 16
BEFORE = 48
"""So many characters before a number are read for a word that names it."""

_WORDS: dict[What, str] = {
    What.CARD: r"kartu(?! ?keluarga)|kredit|debit|credit|card|cc|visa|master ?card|pan|amex|jcb|gpn",
    What.CARD_CODE: r"cvv2?|cvc2?|cid|csc|cvn|security code|card code|kode (?:keamanan|belakang)|3 digit(?: belakang)?",
    What.NATIONAL_ID: r"ssn|social security(?: number| no\.?)?|sin|nric|fin|mykad"
    r"|national insurance(?: number)?|ni (?:number|no)|nino",
    What.NIK: r"nik|ktp|e-?ktp|identitas|national id|id (?:card|number|no)|nomor induk|no\.? ?induk",
    What.FAMILY_CARD: r"kk|kartu keluarga|family card|no\.? ?kk",
    What.NPWP: r"npwp|pajak|tax(?:payer)?(?: id| number| no)?|tin",
    What.BPJS: r"bpjs|jkn|kis|jamkes\w*|kpj",
    What.PASSPORT: r"paspor|passport|paspr|pasport",
    What.PHONE: r"hp|no\.? ?hp|wa|whats ?app|telp?|telepon|tel|tlp|phone|mobile|cell"
    r"|call(?:ed|ing)?(?: back)?(?: on| at)?|hubungi|sms|(?:kontak|contact)(?: number| no\.?)?|handphone|fax|ph"
    r"|(?:reach|ring)(?:ed)?(?: \w+)? (?:on|at)",
    What.ACCOUNT: r"rek|rekening|norek|no\.? ?rek\w*|va|virtual account|account|acct|acc|a/c|iban|bca|bri|bni|mandiri"
    r"|btn|cimb|permata|danamon|bsi|transfer(?:red)?(?: ke| to)?|bank \w+|bank|sort code|routing|tabungan|savings",
    What.BIRTH_DATE: r"lahir|tgl ?lhr|lhr|ttl|dob|d\.o\.b\.?|born(?: on)?|birth\w*(?: ?date| ?day)?|ultah"
    r"|date of birth|ulang tahun|birthday|b-?day",
    What.PLATE: r"plat|plate|nopol|no\.? ?pol|kendaraan|mobil|motor|vehicle|car|registration|stnk|polisi|bike"
    r"|truck|truk",
}
_NOT_OF_A_PERSON = (
    r"resi|tiket|ticket|order|invoice|inv|sn|s/n|seri|serial|imei|meter(?:an)?|kode|ref|referensi|reference|pesanan|po"
    r"|tracking|awb|parcel|paket|parsel|case|kasus|booking|pnr|versi|version|stand|id ?pel|token|firmware|sku|barcode"
    r"|(?:customer|client|contract|member|policy|pelanggan|kontrak|polis|anggota) ?(?:number|no\.?|id)|contract|kontrak"
    r"|(?:nomor|no\.?) (?:pelanggan|kontrak|polis|anggota)|voucher|promo|article|error|model|batch|shipment|pickup|gate"
    r"|seat|job|request|req|incident|insiden|waybill|consignment|trace|stan|rrn|approval|auth|transaction|transaksi|trx|txn"
)


def _last_of(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9])(?:{words})(?![a-z])", re.IGNORECASE)


_NAMES = {what: _last_of(words) for what, words in _WORDS.items()}
_LETTER = re.compile(r"[^\W\d_]|\$")
_OTHER = _last_of(_NOT_OF_A_PERSON)
_MONEY = _last_of(
    r"rp|idr|usd|sgd|eur|\$|harga|price|senilai|sebesar|total|amount|tagihan|bill|cost|biaya|saldo|balance"
)


_LEADS = re.compile(r"(?<![a-z])(?:ke|to|into)\s{1,2}$", re.IGNORECASE)
"""As in `transfer Rp 500.000 ke 0011223344`."""
_ENDS = re.compile(r"[;.!?] |\n\n")
_SHORTENED = re.compile(
    r"(?<![a-z0-9])(?:no|nr|nmr|num|nomor|rek|norek|acc|acct|tel|telp|tlp|ph|hp|pol|id|ktp|tgl|lhr|pass|exp|a\.n|d\.o\.b)$",
    re.IGNORECASE,
)
"""Words that agents shorten with a dot: it ends no sentence, as in `account no. 1234`."""


def _sentence(before: str) -> int:
    """Where the last sentence of a text begins."""
    begins = 0
    for match in _ENDS.finditer(before):
        if before[match.start()] != "." or not _SHORTENED.search(before[: match.start()]):
            begins = match.start() + 1
    return begins


class Context:
    """What the words before one number say."""

    __slots__ = ("_at", "_other", "_text", "is_silent")

    def __init__(self, text: str, start: int) -> None:
        """Look at the words before `start`, back to the end of the sentence before."""
        before = text[max(0, start - BEFORE) : start]
        self._text = before[_sentence(before) :]
        self._at: dict[What, int] = {}
        self._other: int | None = None
        self.is_silent = _LETTER.search(self._text) is None
        """Whether there is no word at all."""

    def place(self, what: What) -> int:
        """How near the last word that names the kind stands: its end in the text before; -1 if there is none."""
        if self.is_silent:
            return -1
        if what not in self._at:
            ends = [match.end() for match in _NAMES[what].finditer(self._text)]
            self._at[what] = ends[-1] if ends else -1
        return self._at[what]

    def other(self) -> int:
        """The same for words that name what is no number of a person."""
        if self._other is None:
            ends = [] if self.is_silent else [match.end() for match in _OTHER.finditer(self._text)]
            self._other = ends[-1] if ends else -1
        return self._other

    def is_other(self) -> bool:
        """Whether the word just before, or the one before that, names what is of no person."""
        return self.other() >= 0 and len(self._text) - self.other() <= NEAR

    def is_money(self) -> bool:
        """Whether a word for an amount stands nearer than any for an account, and none leads from it to the number."""
        if _LEADS.search(self._text):
            return False
        ends = [match.end() for match in _MONEY.finditer(self._text)]
        return bool(ends) and ends[-1] > self.place(What.ACCOUNT)

    def names(self, what: What) -> bool:
        """Whether the kind is named, and nothing that is of no person stands nearer."""
        place = self.place(what)
        return place >= 0 and place >= self.other()

    def is_glued(self, what: What) -> bool:
        """Whether a word that names the kind ends where the number begins."""
        return self.place(what) == len(self._text)

    def nearest(self, kinds: tuple[What, ...]) -> What | None:
        """Of these kinds the one that is named nearest."""
        if self.is_silent:
            return None
        named = [(self.place(what), what) for what in kinds if self.names(what)]
        return max(named, key=lambda pair: pair[0])[1] if named else None
