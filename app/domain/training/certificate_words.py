"""The sentences of a certificate of training on paper, in English and in Indonesian."""

from collections.abc import Mapping
from typing import Final

_EN: Final[Mapping[str, str]] = {
    "title": "Certificate of training",
    "sentence": "{person} has passed the test of this lesson on the protection of personal data.",
    "lesson": "Lesson",
    "version": "Version of the lesson",
    "law": "It teaches",
    "person": "Account",
    "right": "Right answers",
    "of": "{right} of {asked}",
    "passed": "Passed",
    "ends": "Counts until",
    "proof": "Proof",
    "how": "The office {name} signed these facts. Whoever has the certificate as a file checks them with: "
    "tirai training verify. This page is its readable copy.",
    "number": "Certificate",
    "office": "Office",
    "digest": "SHA-256 of the texts",
    "signature": "Signature (Ed25519)",
    "page": "Page {n} of {total}",
}

_ID: Final[Mapping[str, str]] = {
    "title": "Sertifikat pelatihan",
    "sentence": "{person} telah lulus ujian pelajaran ini tentang pelindungan data pribadi.",
    "lesson": "Pelajaran",
    "version": "Versi pelajaran",
    "law": "Materi",
    "person": "Akun",
    "right": "Jawaban benar",
    "of": "{right} dari {asked}",
    "passed": "Lulus",
    "ends": "Berlaku sampai",
    "proof": "Bukti",
    "how": "Kantor {name} menandatangani keterangan ini. Siapa pun yang memegang berkas sertifikatnya dapat "
    "memeriksanya dengan: tirai training verify. Halaman ini adalah salinan yang mudah dibaca.",
    "number": "Sertifikat",
    "office": "Kantor",
    "digest": "SHA-256 teks pelajaran",
    "signature": "Tanda tangan (Ed25519)",
    "page": "Halaman {n} dari {total}",
}

TEXTS: Final[Mapping[str, Mapping[str, str]]] = {"en": _EN, "id": _ID}
