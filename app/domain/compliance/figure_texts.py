"""The words of the figures over time in a document, in both languages."""

from typing import Final

from app.domain.access_texts import MONTHS
from app.domain.compliance.figures import COUNTS, ENDS_SOON, LACKING, LATE, ON_TIME, OPEN, Part
from app.domain.compliance.plot import OTHERS
from app.domain.inventory import Inventory

_EN: Final = {
    "over_time": "Over time",
    "over_time.about": "Twelve months back, and ahead for what has to go. Each number stands below its bar.",
    "requests": "Requests of data subjects, by the month they came",
    "consents": "Consents in force, at each month's end",
    "ahead": "Values that have to go, by month",
    "training": "Certificates, people by lesson",
    "nothing": "There is nothing to show.",
    ON_TIME: "in time", OPEN: "open, in time", LATE: "late", COUNTS: "counts", ENDS_SOON: "ends soon",
    LACKING: "lacking", "part.ahead": "values", OTHERS: "other purposes",
    "law": "Law", "masks": "Masks", "callers": "Callers", "notes": "Notes", "incidents": "Incidents",
    "rights": "Rights",
    "learning": "Training: who is due, who failed where",
    "learning.about": "Tests of the last twelve months. Which question one person missed is not shown.",
    "learning.nobody": "Nobody of {all} is due, and nobody failed a test.",
    "learning.due": "{due} of {all} people are due. Listed is who is due or failed a test.",
    "learning.missed": "Questions missed most",
    "person": "Person", "role": "Role", "due": "Due", "failed": "Tests failed", "rules": "Rules of conduct",
    "lesson": "Lesson", "question": "Question", "asked": "Asked", "wrong": "Wrong", "none": "–",
}  # fmt: skip
_ID: Final = {
    "over_time": "Dari waktu ke waktu",
    "over_time.about": "Dua belas bulan ke belakang, dan ke depan untuk yang harus dimusnahkan. Setiap angka ada di "
    "bawah batangnya.",
    "requests": "Permintaan subjek data, per bulan masuk",
    "consents": "Persetujuan yang berlaku, tiap akhir bulan",
    "ahead": "Nilai yang harus dimusnahkan, per bulan",
    "training": "Sertifikat, orang per pelajaran",
    "nothing": "Tidak ada yang dapat ditampilkan.",
    ON_TIME: "tepat waktu", OPEN: "terbuka, dalam waktu", LATE: "terlambat", COUNTS: "berlaku",
    ENDS_SOON: "segera berakhir", LACKING: "belum ada", "part.ahead": "nilai", OTHERS: "tujuan lain",
    "law": "Hukum", "masks": "Samaran", "callers": "Penelepon", "notes": "Catatan", "incidents": "Insiden",
    "rights": "Hak",
    "learning": "Pelatihan: siapa yang belum, siapa yang tidak lulus di mana",
    "learning.about": "Ujian dua belas bulan terakhir. Pertanyaan mana yang salah dijawab seseorang tidak ditampilkan.",
    "learning.nobody": "Dari {all} orang tidak ada yang masih perlu mengambil pelajaran atau tidak lulus ujian.",
    "learning.due": "{due} dari {all} orang masih perlu mengambil pelajaran. Terdaftar: yang masih perlu atau tidak "
    "lulus ujian.",
    "learning.missed": "Pertanyaan yang paling sering salah",
    "person": "Orang", "role": "Peran", "due": "Masih perlu", "failed": "Ujian tidak lulus", "rules": "Tata tertib",
    "lesson": "Pelajaran", "question": "Pertanyaan", "asked": "Ditanyakan", "wrong": "Salah", "none": "–",
}  # fmt: skip
TEXTS: Final = {"en": _EN, "id": _ID}
SERIES: Final = ("requests", "consents", "ahead", "training")
"""The figures in the order of a document."""


class FigureTexts:
    """The words in one language.

    Args:
        language: Indonesian for `id`, otherwise English.
        inventory: has the names of purposes.
    """

    def __init__(self, language: str, inventory: Inventory) -> None:
        self.language = "id" if language == "id" else "en"
        self._texts = TEXTS[self.language]
        self._purposes = {one.name: one.label(self.language) for one in inventory.purposes}

    def text(self, key: str, **what: object) -> str:
        """A text by its key, filled in."""
        return self._texts[key].format(**what) if what else self._texts[key]

    def number(self, value: int) -> str:
        """A count with the language's separators."""
        return f"{value:,}" if self.language == "en" else f"{value:,}".replace(",", ".")

    def part(self, part: Part) -> str:
        """What a part is called."""
        return self._purposes.get(part.code) or self._texts.get(f"part.{part.code}") or self._texts.get(part.code, "")

    def column(self, column: str) -> str:
        """A month, short and with its year, or a lesson in a word."""
        if column in self._texts:
            return self._texts[column]
        year, month = map(int, column.split("-"))
        return f"{MONTHS[self.language][month - 1][:3]} {year % 100:02}"
