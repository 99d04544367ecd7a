"""The sentences of a certificate, in both languages, by the codes that stand in its JSON."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.domain.erasure.words import Action, Ground

ARTICLE: Final[Mapping[Action, str]] = MappingProxyType(
    {Action.ERASE: "UU 27/2022 art. 43", Action.DESTROY: "UU 27/2022 art. 44"}
)

NOTES, LOG, AGAIN, WAL, VACUUM, BACKUPS, NO_BACKUP, DISK, OUTBOX, GIVEN_OUT = (
    "notes_of_others",
    "log_keeps_pseudonym",
    "kept_from_coming_back",
    "written_over",
    "database_cleans_up",
    "backups_live",
    "no_backup_lives",
    "free_blocks",
    "outboxes_shut",
    "copies_given_out",
)


def remarks_of(action: Action, *, is_shared: bool, has_backups: bool) -> tuple[str, ...]:
    """What a certificate has to say besides its figures.

    Args:
        action: what was done.
        is_shared: whether the office lies in PostgreSQL, which writes over old rows by itself.
        has_backups: whether backups with the customers' keys live still.
    """
    backups = BACKUPS if has_backups else NO_BACKUP
    assert action is Action.ERASE or not has_backups, "a destruction is over when no backup opens"
    return NOTES, LOG, AGAIN, OUTBOX, VACUUM if is_shared else WAL, DISK, GIVEN_OUT, backups


SENTENCES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "title.erase": ("Certificate of erasure", "Berita acara penghapusan data pribadi"),
        "title.destroy": ("Certificate of destruction", "Berita acara pemusnahan data pribadi"),
        "heading.customers": ("Customers, by pseudonym; entry of the log", "Pelanggan, dengan pseudonim; entri log"),
        "heading.remarks": ("What this certificate covers", "Cakupan berita acara ini"),
        "heading.proof": ("Proof", "Bukti"),
        "label.number": ("Number", "Nomor"),
        "label.organisation": ("Organisation", "Organisasi"),
        "label.article": ("Basis in law", "Dasar hukum"),
        "label.ground": ("Ground", "Alasan"),
        "label.reference": ("Reference", "Rujukan"),
        "label.proposed": ("Ordered by", "Diperintahkan oleh"),
        "label.approved": ("Approved by", "Disetujui oleh"),
        "label.made": ("Made", "Dibuat"),
        "label.destroyed": ("Destroyed", "Dimusnahkan"),
        "label.suppressed": ("Against a return", "Agar tidak kembali"),
        "label.workstations": ("Workstations", "Komputer"),
        "label.entry": ("Log, its head", "Log, kepalanya"),
        "label.office": ("Office", "Kantor"),
        "label.signature.proposed": ("Signature of who ordered", "Tanda tangan pemberi perintah"),
        "label.signature.approved": ("Signature of who approved", "Tanda tangan penyetuju"),
        "label.digest": ("SHA-256 of the JSON", "SHA-256 dari JSON"),
        "fate.pending": ("still there", "masih ada"),
        "fate.erased": ("erased", "dihapus"),
        "fate.destroyed": ("destroyed", "dimusnahkan"),
        "fate.held": ("held by law, stays", "ditahan demi hukum, tetap ada"),
        "fate.not_due": ("not due, stays", "belum jatuh tempo, tetap ada"),
        "fate.gone": ("was gone before", "sudah tidak ada sebelumnya"),
        "article.erase": (
            "Law No. 27 of 2022 (UU PDP), article 43",
            "Undang-Undang Nomor 27 Tahun 2022 (UU PDP), Pasal 43",
        ),
        "article.destroy": (
            "Law No. 27 of 2022 (UU PDP), article 44",
            "Undang-Undang Nomor 27 Tahun 2022 (UU PDP), Pasal 44",
        ),
        "consoles.told": ("told and cleared: {n}", "diberi tahu dan dibersihkan: {n}"),
        "consoles.ended": ("session over, cache gone: {n}", "sesi berakhir, cache musnah: {n}"),
        "consoles.none": ("no console was open", "tidak ada konsol yang terbuka"),
        "hashes": ("keyed hashes: {n}", "hash berkunci: {n}"),
        NOTES: (
            "Notes about these customers were destroyed. What notes about other customers say of them is sealed and "
            "cannot be searched; it was not looked for.",
            "Catatan tentang para pelanggan ini telah dimusnahkan. Sebutan tentang mereka dalam catatan pelanggan lain "
            "tersegel dan tidak dapat dicari, sehingga tidak ditelusuri.",
        ),
        LOG: (
            "The audit log keeps who worked on these records and when, under the pseudonyms above, which lead to "
            "nobody any more.",
            "Log audit tetap mencatat siapa yang menangani data ini dan kapan, dengan pseudonim di atas yang tidak "
            "lagi menunjuk siapa pun.",
        ),
        AGAIN: (
            "Keyed hashes keep these customers from coming back by an import; they hold no value.",
            "Hash berkunci mencegah data para pelanggan ini masuk kembali lewat impor; hash itu tidak memuat nilai.",
        ),
        WAL: (
            "The office's file and its write-ahead log were written over.",
            "Berkas kantor dan log tulisnya telah ditimpa.",
        ),
        VACUUM: (
            "PostgreSQL keeps deleted rows in its files, statistics and write-ahead log until its operator has them "
            "rewritten (VACUUM FULL, checkpoint), and in replicas and archives of that log for as long as these are "
            "kept. This certificate does not confirm it; the operator does, by the manual's steps.",
            "PostgreSQL masih menyimpan baris yang dihapus dalam berkas, statistik, dan log tulisnya sampai "
            "operatornya menulis ulang semuanya (VACUUM FULL, checkpoint), juga dalam replika dan arsip log itu selama "
            "masih disimpan. Berita acara ini tidak memastikannya; operatorlah yang memastikan, menurut langkah di "
            "manual.",
        ),
        OUTBOX: (
            "What a console kept about these customers for the office and has not brought opens for nobody once its "
            "session is over: the office has cut their keys out. What is brought later is dropped unread.",
            "Catatan tentang para pelanggan ini yang disimpan konsol untuk kantor dan belum dikirim tidak dapat dibuka "
            "siapa pun setelah sesinya berakhir: kantor telah memusnahkan kuncinya. Catatan yang dikirim kemudian "
            "dibuang tanpa dibaca.",
        ),
        GIVEN_OUT: (
            "Copies, letters and exports that were given out before are outside of Tirai; the office keeps none.",
            "Salinan, surat, dan ekspor yang telah diserahkan sebelumnya berada di luar Tirai; kantor tidak "
            "menyimpannya.",
        ),
        DISK: (
            "What a disk or a snapshot keeps of blocks that were written over is outside of Tirai.",
            "Sisa blok yang tertimpa pada cakram atau snapshot berada di luar Tirai.",
        ),
        BACKUPS: (
            "Backups that were made before hold these customers' keys until the periods below are destroyed. Whoever "
            "restores one of them before then erases again by this certificate.",
            "Cadangan yang dibuat sebelumnya masih memuat kunci para pelanggan ini sampai periode di bawah "
            "dimusnahkan. Siapa pun yang memulihkannya sebelum itu wajib menghapus kembali menurut berita acara ini.",
        ),
        NO_BACKUP: (
            "No living backup of this office holds these customers' keys.",
            "Tidak ada cadangan kantor ini yang masih memuat kunci para pelanggan ini.",
        ),
    }
)
"""English and Indonesian."""

COUNT_WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "rows": ("customer records", "data pelanggan"),
        "values": ("sealed values", "nilai tersegel"),
        "open": ("open values", "nilai terbuka"),
        "notes": ("notes", "catatan"),
        "visits": ("conversations", "percakapan"),
        "edits": ("earlier versions", "versi sebelumnya"),
        "checks": ("checks of callers", "pemeriksaan penelepon"),
        "requests": ("requests and permissions", "permintaan dan izin"),
        "comments": ("reasons in own words", "alasan dengan kata sendiri"),
        "origin": ("origins and consents", "asal data dan persetujuan"),
        "outbox": ("entries of consoles", "kiriman konsol"),
        "index": ("search entries", "entri pencarian"),
        "keys": ("keys", "kunci"),
    }
)
"""English and Indonesian names of what an order destroyed, in the sequence of a certificate."""

KEPT_HASHES: Final = "suppressed"
"""What is counted with what was destroyed, and was made instead: hashes that keep a customer from coming back."""


def counts_said(counts: Mapping[str, int], language: str) -> str:
    """What was destroyed, each with its figure; a word that this version does not know stands as it is."""
    at = 1 if language == "id" else 0
    known = [(names[at], counts[what]) for what, names in COUNT_WORDS.items() if what in counts]
    others = [(what, n) for what, n in sorted(counts.items()) if what not in COUNT_WORDS and what != KEPT_HASHES]
    return "; ".join(f"{what}: {n}" for what, n in known + others)


GROUND_WORDS: Final[Mapping[Ground, tuple[str, str]]] = MappingProxyType(
    {
        Ground.NOT_NEEDED: ("no longer needed", "tidak diperlukan lagi"),
        Ground.WITHDRAWN: ("consent withdrawn", "persetujuan ditarik"),
        Ground.REQUESTED: ("requested by the person", "diminta oleh subjek data"),
        Ground.UNLAWFUL: ("obtained unlawfully", "diperoleh secara melawan hukum"),
        Ground.TIME_OVER: ("time of retention over", "masa retensi berakhir"),
        Ground.NO_CASE: ("tied to no legal case", "tidak terkait perkara hukum"),
    }
)
"""English and Indonesian."""


def said(code: str, language: str) -> str:
    """A sentence by its code; Indonesian for `id`, otherwise English."""
    english, indonesian = SENTENCES[code]
    return indonesian if language == "id" else english
