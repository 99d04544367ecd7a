"""Evidence from what lies in the database: encryption, masks, keys and who holds them."""

import json
from collections.abc import Iterator

from sqlalchemy import and_, func, or_, select, text

from app.auth.book import State
from app.backoffice import schema
from app.backoffice.compliance.look import Look
from app.backoffice.master import IN_SETTINGS
from app.backoffice.rights import POLICIES
from app.crypto.labels import SUITE
from app.domain.compliance.finding import Found, counted
from app.domain.kinds import Kind
from app.domain.role import Role

_HEAD, _PADDED = 1 + 16 + 16 + 16, 32
"""Bytes of a sealed value beside its text: suite, batch, salt and tag; the text is padded."""
_CARD_SHOWN = 10
_AT_ONCE = 2_000


def stored_encrypted(look: Look) -> Found:
    """The office's file is SQLCipher's; behind a gateway nobody sees from here on what the database's disk is."""
    if look.is_postgres:
        return Found(
            False,
            "Sealed values are encrypted, but open fields (such as names) lie in PostgreSQL as they are, and whether "
            "its disk is encrypted cannot be seen from here: whoever runs the server has to show it.",
            "Nilai tertutup terenkripsi, tetapi kolom terbuka (misalnya nama) ada di PostgreSQL apa adanya, dan apakah "
            "disknya terenkripsi tidak terlihat dari sini: pengelola server harus menunjukkannya.",
        )
    version = _cipher_of(look)
    is_met = bool(version)
    return Found(
        is_met,
        f"The office's file lies under a key of SQLCipher {version}."
        if is_met
        else "The office's file can be read without a key.",
        f"Berkas kantor berada di bawah kunci SQLCipher {version}."
        if is_met
        else "Berkas kantor dapat dibaca tanpa kunci.",
    )


def _cipher_of(look: Look) -> str:
    """SQLCipher's version, if this connection's file is under a key; otherwise nothing.

    The file itself is not opened to look: closing it would drop the locks that this process holds on it.
    """
    if _said(look, "cipher_status") != "1":
        return ""
    return _said(look, "cipher_version").split()[0]


def _said(look: Look, pragma: str) -> str:
    result = look.db.exec_driver_sql(f"PRAGMA {pragma}")
    row = result.first() if result.returns_rows else None  # SQLite answers a pragma that it does not know by nothing
    return str(row[0] or "") if row is not None else ""


def values_sealed(look: Look) -> Found:
    """Each value of a sealed field has the form of a sealed one, and is of the class that its field has now."""
    table = schema.sealed_values.c
    there = select(table.record).where(func.length(table.blob) > 0)
    length = func.length(table.blob)
    unsealed = or_(
        func.substr(table.blob, 1, 1) != SUITE, length <= _HEAD, (length - _HEAD) % _PADDED != 0
    )  # fmt: skip
    classes = {one.name: one.data_class.value for one in look.inventory.fields if one.data_class.is_sealed}
    other = or_(
        table.field.not_in(list(classes)),
        *(and_(table.field == name, table.data_class != data_class) for name, data_class in classes.items()),
    )
    total, bad, moved = (look.count(query) for query in (there, there.where(unsealed), there.where(other)))
    return Found(
        bad == 0 and moved == 0,
        f"{total} values are sealed; {bad} do not have the form of a sealed one, {moved} are of another class than "
        "their field.",
        f"{total} nilai disegel; {bad} tidak berbentuk nilai tersegel, {moved} berkelas lain dari kolomnya.",
    )


def masked(look: Look) -> Found:
    """No sealed field stands among the open ones of any customer."""
    sealed = {one.name for one in look.inventory.fields if one.data_class.is_sealed}
    total = bare = 0
    for open_fields, _masks in _customers(look):
        total += 1
        bare += not sealed.isdisjoint(json.loads(open_fields))
    return Found(
        bare == 0,
        f"Of {total} customers, {bare} have a sealed field in the open; {len(sealed)} fields are sealed.",
        f"Dari {total} pelanggan, {bare} memiliki kolom tertutup yang terbuka; {len(sealed)} kolom tertutup.",
    )


def card_masks(look: Look) -> Found:
    """No stored mask of a card shows more than ten digits."""
    cards = [one.name for one in look.inventory.fields if one.kind is Kind.PAN]
    total = shown = 0
    for _open, masks in _customers(look):
        kept = json.loads(masks)
        for name in cards:
            if name in kept:
                total += 1
                shown += sum(map(str.isdigit, f"{kept[name][0]}{kept[name][1]}")) > _CARD_SHOWN
    return Found(
        shown == 0,
        f"{counted(len(cards), 'field holds', 'fields hold')} cards; of {total} masks, "
        f"{shown} show more than ten digits.",
        f"{len(cards)} kolom memuat kartu; dari {total} samaran, {shown} memperlihatkan lebih dari sepuluh angka.",
    )


def _customers(look: Look) -> Iterator[tuple[str, str]]:
    """Open fields and masks of everybody, some at a time."""
    table = schema.customers.c
    for row in look.db.execute(select(table.open_fields, table.masks).execution_options(yield_per=_AT_ONCE)):
        yield row.open_fields, row.masks


def master_apart(look: Look) -> Found:
    """The master is outside a database that others run; on a workstation it is inside an encrypted file."""
    inside = look.db.execute(
        select(func.count())
        .select_from(schema.settings)
        .where(schema.settings.c.name.startswith("master_", autoescape=True))
    ).scalar_one()
    if look.is_postgres:
        return Found(
            inside == 0 and look.master is not IN_SETTINGS,
            f"The database holds {inside} masters; the gateway is handed it from outside.",
            f"Basis data memuat {inside} kunci induk; gateway menerimanya dari luar.",
        )
    is_met = bool(_cipher_of(look))
    return Found(
        is_met,
        "The master is inside the encrypted file, whose key lies in slots under people's passwords and this "
        "workstation's keyring."
        if is_met
        else "The master lies in a file that can be read without a key.",
        "Kunci induk berada di dalam berkas terenkripsi, yang kuncinya disimpan di bawah kata sandi orang dan "
        "gantungan kunci komputer ini."
        if is_met
        else "Kunci induk berada dalam berkas yang dapat dibaca tanpa kunci.",
    )


def class_grants(look: Look) -> Found:
    """Each class key in the database is for somebody whom the book shows holding it."""
    table = schema.class_grants.c
    rows = look.db.execute(select(table.account, table.data_class)).all()
    strangers = [row for row in rows if row.data_class not in look.book.granted(row.account)]
    holders = {row.account for row in rows}
    return Found(
        not strangers,
        f"{len(rows)} class keys are kept for {len(holders)} accounts; {len(strangers)} for one that the book does not "
        "show.",
        f"{len(rows)} kunci kelas disimpan untuk {len(holders)} akun; {len(strangers)} untuk yang tidak tercantum "
        "dalam buku.",
    )


def rotation(look: Look) -> Found:
    """No class key waits to be replaced."""
    due = [one.value for one in look.book.rotation_due]
    return Found(
        not due,
        f"Class keys that wait to be replaced: {', '.join(due) or 'none'}.",
        f"Kunci kelas yang menunggu diganti: {', '.join(due) or 'tidak ada'}.",
    )


def second_factor(look: Look) -> Found:
    """Each account at work has an authenticator."""
    active = {one.name for one in look.book.accounts() if one.state == State.ACTIVE and one.role != Role.RECOVERY}
    table = schema.accounts.c
    with_one = set(look.db.execute(select(table.name).where(func.length(table.totp) > 0)).scalars())
    lacking = {one for one in active if one not in with_one}
    return Found(
        not lacking,
        f"{counted(len(active), 'account is', 'accounts are')} at work; "
        f"{counted(len(lacking), 'has', 'have')} no authenticator.",
        f"{len(active)} akun aktif; {len(lacking)} tanpa autentikator.",
    )


def row_security(look: Look) -> Found:
    """PostgreSQL keeps queues apart by itself; a file on one's own workstation does not."""
    if not look.is_postgres:
        return Found(
            False,
            "In this home queues are kept apart by Tirai alone: whoever has this OS account and a password can open "
            "the office's file by hand. A gateway's database keeps them apart by itself.",
            "Di pemasangan ini antrean dipisahkan oleh Tirai saja: pemegang akun OS ini beserta kata sandinya dapat "
            "membuka berkas kantor sendiri. Basis data gateway memisahkannya sendiri.",
        )
    on = text("SELECT c.relname FROM pg_class c WHERE c.relrowsecurity AND c.relforcerowsecurity")
    found = set(look.db.execute(on).scalars())
    lacking = sorted(set(POLICIES) - found)
    return Found(
        not lacking,
        f"{len(POLICIES) - len(lacking)} of {len(POLICIES)} tables of customers have row-level security in force.",
        f"{len(POLICIES) - len(lacking)} dari {len(POLICIES)} tabel pelanggan memakai keamanan tingkat baris.",
    )
