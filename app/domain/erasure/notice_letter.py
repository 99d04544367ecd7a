"""The letter that tells somebody that their data is erased or destroyed (UU PDP art. 45), in one language. Pure.

It goes to who did not ask for it: whoever asked has the letter about their request. It names no value.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.erasure.words import Action, Ground
from app.domain.letter import Letter, Sender

_EN: Final[Mapping[str, str]] = {
    "title.erase": "Your personal data is being erased",
    "title.destroy": "Your personal data is being destroyed",
    "customer": "Customer number",
    "reference": "Reference",
    "written": "Date",
    "basis": "Legal basis",
    "basis.erase": "Law No. 27 of 2022 (UU PDP), articles 43 and 45",
    "basis.destroy": "Law No. 27 of 2022 (UU PDP), articles 44 and 45",
    "fields": "Which data",
    "all": "all of your personal data that we hold",
    "dear": "Dear customer,",
    "what.erase": "We erase your personal data named above from our system and its workstations.",
    "what.destroy": "We destroy your personal data named above in our system, at its workstations and in its backups.",
    "ground.not_needed": "The reason: it is no longer needed for what it was collected for.",
    "ground.consent_withdrawn": "The reason: you have withdrawn your consent.",
    "ground.requested": "The reason: it was asked for.",
    "ground.unlawful": "The reason: it was obtained or processed against the law.",
    "ground.retention_over": "The reason: the time for which it may be kept is over.",
    "ground.no_legal_case": "The reason: no proceedings are under way for which it must be kept.",
    "how": "Two people of our office decide on it, and a signed certificate proves it afterwards. What is gone "
    "cannot be brought back. The reference above stays, without your name.",
    "rights": "If you do not agree, or need a copy before, answer this letter at once (UU PDP art. 5 to 13).",
}
_ID: Final[Mapping[str, str]] = {
    "title.erase": "Data pribadi Anda dihapus",
    "title.destroy": "Data pribadi Anda dimusnahkan",
    "customer": "Nomor pelanggan",
    "reference": "Nomor surat",
    "written": "Tanggal surat",
    "basis": "Dasar hukum",
    "basis.erase": "Undang-Undang Nomor 27 Tahun 2022 (UU PDP), Pasal 43 dan 45",
    "basis.destroy": "Undang-Undang Nomor 27 Tahun 2022 (UU PDP), Pasal 44 dan 45",
    "fields": "Data yang mana",
    "all": "semua data pribadi Anda yang kami simpan",
    "dear": "Pelanggan yang terhormat,",
    "what.erase": "Kami menghapus data pribadi Anda yang disebut di atas dari sistem kami dan semua komputernya.",
    "what.destroy": "Kami memusnahkan data pribadi Anda yang disebut di atas dalam sistem kami, di semua komputer "
    "kerjanya, dan dalam cadangannya.",
    "ground.not_needed": "Alasannya: data itu tidak lagi diperlukan untuk tujuan pengumpulannya.",
    "ground.consent_withdrawn": "Alasannya: Anda telah menarik kembali persetujuan Anda.",
    "ground.requested": "Alasannya: hal itu diminta.",
    "ground.unlawful": "Alasannya: data itu diperoleh atau diproses secara melawan hukum.",
    "ground.retention_over": "Alasannya: masa penyimpanannya telah berakhir.",
    "ground.no_legal_case": "Alasannya: tidak ada proses hukum yang mengharuskan data itu disimpan.",
    "how": "Dua orang di kantor kami memutuskannya, dan berita acara bertanda tangan membuktikannya sesudahnya. Yang "
    "sudah tidak ada tidak dapat dipulihkan. Nomor surat di atas tetap ada, tanpa nama Anda.",
    "rights": "Jika Anda tidak setuju, atau memerlukan salinannya lebih dahulu, segera balas surat ini (UU PDP Pasal 5 "
    "sampai 13).",
}
TEXTS: Final[Mapping[str, Mapping[str, str]]] = {"en": _EN, "id": _ID}


@dataclass(frozen=True, slots=True)
class Notice:
    """What a letter is filled in from.

    Attributes:
        order: number of the order.
        customer: number of the customer.
        action, ground: what is done, and why.
        fields: labels of the fields in the letter's language; empty: everything.
    """

    order: int
    customer: str
    action: Action
    ground: Ground
    fields: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """What names the letter: the order's number and the customer's."""
        return f"{self.order}/{self.customer}"


def notice_letter(
    notice: Notice, sender: Sender, language: str, written_ms: int, moment: Callable[[int], str]
) -> Letter:
    """The letter.

    Args:
        notice: what it says.
        sender: who writes.
        language: `en` or `id`.
        written_ms: when, ms since 1970.
        moment: says a time in that language, by the office's clock.
    """
    texts, action = TEXTS[language], notice.action.value
    return Letter(
        language=language,
        sender=sender.full_name,
        title=texts[f"title.{action}"],
        facts=(
            (texts["customer"], notice.customer),
            (texts["reference"], notice.reference),
            (texts["written"], moment(written_ms)),
            (texts["fields"], ", ".join(notice.fields) or texts["all"]),
            (texts["basis"], texts[f"basis.{action}"]),
        ),
        paragraphs=(
            texts["dear"],
            texts[f"what.{action}"],
            texts[f"ground.{notice.ground.value}"],
            texts["how"],
            texts["rights"],
        ),
        closing=sender.closing(language),
    )
