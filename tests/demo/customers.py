"""Makes the demo's customers: a CSV as an organisation would export it, from a seed, the same each time.

    python tests/demo/customers.py OUT.csv [COUNT]

Standard library only. Invariants: every number is valid in form (NIK with its owner's birth date, NPWP and card with
right check digits) and none can be anybody's: NIK of a district 99, NPWP of a tax office 99x, telephone prefix 0809,
issuer numbers and mail domains kept for tests and examples. Two columns are not in the inventory, so that an import
shows what *not collected* means.
"""

import csv
import random
import sys
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

_DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"
_LAST_DAY = date(2026, 10, 31)
"""The demo's own present; no clock is read."""
SEED = 20261124
UNDECLARED = ("internal_score", "facebook_profile")

HEADERS: dict[str, str] = {
    "customer_number": "Nomor pelanggan",
    "full_name": "Nama lengkap",
    "queue": "Antrean",
    "city": "Kota",
    "province": "Provinsi",
    "ticket": "Tiket",
    "customer_since": "Pelanggan sejak",
    "language": "Bahasa",
    "plan": "Paket",
    "offers_consent": "Persetujuan penawaran",
    "balance_due": "Tagihan",
    "last_contact": "Kontak terakhir",
    "mobile_phone": "Nomor HP",
    "second_phone": "Telepon lain",
    "email": "Surel",
    "street_address": "Alamat",
    "nik": "NIK",
    "birth_date": "Tanggal lahir",
    "npwp": "NPWP",
    "mothers_name": "Nama ibu kandung",
    "passport_number": "Nomor paspor",
    "card_number": "Nomor kartu",
    "bank_name": "Bank",
    "bank_account": "Nomor rekening",
    "monthly_income": "Penghasilan bulanan",
    "health_note": "Catatan kesehatan",
    "disability_need": "Kebutuhan disabilitas",
    "guardian_name": "Nama wali anak",
    "internal_score": "internal_score",
    "facebook_profile": "facebook_profile",
}
"""Field to the header that the demo's organisation writes, in the order of the file."""

CONSENTS = ("Ya", "Tidak", "Ya", "Belum ditanya", "Ya", "Dicabut", "Tidak")
"""What customers said when they were asked for offers, one after the other."""

Customer = dict[str, str]


@dataclass(frozen=True)
class _Words:
    """The lists of `resources/demo/`."""

    people: dict[str, Any]
    cities: list[dict[str, Any]]
    offers: dict[str, Any]


def write_customers(path: Path, n: int = 5000, seed: int = SEED) -> Path:
    """Write the CSV (UTF-8, comma, CRLF) and return its path."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADERS.values())
        for customer in demo_customers(n, seed):
            writer.writerow(customer[field] for field in HEADERS)
    return path


def demo_customers(n: int = 5000, seed: int = SEED) -> list[Customer]:
    """The customers, each a text per field as it stands in the file; the mock-ups' ten come first."""
    chance = random.Random(seed)
    words = _Words(people=_read("people.toml"), cities=_read("places.toml")["city"], offers=_read("offers.toml"))
    known = words.people["known"][:n]
    spoken_for = {person["number"] for person in known}
    free = [number for i in range(80_000, 80_000 + n * 8) if (number := f"C-{i:06}") not in spoken_for]
    numbers = sorted(chance.sample(free, n - len(known)))
    customers = [_known(person, words, chance, i) for i, person in enumerate(known)]
    customers += [_anybody(number, words, chance, len(known) + i) for i, number in enumerate(numbers)]
    if customers:
        customers[0] |= _first_of_the_mock_ups(customers[0], chance)
    return customers


def luhn_digit(digits: str) -> str:
    """The check digit that makes these digits pass ISO/IEC 7812-1 (Luhn)."""
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_DEMO / name).read_text(encoding="utf-8"))


def _known(person: dict[str, str], words: _Words, chance: random.Random, serial: int) -> Customer:
    """A customer of the mock-ups: name, number and city are given; in the billing queue."""
    city = next(city for city in words.cities if city["name"] == person["city"])
    customer = _customer(person["number"], person["name"], person["sex"] == "woman", city, words, chance, serial)
    return customer | {"queue": "billing"}


def _anybody(number: str, words: _Words, chance: random.Random, serial: int) -> Customer:
    woman = chance.random() < 0.5
    given = chance.choice(words.people["women" if woman else "men"])
    family = chance.choice(words.people["families"])
    city = chance.choices(words.cities, [c["weight"] for c in words.cities])[0]
    return _customer(number, f"{given} {family}", woman, city, words, chance, serial)


def _customer(
    number: str, name: str, woman: bool, city: dict[str, Any], words: _Words, chance: random.Random, serial: int
) -> Customer:
    child = chance.random() < 0.02
    born = (
        _day(chance, date(2010, 1, 1), date(2016, 12, 31))
        if child
        else _day(chance, date(1950, 1, 1), date(2005, 12, 31))
    )
    foreign = not child and chance.random() < 0.03
    return (
        _service(number, name, city, words, chance)
        | _contact(name, city, words, chance)
        | _identity(born, woman, city, foreign, words, chance, serial)
        | _finances(words, chance)
        | _special(child, words, chance)
        | {"offers_consent": CONSENTS[serial % len(CONSENTS)]}
        | {"internal_score": str(chance.randint(1, 999)), "facebook_profile": f"https://facebook.example/{serial}"}
    )


def _service(number: str, name: str, city: dict[str, Any], words: _Words, chance: random.Random) -> Customer:
    since = _day(chance, date(2012, 1, 1), date(2026, 6, 30))
    return {
        "customer_number": number,
        "full_name": name,
        "queue": chance.choice(words.offers["queues"]),
        "city": city["name"],
        "province": city["province"],
        "ticket": f"T-{chance.randint(10_000, 99_999)}",
        "customer_since": since.isoformat(),
        "language": chance.choice(words.offers["languages"]),
        "plan": chance.choice(words.offers["plans"]),
        "balance_due": _rupiah(500 * chance.randint(0, 3_000)),
        "last_contact": _day(chance, max(since, date(2025, 1, 1)), _LAST_DAY).isoformat(),
    }


def _contact(name: str, city: dict[str, Any], words: _Words, chance: random.Random) -> Customer:
    mailbox = ".".join(name.lower().split()) + str(chance.randint(1, 99))
    street = f"{chance.choice(words.offers['streets'])} No. {chance.randint(1, 240)}"
    neighbourhood = f"RT {chance.randint(1, 12):03}/RW {chance.randint(1, 9):03}"
    return {
        "mobile_phone": _mobile(chance),
        "second_phone": _mobile(chance) if chance.random() < 0.35 else "",
        "email": f"{mailbox}@{chance.choice(words.people['mail_hosts'])}",
        "street_address": f"{street}, {neighbourhood}, {city['name']} {chance.randint(10_110, 99_974)}",
    }


def _identity(
    born: date, woman: bool, city: dict[str, Any], foreign: bool, words: _Words, chance: random.Random, serial: int
) -> Customer:
    mother = f"{chance.choice(words.people['women'])} {chance.choice(words.people['families'])}"
    return {
        "nik": "" if foreign else _nik(city["code"], born, woman, serial),
        "birth_date": born.strftime("%d/%m/%Y"),
        "npwp": _npwp(chance) if chance.random() < 0.7 else "",
        "mothers_name": mother,
        "passport_number": f"X{chance.randint(1_000_000, 9_999_999)}" if foreign else "",
    }


def _finances(words: _Words, chance: random.Random) -> Customer:
    return {
        "card_number": _grouped(_card(chance.choice(words.offers["card_beginnings"]), _random_digits(chance, 9))),
        "bank_name": chance.choice(words.offers["banks"]),
        "bank_account": _random_digits(chance, chance.choice((10, 12, 13, 15))),
        "monthly_income": _rupiah(100_000 * chance.randint(25, 450)) if chance.random() < 0.4 else "",
    }


def _special(child: bool, words: _Words, chance: random.Random) -> Customer:
    guardian = f"{chance.choice(words.people['women'])} {chance.choice(words.people['families'])}"
    return {
        "health_note": chance.choice(words.people["health_notes"]) if chance.random() < 0.12 else "",
        "disability_need": chance.choice(words.people["disability_needs"]) if chance.random() < 0.04 else "",
        "guardian_name": guardian if child else "",
    }


def _first_of_the_mock_ups(customer: Customer, chance: random.Random) -> Customer:
    """What the mock-ups show of Sari Wulandari."""
    born = date(1987, 3, 28)
    card = next(
        number for middle in range(1_000_000) if (number := _card("541275", f"{middle:06}441")).endswith("4417")
    )
    return {
        "ticket": "T-55120",
        "customer_since": "2019-05-14",
        "language": "Indonesia",
        "plan": "Pascabayar 150",
        "offers_consent": "Ya",
        "balance_due": _rupiah(412_500),
        "mobile_phone": f"0809-{_random_digits(chance, 4)}-{_random_digits(chance, 2)}47",
        "email": "sari.wulandari@gading.example",
        "nik": _nik("327399", born, True, 3),
        "birth_date": born.strftime("%d/%m/%Y"),
        "npwp": _npwp(chance, "4000"),
        "card_number": _grouped(card),
        "bank_account": f"{_random_digits(chance, 8)}88",
        "health_note": "Diabetes tipe 2; jadwalkan telepon setelah makan siang.",
        "guardian_name": "",
        "passport_number": "",
    }


def _day(chance: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=chance.randint(0, (last - first).days))


def _random_digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choices("0123456789", k=count))


def _rupiah(amount: int) -> str:
    return "Rp " + f"{amount:,}".replace(",", ".")


def _mobile(chance: random.Random) -> str:
    """A number of the prefix 0809, in one of the ways in which people write it."""
    first, last = _random_digits(chance, 4), _random_digits(chance, 4)
    return chance.choice((f"0809-{first}-{last}", f"0809{first}{last}", f"+62 809 {first} {last}"))


def _nik(code: str, born: date, woman: bool, serial: int) -> str:
    """Place, birth date (a woman's day plus 40) and a serial number from 1."""
    day = born.day + (40 if woman else 0)
    return f"{code}{day:02}{born:%m%y}{serial % 9_999 + 1:04}"


def _npwp(chance: random.Random, end: str = "") -> str:
    """The form of 15 digits with its points; tax offices 990 to 999 do not exist."""
    body = _random_digits(chance, 8)
    end = end or "9000"
    return f"{body[:2]}.{body[2:5]}.{body[5:]}.{luhn_digit(body)}-99{end[0]}.{end[1:]}"


def _card(beginning: str, middle: str) -> str:
    digits = f"{beginning}{middle}"
    return digits + luhn_digit(digits)


def _grouped(digits: str) -> str:
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))


if __name__ == "__main__":
    write_customers(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5000)
