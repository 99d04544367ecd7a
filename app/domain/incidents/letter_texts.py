"""The sentences of the letters of UU PDP art. 46, in English and in Indonesian. Both tables have the same keys."""

from collections.abc import Mapping
from typing import Final

_EN: Final[Mapping[str, str]] = {
    "drill": "DRILL – THIS DID NOT HAPPEN",
    "title.subjects": "Your personal data: notice of a failure of its protection",
    "title.authority": "Written notice of a failure of personal data protection",
    "title.public": "Public notice of a failure of personal data protection",
    "written": "Date",
    "number": "Incident",
    "customer": "Customer number",
    "reference": "Reference",
    "t0": "Known since",
    "term": "To be told by",
    "basis": "Legal basis",
    "basis.text": "Law No. 27 of 2022 (UU PDP), article 46: notice in writing within 3 x 24 hours",
    "affected": "People affected",
    "affected.figure": "{n}, by the audit log of the system",
    "to.subjects": "Dear customer,",
    "to.authority": "To the authority for personal data protection; until it works, to the ministry of communication "
    "and digital affairs.",
    "to.public": "To everybody whom it concerns,",
    "what": "Which personal data was disclosed: {classes}.",
    "what.unknown": "Which personal data was disclosed is still being found out.",
    "when": "When and how: between {since} and {until}. {how}",
    "when.unknown": "When and how: the time is still being found out. {how}",
    "handling": "What we have done and do about it: {text}",
    "recovery.subjects": "How we restore its protection, and what you can do: {text}",
    "recovery.authority": "How we restore its protection: {text}",
    "recovery.public": "How we restore its protection, and what you can do: {text}",
    "how.unknown": "How it happened is still being found out; we write again.",
    "still": "still being found out; we write again.",
    "subjects.rights": "You may ask us for the list of who saw your data, have it corrected, restricted or erased, "
    "and claim damages (UU PDP art. 5 to 13).",
    "authority.log": "The people affected were found in a log that is protected against change; list and evidence "
    "are kept and handed over on request.",
    "public.ask": "Whoever wants to know whether they are affected may ask us.",
    "class.contact": "contact data",
    "class.identity": "data of identity documents",
    "class.financial": "financial data",
    "class.special": "specific data (UU PDP art. 4(2))",
    "class.note": "notes of conversations",
    "class.open": "general data (name, customer number and the like)",
}

_ID: Final[Mapping[str, str]] = {
    "drill": "LATIHAN – INI TIDAK TERJADI",
    "title.subjects": "Data pribadi Anda: pemberitahuan kegagalan pelindungan",
    "title.authority": "Pemberitahuan tertulis kegagalan pelindungan data pribadi",
    "title.public": "Pengumuman kegagalan pelindungan data pribadi",
    "written": "Tanggal surat",
    "number": "Insiden",
    "customer": "Nomor pelanggan",
    "reference": "Nomor surat",
    "t0": "Diketahui sejak",
    "term": "Batas pemberitahuan",
    "basis": "Dasar hukum",
    "basis.text": "Undang-Undang Nomor 27 Tahun 2022 (UU PDP) Pasal 46: pemberitahuan tertulis paling lambat 3 x 24 "
    "jam",
    "affected": "Subjek data terdampak",
    "affected.figure": "{n}, menurut log audit sistem",
    "to.subjects": "Pelanggan yang terhormat,",
    "to.authority": "Kepada lembaga pelindungan data pribadi; selama lembaga tersebut belum bekerja, kepada "
    "Kementerian Komunikasi dan Digital.",
    "to.public": "Kepada semua pihak yang berkepentingan,",
    "what": "Data pribadi yang terungkap: {classes}.",
    "what.unknown": "Data pribadi yang terungkap masih diselidiki.",
    "when": "Kapan dan bagaimana: antara {since} dan {until}. {how}",
    "when.unknown": "Kapan dan bagaimana: waktunya masih diselidiki. {how}",
    "handling": "Upaya penanganan yang telah dan sedang kami lakukan: {text}",
    "recovery.subjects": "Upaya pemulihan, dan yang dapat Anda lakukan: {text}",
    "recovery.authority": "Upaya pemulihan: {text}",
    "recovery.public": "Upaya pemulihan, dan yang dapat Anda lakukan: {text}",
    "how.unknown": "Bagaimana terjadinya masih diselidiki; kami akan menulis lagi.",
    "still": "masih diselidiki; kami akan menulis lagi.",
    "subjects.rights": "Anda dapat meminta daftar siapa yang melihat data Anda, meminta perbaikan, pembatasan, atau "
    "penghapusannya, dan menuntut ganti rugi (UU PDP Pasal 5 sampai 13).",
    "authority.log": "Subjek data terdampak ditemukan dari log yang dilindungi terhadap perubahan; daftar dan bukti "
    "disimpan dan diserahkan bila diminta.",
    "public.ask": "Siapa pun yang ingin mengetahui apakah ia terdampak dapat bertanya kepada kami.",
    "class.contact": "data kontak",
    "class.identity": "data dokumen identitas",
    "class.financial": "data keuangan",
    "class.special": "data spesifik (UU PDP Pasal 4 ayat (2))",
    "class.note": "catatan percakapan",
    "class.open": "data umum (nama, nomor pelanggan, dan sejenisnya)",
}

TEXTS: Final[Mapping[str, Mapping[str, str]]] = {"en": _EN, "id": _ID}
