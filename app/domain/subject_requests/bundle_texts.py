"""The sentences of the readable copy of one customer's data, in English and in Indonesian."""

from collections.abc import Mapping
from typing import Final

_EN: Final[Mapping[str, str]] = {
    "title": "Copy of your personal data",
    "number": "Number of the request",
    "customer": "Customer number",
    "made": "Made",
    "contact": "Contact",
    "basis": "Legal basis",
    "basis.access": "Law No. 27 of 2022 (UU PDP), articles 7 and 32: access, a copy, and the trail of processing",
    "basis.portability": "Law No. 27 of 2022 (UU PDP), article 13: data in a common, machine-readable form",
    "data": "The data that we hold",
    "why": "For: {purposes}. Ground: {basis}. Kept: {kept}.",
    "recipients": "Also given to: {names}.",
    "none": "We hold nothing but what identifies this record.",
    "notes": "Notes about conversations with you",
    "notes.none": "There are none.",
    "note": "{at}",
    "seen": "Who saw, checked, used or changed it",
    "seen.none": "Nobody.",
    "page": "Page {n} of {total}",
    "basis.consent": "consent",
    "basis.contract": "contract",
    "basis.legal_obligation": "legal obligation",
    "basis.vital_interest": "vital interest",
    "basis.public_task": "public task",
    "basis.legitimate_interest": "legitimate interest",
}

_ID: Final[Mapping[str, str]] = {
    "title": "Salinan data pribadi Anda",
    "number": "Nomor permintaan",
    "customer": "Nomor pelanggan",
    "made": "Dibuat",
    "contact": "Kontak",
    "basis": "Dasar hukum",
    "basis.access": "Undang-Undang Nomor 27 Tahun 2022 (UU PDP), Pasal 7 dan 32: akses, salinan, dan rekam jejak "
    "pemrosesan",
    "basis.portability": "Undang-Undang Nomor 27 Tahun 2022 (UU PDP), Pasal 13: data dalam format yang lazim dan "
    "dapat dibaca",
    "data": "Data yang kami simpan",
    "why": "Untuk: {purposes}. Dasar: {basis}. Disimpan: {kept}.",
    "recipients": "Juga diberikan kepada: {names}.",
    "none": "Kami tidak menyimpan apa pun selain pengenal catatan ini.",
    "notes": "Catatan percakapan dengan Anda",
    "notes.none": "Tidak ada.",
    "note": "{at}",
    "seen": "Siapa yang melihat, mencocokkan, memakai, atau mengubahnya",
    "seen.none": "Tidak ada.",
    "page": "Halaman {n} dari {total}",
    "basis.consent": "persetujuan",
    "basis.contract": "perjanjian",
    "basis.legal_obligation": "kewajiban hukum",
    "basis.vital_interest": "kepentingan vital",
    "basis.public_task": "tugas publik",
    "basis.legitimate_interest": "kepentingan yang sah",
}

TEXTS: Final[Mapping[str, Mapping[str, str]]] = {"en": _EN, "id": _ID}
