"""Notes as agents write them, in Indonesian and English, made from a seed: with numbers of invented people, or without.

No number belongs to anybody: they come from a generator, and where a kind has a check digit it is made to fit.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from app.scanner.find import What

SEED = 20261127
_BULAN = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
Span = tuple[What, int, int]


@dataclass(frozen=True, slots=True)
class Note:
    """A note, and where numbers of persons stand in it."""

    text: str
    spans: tuple[Span, ...]


def luhn_digit(digits: str) -> str:
    """The check digit that follows (ISO/IEC 7812-1)."""
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if at % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


class Numbers:
    """Numbers of invented people."""

    def __init__(self, chance: random.Random) -> None:
        """Draw from here."""
        self._chance = chance

    def digits(self, count: int) -> str:
        """So many digits."""
        return "".join(self._chance.choice("0123456789") for _ in range(count))

    def _grouped(self, digits: str, size: int = 4) -> str:
        sign = self._chance.choice(("", " ", "-", "."))
        return sign.join(digits[at : at + size] for at in range(0, len(digits), size))

    def card(self) -> str:
        """A payment card's number."""
        prefix, length = self._chance.choice(
            (("4", 16), ("52", 16), ("55", 16), ("37", 15), ("3530", 16), ("6011", 16))
        )
        body = prefix + self.digits(length - len(prefix) - 1)
        return self._grouped(body + luhn_digit(body))

    def nik(self) -> str:
        """A NIK."""
        day, month, year = self._chance.randint(1, 28), self._chance.randint(1, 12), self._chance.randint(50, 99)
        day += self._chance.choice((0, 40))
        place = self._chance.choice(("3273", "3174", "1271", "5171", "7371", "6472", "9171", "3578"))
        serial = f"{self._chance.randint(1, 9999):04}"
        return self._grouped(f"{place}{self._chance.randint(1, 30):02}{day:02}{month:02}{year:02}{serial}")

    def npwp(self) -> str:
        """An NPWP of 15 digits as it is printed, or without signs."""
        d = self.digits(15)
        return self._chance.choice((f"{d[:2]}.{d[2:5]}.{d[5:8]}.{d[8]}-{d[9:12]}.{d[12:]}", d))

    def bpjs(self) -> str:
        """A BPJS number."""
        return f"000{self.digits(10)}"

    def phone(self) -> str:
        """An Indonesian mobile or landline number."""
        body = self._chance.choice(("812", "813", "821", "857", "878", "896")) + self.digits(self._chance.randint(6, 8))
        styles = (
            f"0{body}",
            f"+62{body}",
            f"62{body}",
            f"0{body[:3]}-{body[3:7]}-{body[7:]}",
            f"+62 {body[:3]} {body[3:]}",
        )
        return self._chance.choice((*styles, f"(021) {self.digits(7)}", f"+62 {body[:3]}-{body[3:7]}-{body[7:]}"))

    def foreign_phone(self) -> str:
        """A number as English speakers write one."""
        area, one, two = f"2{self.digits(2)}", f"5{self.digits(2)}", self.digits(4)
        styles = (
            f"({area}) {one}-{two}",
            f"{area}-{one}-{two}",
            f"+1 {area} {one} {two}",
            f"+44 20 7{self.digits(3)} {two}",
        )
        return self._chance.choice((*styles, f"+65 8{self.digits(3)} {two}", f"07{self.digits(3)} {self.digits(6)}"))

    def email(self) -> str:
        """An address below a name that nobody owns (RFC 2606)."""
        name = self._chance.choice(("sari", "budi.w", "r_hakim", "dewi-lestari", "j.smith", "anna", "tom"))
        tag = self._chance.choice(("", self.digits(2), "+shop"))
        return f"{name}{tag}@{self._chance.choice(('example.com', 'example.org', 'mail.example.co.id', 'example.net'))}"

    def account(self) -> str:
        """A bank account."""
        return self.digits(self._chance.choice((10, 12, 13, 15)))

    def birth_date(self) -> str:
        """A birth date in Indonesian."""
        day, month, year = self._chance.randint(1, 28), self._chance.randint(1, 12), self._chance.randint(1950, 2006)
        name = _BULAN[month - 1]
        return self._chance.choice((f"{day:02}/{month:02}/{year}", f"{day}-{month}-{year}", f"{day} {name} {year}"))

    def english_birth_date(self) -> str:
        """A birth date in English."""
        day, month, year = self._chance.randint(1, 28), self._chance.randint(1, 12), self._chance.randint(1950, 2006)
        name = _MONTHS[month - 1]
        return self._chance.choice((f"{name} {day}, {year}", f"{day} {name[:3]} {year}", f"{year}-{month:02}-{day:02}"))

    def passport(self) -> str:
        """A passport."""
        return f"{self._chance.choice('ABCEX')}{self.digits(7)}"

    def plate(self) -> str:
        """A number plate."""
        region = self._chance.choice(("B", "D", "AB", "DK", "L", "BK", "N"))
        suffix = "".join(self._chance.choice("ABCDEFGHJKLMNPRSTUVWXYZ") for _ in range(self._chance.randint(2, 3)))
        return f"{region} {self._chance.randint(1000, 9999)} {suffix}"

    def code(self) -> str:
        """A card code."""
        return self.digits(3)


_KINDS = {
    "card": What.CARD,
    "nik": What.NIK,
    "npwp": What.NPWP,
    "bpjs": What.BPJS,
    "phone": What.PHONE,
    "foreign_phone": What.PHONE,
    "email": What.EMAIL,
    "account": What.ACCOUNT,
    "birth_date": What.BIRTH_DATE,
    "english_birth_date": What.BIRTH_DATE,
    "passport": What.PASSPORT,
    "plate": What.PLATE,
    "code": What.CARD_CODE,
}
_INDONESIAN = (
    "Pelanggan minta cek tagihan bulan lalu, hubungi lagi di {phone} sore ini.",
    "Sdh verifikasi NIK {nik}, nama sesuai. Nomor baru {phone}.",
    "cust komplain kartu {card} kena potong dua kali",
    "Kirim bukti ke {email} dan WA {phone}",
    "NPWP {npwp} belum terdaftar di sistem.",
    "ktp {nik} buram, minta foto ulang",
    "Refund ke rek BCA {account} a/n yang bersangkutan, 3 hari kerja.",
    "tgl lahir {birth_date} cocok dgn data",
    "Lahir {birth_date}, minta ubah alamat surel jadi {email}.",
    "BPJS {bpjs} tidak aktif sejak bulan lalu",
    "Paspor {passport} habis masa berlaku",
    "Mobil {plate} mogok di tol, derek dikirim.",
    "Pelanggan sebut CVV {code}, sudah diingatkan jangan disebut.",
    "VA {account} sdh dibayar, status blm berubah",
    "no hp lama {phone}, yg baru {phone}",
    "Kartu kredit {card} hilang, blokir. Hubungi {phone} bila ada transaksi.",
    "Transfer ke Mandiri {account} gagal",
    "Minta hapus data: {email}, {phone}, NIK {nik}",
    "Refund ke rek. no. {account}, paspor no. {passport}, BPJS no. {bpjs}.",
    "Kode keamanan 3 digit di belakang {code} disebut pelanggan, tel. {phone}",
)
_ENGLISH = (
    "Caller wants the refund on card {card}, promised by Friday.",
    "Please call back on {foreign_phone} after 5 pm.",
    "Verified date of birth {english_birth_date}; changed e-mail to {email}.",
    "Customer read out the CVV {code} before I could stop her.",
    "Passport {passport} on file is expired.",
    "New mobile {foreign_phone}, old one {phone} is gone.",
    "Paid into account {account}, not booked yet.",
    "DOB {english_birth_date} does not match.",
    "She sent the form to {email} twice.",
    "Card {card} declined at checkout; advised to try {card}.",
    "Asked to be reached at {foreign_phone} or {email}",
    "Car {plate} was towed, spoke to the driver on {phone}.",
    "Born {english_birth_date}, moved to Surabaya last year.",
    "Account no. {account} is hers; passport no. {passport}, tel. {foreign_phone}.",
    "The security code on the back is {code}, she said.",
)
_WITHOUT = (
    "Tiket {d10} sudah ditutup, SLA 3x24 jam.",
    "Nomor resi {d12} belum sampai, estimasi 24-11-2026.",
    "Order INV/2026/11/{d6} senilai Rp 4.{d3}.{d3} dibatalkan.",
    "Router SN {d14} firmware 1.2.3.4, restart jam 10.30.",
    "Meteran {d11} stand {d4}.",
    "Durasi panggilan 00:12:45, antrian 3, skor 5/5.",
    "Paket 100GB/30hari harga Rp150.000, promo HEMAT5000.",
    "Order #{d8} shipped on 2026-11-24, tracking {d12}.",
    "Invoice {d8} for $1,250.00 is due on 12/12/2026.",
    "Error 0x80070057 at step 4 of 12, version 10.2.3.",
    "Flight GA 410 on 3 May 2026, seat 12A, gate B 12.",
    "Serial no {d11}, batch {d6}, model A4 B200.",
    "Customer number {d9}, contract 2023-000{d5}.",
    "Kode booking X7KQ2P, kursi 14C, jam 06.45.",
    "Ref {d12}: escalated to L2, ETA 24/11/2026 17:00.",
    "Tagihan Rp 1.250.000 dibayar 2 kali, tgl 03-11-2026 dan 04-11-2026.",
    "Router rebooted 3 times, LED 2 red, ping 12 ms, 98.7 % loss.",
    "Meeting room 2104 at 10:30, extension 4417.",
    "Ticket no. {d10}, order no. {d12} and parcel no. {d11} are one case.",
    "He asked about his account. {d8} units were sent with shipment {d10}.",
)


def notes(count: int, seed: int = SEED) -> Iterator[Note]:
    """So many notes: two of five Indonesian, two English, one without any number of a person."""
    chance = random.Random(seed)
    numbers = Numbers(chance)
    for at in range(count):
        pool = (_INDONESIAN, _ENGLISH, _INDONESIAN, _ENGLISH, _WITHOUT)[at % 5]
        yield _fill(chance.choice(pool), numbers)


def _fill(template: str, numbers: Numbers) -> Note:
    text, spans, at = "", [], 0
    while (start := template.find("{", at)) >= 0:
        end = template.index("}", start)
        name = template[start + 1 : end]
        text += template[at:start]
        if name[0] == "d" and name[1:].isdigit():
            text += numbers.digits(int(name[1:]))
        else:
            value = str(getattr(numbers, name)())
            spans.append((_KINDS[name], len(text), len(text) + len(value)))
            text += value
        at = end + 1
    return Note(text + template[at:], tuple(spans))


def _each(value: str, change: str, chance: random.Random, what: What) -> str:
    match change:
        case "full-width":
            return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in value)
        case "zero-width":
            return "\u200b".join(value)
        case "spaced":
            return " ".join(value.replace(" ", ""))
        case "dashed" if what in _PLAIN_DIGITS:
            return "-".join(c for c in value if c.isdigit())
        case "dotted" if what in _PLAIN_DIGITS:
            return ".".join(c for c in value if c.isdigit())
        case "line break":
            at = chance.randrange(1, len(value))
            return f"{value[:at]}\n{value[at:]}"
    return value


_PLAIN_DIGITS = frozenset({What.CARD, What.NIK, What.ACCOUNT, What.BPJS})
CHANGES = ("plain", "spaced", "dashed", "dotted", "full-width", "zero-width", "line break")


def changed(note: Note, change: str, seed: int) -> Note:
    """The note with each number hidden in one way; numbers for which the way makes no sense stay as they are."""
    chance = random.Random(f"{seed} {note.text}")
    text, spans, at = "", [], 0
    for what, start, end in note.spans:
        text += note.text[at:start]
        value = _each(note.text[start:end], change, chance, what)
        spans.append((what, len(text), len(text) + len(value)))
        text += value
        at = end
    return Note(text + note.text[at:], tuple(spans))
