"""The words around a compliance report, in both languages."""

from typing import Final

_EN: Final = {
    "title": "Compliance report",
    "about": "Control by control, with what the office shows for each at the time given. Not legal advice.",
    "office": "Office",
    "office_key": "Its own number (O)",
    "home": "Where it lies",
    "home.postgresql": "PostgreSQL, behind gateways",
    "home.file": "an encrypted file on a workstation",
    "made": "Made",
    "made_by": "Made by",
    "entry": "Audit entry",
    "overview": "Met and not met, by source",
    "met": "met",
    "not_met": "not met here",
    "why": "Not met here, because",
    "shown": "Shown by",
    "column.article": "Article",
    "column.asks": "What is asked",
    "column.state": "State",
    "column.evidence": "Evidence",
    "column.source": "Source",
    "page": "Page {n} of {total}",
}
_ID: Final = {
    "title": "Laporan kepatuhan",
    "about": "Kontrol demi kontrol, beserta apa yang ditunjukkan kantor pada waktu tersebut. Bukan nasihat hukum.",
    "office": "Kantor",
    "office_key": "Nomornya sendiri (O)",
    "home": "Letaknya",
    "home.postgresql": "PostgreSQL, di balik gateway",
    "home.file": "berkas terenkripsi di komputer",
    "made": "Dibuat",
    "made_by": "Dibuat oleh",
    "entry": "Entri audit",
    "overview": "Terpenuhi dan tidak, menurut sumber",
    "met": "terpenuhi",
    "not_met": "tidak terpenuhi di sini",
    "why": "Tidak terpenuhi di sini, karena",
    "shown": "Ditunjukkan oleh",
    "column.article": "Pasal",
    "column.asks": "Yang diminta",
    "column.state": "Status",
    "column.evidence": "Bukti",
    "column.source": "Sumber",
    "page": "Halaman {n} dari {total}",
}


class ReportWords:
    """The words in one language; Indonesian for `id`, otherwise English."""

    def __init__(self, language: str) -> None:
        self.language = "id" if language == "id" else "en"
        self._words = _ID if self.language == "id" else _EN

    def text(self, key: str, **what: object) -> str:
        """A text by its key, filled in."""
        return self._words[key].format(**what) if what else self._words[key]
