"""The invented people of the office in memory: whoever works there, its customers, and what their fields are called."""

import time

from app.domain.data_class import DataClass
from app.domain.mask import Mask
from app.domain.role import Role
from app.domain.table_query import FilterKind, TableColumn
from app.domain.two_languages import TwoLanguages
from app.session.shown import Action, Person, ShownField
from app.ui.language import spoken

INDONESIAN = {
    "Name": "Nama",
    "Number": "Nomor",
    "City": "Kota",
    "Ticket": "Tiket",
    "Queue": "Antrean",
    "Mobile phone": "Nomor HP",
    "Email": "Surel",
    "Address": "Alamat",
    "Date of birth": "Tanggal lahir",
    "Card number": "Nomor kartu",
    "Full name": "Nama lengkap",
    "Second phone": "Telepon lain",
    "Bank account": "Nomor rekening",
    "Health note": "Catatan kesehatan",
    "Language": "Bahasa",
    "Plan": "Paket",
    "Balance due": "Tagihan",
    "Last contact": "Kontak terakhir",
    "customer since 2019": "pelanggan sejak 2019",
    "ticket {t}": "tiket {t}",
    "Call back on this line": "Menelepon balik ke nomor ini",
    "Read out to confirm delivery": "Membacakan untuk memastikan pengiriman",
    "Correct a wrong number": "Memperbaiki nomor atau alamat yang salah",
    "Other, say why": "Lainnya",
    "Refund to account": "Mengembalikan dana ke rekening ini",
    "My own reveals are used up for now": "Jatah buka saya untuk sekarang habis",
    "I work outside my hours": "Saya bekerja di luar jam kerja",
    "Dispute on this card": "Pelanggan menyanggah tagihan kartu ini",
}


def local(text: str) -> str:
    """What inventory and policy would say in the language of the screen."""
    return TwoLanguages(text, INDONESIAN.get(text, text), spoken().value)


COLUMNS = (
    TableColumn("name", "Name", "name"),
    TableColumn("number", "Number", "number"),
    TableColumn("city", "City", "city", FilterKind.AMONG),
    TableColumn("phone", "Mobile phone", "phone", is_masked=True),
    TableColumn("last_contact", "Last contact", "date", FilterKind.DAYS),
    TableColumn("ticket", "Ticket", "ticket", is_usual=False),
    TableColumn("queue", "Queue", "queue", FilterKind.AMONG),
    TableColumn("plan", "Plan", "text", FilterKind.AMONG, is_usual=False),
    TableColumn("email", "Email", "email", is_masked=True, is_usual=False),
)
PLANS = ("Pascabayar 150", "Prabayar", "Rumah 30 Mbps")
CANARY = "+62 812 0455 9147"
PEOPLE = (
    ("Sari Wulandari", "C-104288", "Bandung", "Billing", "T-55120"),
    ("Bagas Pramudya", "C-118034", "Surabaya", "Billing", "T-55131"),
    ("Ni Luh Ayu Kartika", "C-097715", "Denpasar", "Billing", "T-55133"),
    ("Yohanes Simatupang", "C-121190", "Medan", "Cards", "T-55139"),
    ("Dewi Anjani Putri", "C-100342", "Yogyakarta", "Billing", "T-55140"),
    ("Rahmat Hidayatullah", "C-115527", "Makassar", "Cards", "T-55144"),
    ("Maria Goreti Bere", "C-089961", "Kupang", "Billing", "T-55151"),
    ("Fajar Nugroho", "C-119874", "Semarang", "Claims", "T-55153"),
    ("Siti Aminah", "C-107203", "Palembang", "Billing", "T-55156"),
    ("Togar Panjaitan", "C-123011", "Balikpapan", "Claims", "T-55158"),
)

MASKS = {
    "mobile_phone": Mask("+62", "47", 10),
    "email": Mask("s", "@g", 10),
    "address": Mask("", "Bandung", 16),
    "nik": Mask("", "0004", 16),
    "birth_date": Mask("", "1987", 6),
    "npwp": Mask("", "4000", 10),
    "card_number": Mask("5412 75", "4417", 6),
    "bank_account": Mask("", "88", 10),
    "health_note": Mask("", "", 16),
}
VALUES = {
    "mobile_phone": CANARY,
    "email": "sari.wulandari@gmail.example",
    "address": "Jalan Cihampelas 160, Coblong, Bandung 40131",
}


def _field(name: str, label: str, kind: str, data_class: DataClass, action: Action, reason: str) -> ShownField:
    verify = name not in {"address", "health_note"}
    mask = MASKS[name]
    return ShownField(name, local(label), kind, data_class, "", mask, action, reason, can_verify=verify)


def _empty(fields: tuple[ShownField, ...], keep: int) -> tuple[ShownField, ...]:
    return tuple(
        field if at < keep else field._replace(mask=None, action=Action.NONE, reason="empty")
        for at, field in enumerate(fields)
    )


def card_sections(*, sparse: bool = False) -> tuple[tuple[DataClass, tuple[ShownField, ...]], ...]:
    contact = ("may_reveal", DataClass.CONTACT, Action.REVEAL)
    identity = ("supervisor_opens", DataClass.IDENTITY, Action.ASK)
    financial = ("supervisor_opens", DataClass.FINANCIAL, Action.ASK)
    special = ("privacy_officer_only", DataClass.SPECIAL, Action.NONE)
    rows = (
        (
            contact,
            (("mobile_phone", "Mobile phone", "phone"), ("email", "Email", "email"), ("address", "Address", "address")),
        ),
        (identity, (("nik", "NIK", "nik"), ("birth_date", "Date of birth", "birth_date"), ("npwp", "NPWP", "npwp"))),
        (financial, (("card_number", "Card number", "pan"), ("bank_account", "Bank account", "account"))),
        (special, (("health_note", "Health note", "long_text"),)),
    )
    sections = tuple(
        (data_class, tuple(_field(name, label, kind, data_class, action, reason) for name, label, kind in fields))
        for (reason, data_class, action), fields in rows
    )
    return tuple((c, _empty(fields, 0 if len(fields) < 2 else 1)) for c, fields in sections) if sparse else sections


def person(role: Role = Role.AGENT, *, waits: bool = False) -> Person:
    """Ratna, an agent, Hendra, a supervisor, or Maya, a privacy officer."""
    now = time.time()
    names = {
        Role.AGENT: ("ratna.dewanti", "Ratna Dewanti"),
        Role.SUPERVISOR: ("hendra.kusuma", "Hendra Kusuma"),
        Role.PRIVACY_OFFICER: ("maya.paramita", "Maya Paramita"),
        Role.ADMINISTRATOR: ("adi.nugroho", "Adi Nugroho"),
    }
    account, name = names[role]
    return Person(account, name, role, ("Billing", "Cards", "Claims"), "SBY-0417", now + 22_340, now + 1_640, (), waits)
