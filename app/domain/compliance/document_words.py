"""The words of the access review and of the impact assessment's draft, in both languages."""

from typing import Final

_EN: Final = {
    "review.title": "Access review",
    "review.about": "Who holds which class and when it was last used, out of the book and the audit log. For the "
    "quarterly check: decide each line.",
    "office": "Office", "made": "Made", "made_by": "Made by", "entry": "Audit entry", "page": "Page {n} of {total}",
    "review.people": "Accounts", "review.holds": "Classes held", "review.sign": "Reviewed by",
    "person": "Person", "role": "Role", "queues": "Queues", "state": "State", "last_sign_in": "Last sign-in",
    "class": "Class", "last_used": "Last used", "decision": "Keep / take away", "never": "never", "none": "none",
    "line": "____________", "name_date": "Name, date, signature: ______________________________",
    "state.active": "at work", "state.invited": "invited", "state.reset": "reset", "state.closed": "closed",
    "every_queue": "every queue", "role.recovery": "recovery kit", "role.administrator": "administrator",
    "class.note": "note",
    "dpia.title": "Impact assessment: draft",
    "dpia.about": "UU 27/2022 (UU PDP) article 34; PP 33/2026 articles 120 to 122. Filled from the inventory and from "
    "the office as it is now; what people have to judge is left open.",
    "dpia.why": "Why it is asked for (article 34(2))",
    "dpia.specific": "Specific data is processed: {names}.",
    "dpia.no_specific": "The inventory has no specific data.",
    "dpia.scale": "{customers} customers are held; {accounts} accounts are at work. Whether that is large is "
    "judged here: ",
    "dpia.activities": "What is done", "dpia.purpose": "Purpose", "dpia.grounds": "Grounds", "dpia.data": "Data",
    "dpia.recipients": "Who else gets it", "dpia.kept": "Kept at the longest",
    "dpia.opens": "Who opens what",
    "dpia.risks": "What is not met here, and so raises the risk",
    "dpia.measures": "What is met, and so lowers it",
    "dpia.article": "Article", "dpia.asks": "What is asked", "dpia.shown": "Evidence",
    "dpia.gaps": "What the inventory does not say",
    "dpia.judgement": "To be judged by people",
    "dpia.judge": "For each purpose: need and proportion; likelihood and severity for the customer; further measures; "
    "what remains; the officer's opinion.",
    "dpia.need": "Need, proportion", "dpia.severity": "Likelihood, severity", "dpia.further": "Further measures",
}  # fmt: skip
_ID: Final = {
    "review.title": "Tinjauan hak akses",
    "review.about": "Siapa memegang kelas apa dan kapan terakhir dipakai, dari buku dan catatan audit. Untuk "
    "pemeriksaan triwulanan: putuskan setiap baris.",
    "office": "Kantor", "made": "Dibuat", "made_by": "Dibuat oleh", "entry": "Entri audit",
    "page": "Halaman {n} dari {total}",
    "review.people": "Akun", "review.holds": "Kelas yang dipegang", "review.sign": "Ditinjau oleh",
    "person": "Orang", "role": "Peran", "queues": "Antrean", "state": "Status", "last_sign_in": "Terakhir masuk",
    "class": "Kelas", "last_used": "Terakhir dipakai", "decision": "Tetap / cabut", "never": "belum pernah",
    "none": "tidak ada",
    "line": "____________", "name_date": "Nama, tanggal, tanda tangan: ______________________________",
    "state.active": "aktif", "state.invited": "diundang", "state.reset": "diatur ulang", "state.closed": "ditutup",
    "every_queue": "semua antrean", "role.recovery": "perangkat pemulihan", "role.administrator": "administrator",
    "class.note": "catatan",
    "dpia.title": "Penilaian dampak: rancangan",
    "dpia.about": "UU 27/2022 (UU PDP) Pasal 34; PP 33/2026 Pasal 120 sampai 122. Diisi dari inventaris dan dari "
    "keadaan kantor sekarang; yang harus dinilai orang dibiarkan kosong.",
    "dpia.why": "Mengapa diminta (Pasal 34 ayat (2))",
    "dpia.specific": "Data spesifik diproses: {names}.",
    "dpia.no_specific": "Inventaris tidak memuat data spesifik.",
    "dpia.scale": "Tersimpan {customers} pelanggan; {accounts} akun aktif. Apakah itu skala besar dinilai di sini: ",
    "dpia.activities": "Yang dilakukan", "dpia.purpose": "Tujuan", "dpia.grounds": "Dasar", "dpia.data": "Data",
    "dpia.recipients": "Penerima lain", "dpia.kept": "Paling lama disimpan",
    "dpia.opens": "Siapa membuka apa",
    "dpia.risks": "Yang tidak terpenuhi di sini, sehingga risikonya naik",
    "dpia.measures": "Yang terpenuhi, sehingga risikonya turun",
    "dpia.article": "Pasal", "dpia.asks": "Yang diminta", "dpia.shown": "Bukti",
    "dpia.gaps": "Yang belum disebut inventaris",
    "dpia.judgement": "Dinilai oleh orang",
    "dpia.judge": "Untuk setiap tujuan: kebutuhan dan proporsi; kemungkinan dan beratnya dampak bagi pelanggan; "
    "tindakan lanjutan; yang tersisa; pendapat pejabat pelindungan data.",
    "dpia.need": "Kebutuhan, proporsi", "dpia.severity": "Kemungkinan, berat", "dpia.further": "Tindakan lanjutan",
}  # fmt: skip
WORDS: Final = {"en": _EN, "id": _ID}


class DocumentWords:
    """The words in one language; Indonesian for `id`, otherwise English."""

    def __init__(self, language: str) -> None:
        self.language = "id" if language == "id" else "en"
        self._words = WORDS[self.language]

    def text(self, key: str, **what: object) -> str:
        """A text by its key, filled in."""
        return self._words[key].format(**what) if what else self._words[key]
