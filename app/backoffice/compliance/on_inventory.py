"""Evidence from the inventory: what is collected, why, for how long, and who answers for it."""

from sqlalchemy import func, select

from app.backoffice import schema
from app.backoffice.compliance.look import Look
from app.domain.compliance.finding import Found, counted
from app.domain.privacy.processing_record import processing_record
from app.domain.role import Role

_GAPS = {
    "controller_name": ("who the controller is", "siapa pengendalinya"),
    "controller_contact": ("how the controller is reached", "cara menghubungi pengendali"),
    "controller_officer": ("who answers for data protection", "penanggung jawab pelindungan data"),
    "recipients": ("who else gets the data", "siapa lagi yang menerima data"),
    "recipient_country": ("the country of a recipient", "negara sebuah penerima"),
    "unused_purpose": ("the fields of a purpose", "kolom sebuah tujuan"),
}
"""What a gap of the record is called, by its code."""


def grounds(look: Look) -> Found:
    """Each field has a purpose that is declared."""
    known = {purpose.name for purpose in look.inventory.purposes}
    fields = look.inventory.fields
    lacking = [one.name for one in fields if not one.purposes or not set(one.purposes) <= known]
    return Found(
        not lacking,
        f"{len(fields)} fields, each with a ground; {len(lacking)} without a declared purpose.",
        f"{len(fields)} kolom, masing-masing dengan dasar; {len(lacking)} tanpa tujuan yang dinyatakan.",
    )


def record(look: Look) -> Found:
    """The record of processing has no gap."""
    found = processing_record(look.inventory)
    gaps = [words for code, words in _GAPS.items() if any(gap.code == code for gap in found.gaps)]
    english, indonesian = (", ".join(one[at] for one in gaps) for at in (0, 1))
    count = len(found.activities)
    if not found.gaps:
        return Found(
            True,
            f"{count} activities are computed from the inventory, which lacks nothing.",
            f"{count} kegiatan dihitung dari inventaris, yang tidak kurang apa pun.",
        )
    return Found(
        False,
        f"{count} activities are computed from the inventory, which does not say: {english}.",
        f"{count} kegiatan dihitung dari inventaris, yang belum menyebut: {indonesian}.",
    )


def retention_stated(look: Look) -> Found:
    """Each field says for how many months it is kept, and from when."""
    fields = look.inventory.fields
    lacking = [one.name for one in fields if one.retention.months < 1]
    longest = max((one.retention.months for one in fields), default=0)
    return Found(
        bool(fields) and not lacking,
        f"{len(fields) - len(lacking)} of {len(fields)} fields say it; the longest is kept for {longest} months.",
        f"{len(fields) - len(lacking)} dari {len(fields)} kolom menyatakannya; yang terlama {longest} bulan.",
    )


def notice_told(look: Look) -> Found:
    """The inventory names a notice, and each customer who was typed in was told of one."""
    table = schema.collected
    total = look.db.execute(select(func.count(table.c.id))).scalar_one()
    bare = look.db.execute(select(func.count(table.c.id)).where(table.c.notice == "")).scalar_one()
    read = look.db.execute(select(func.count(table.c.notice_digest))).scalar_one()
    version = look.inventory.notice
    return Found(
        bool(version) and bare == 0,
        f"The notice is {version or 'not named'}; of {total} customers taken down here, {bare} were told of none, "
        f"{read} of a published text by its digest.",
        f"Pemberitahuan: {version or 'belum disebut'}; dari {total} pelanggan yang dicatat di sini, {bare} tidak "
        f"diberi tahu, {read} diberi tahu teks terbit menurut digestnya.",
    )


def officer(look: Look) -> Found:
    """The inventory names who is responsible, and the book has a privacy officer at work."""
    accounts = [one for one in look.book.accounts() if one.role == Role.PRIVACY_OFFICER and one.state == "active"]
    is_named = bool(look.inventory.controller.officer)
    en, said = ("names", "menyebut") if is_named else ("does not name", "tidak menyebut")
    return Found(
        is_named and bool(accounts),
        f"The inventory {en} the officer ([controller] officer); "
        f"{counted(len(accounts), 'account has', 'accounts have')} the role.",
        f"Inventaris {said} pejabatnya ([controller] officer); {len(accounts)} akun memiliki peran itu.",
    )


def contact(look: Look) -> Found:
    """The inventory says how customers reach the controller."""
    is_named = bool(look.inventory.controller.contact)
    return Found(
        is_named,
        "The inventory names it ([controller] contact)." if is_named else "Not said in the inventory: [controller].",
        "Inventaris menyebutnya ([controller] contact)."
        if is_named
        else "Belum disebut dalam inventaris: [controller].",
    )


def countries(look: Look) -> Found:
    """For each purpose it is said who else gets the data, and in which country."""
    silent = [one.name for one in look.inventory.purposes if one.recipients is None]
    bare = [one.name for one in look.inventory.recipients if not one.country]
    return Found(
        not silent and not bare,
        f"{counted(len(silent), 'purpose does', 'purposes do')} not say who else gets the data; "
        f"{counted(len(bare), 'recipient has', 'recipients have')} no country.",
        f"{len(silent)} tujuan tidak menyebut penerima lain; {len(bare)} penerima tanpa negara.",
    )
