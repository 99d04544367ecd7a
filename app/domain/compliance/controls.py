"""The controls: what an article or a requirement asks, and the name of the evidence that the office shows for it.

A row joins by one line here and a callable of its evidence's name in `app/backoffice/compliance/evidence.py`; a test
that breaks it is demanded of each row. What Tirai cannot see from where it is stands here, too, so that a report does
not pass over it: its evidence says why it is not met here. Sentences are summaries and no legal advice.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Source(StrEnum):
    """Where a control comes from."""

    UU_PDP = "uu_pdp"
    PP_71 = "pp_71"
    PERMEN_20 = "permen_20"
    PCI_DSS = "pci_dss"
    ASVS = "asvs"

    @property
    def label(self) -> str:
        """Its short name, the same in both languages."""
        return _TITLES[self]


_TITLES: Final = {
    Source.UU_PDP: "UU PDP 27/2022",
    Source.PP_71: "PP 71/2019",
    Source.PERMEN_20: "Permenkominfo 20/2016",
    Source.PCI_DSS: "PCI DSS 4.0.1",
    Source.ASVS: "OWASP ASVS 5.0",
}


@dataclass(frozen=True, slots=True)
class Control:
    """One thing that is asked.

    Attributes:
        source: by what.
        article: where it stands there.
        en: what it asks, in a sentence.
        id: the same in Indonesian.
        evidence: name of what the office shows for it.
    """

    source: Source
    article: str
    en: str
    id: str
    evidence: str

    @property
    def name(self) -> str:
        """A name that stays: source, article and evidence."""
        return f"{self.source.value}/{self.article}/{self.evidence}"

    def text(self, language: str) -> str:
        """What it asks, in a language; Indonesian for `id`, otherwise English."""
        return self.id if language == "id" else self.en


_P, _G, _K, _C, _A = Source.UU_PDP, Source.PP_71, Source.PERMEN_20, Source.PCI_DSS, Source.ASVS

CONTROLS: Final = (
    # UU PDP 27/2022
    Control(_P, "5, 7, 32", "A customer can be told who saw their data, what and when.",
            "Pelanggan dapat diberi tahu siapa yang melihat datanya, apa, dan kapan.", "who_saw"),
    Control(_P, "16(2), 20", "Each kind of data is held for a stated purpose, on a ground of the law.",
            "Setiap jenis data disimpan untuk tujuan yang dinyatakan, atas dasar hukum.", "grounds"),
    Control(_P, "16(2)g, 43, 44", "What is past its time is destroyed: nothing lies there longer than stated.",
            "Yang lewat masa simpannya dimusnahkan: tidak ada yang tersimpan lebih lama.", "retention_kept"),
    Control(_P, "20, 28, 41", "Data is opened for a purpose that is open to the customer, and for no other.",
            "Data dibuka hanya untuk tujuan yang terbuka bagi pelanggan.", "purposes_gated"),
    Control(_P, "21", "Whoever is asked for data is told of the privacy notice, by its version.",
            "Orang yang dimintai data diberi tahu pemberitahuan privasi, beserta versinya.", "notice_told"),
    Control(_P, "21(1)", "A notice with the contents of the law is published, in Indonesian.",
            "Pemberitahuan yang memuat isi menurut hukum diterbitkan, dalam bahasa Indonesia.", "notice_published"),
    Control(_P, "24", "The office can prove each consent.",
            "Kantor dapat membuktikan setiap persetujuan.", "consent_receipts"),
    Control(_P, "28", "Sealed data is opened for a reason that was given before.",
            "Data tertutup dibuka dengan alasan yang diberikan sebelumnya.", "reasons"),
    Control(_P, "30, 32, 40, 41", "Requests of customers are registered and answered within 3 x 24 hours.",
            "Permintaan pelanggan didaftar dan dijawab dalam 3 x 24 jam.", "requests_in_time"),
    Control(_P, "31", "All processing is recorded: who answers, for what, on which ground, for whom, how long.",
            "Semua kegiatan pemrosesan direkam: penanggung jawab, tujuan, dasar, penerima, masa simpan.", "record"),
    Control(_P, "34", "Where specific data is processed, its risks are assessed, and again within a year.",
            "Bila data spesifik diproses, risikonya dinilai, dan dinilai ulang dalam setahun.", "assessment"),
    Control(_P, "35", "Data is protected by means that fit its risk: it lies encrypted.",
            "Data dilindungi sesuai risikonya: tersimpan dalam keadaan terenkripsi.", "stored_encrypted"),
    Control(_P, "35(b)", "Workstations are protected by their own system: disk, firewall, antivirus, lock, updates.",
            "Komputer dilindungi sistemnya sendiri: disk, firewall, antivirus, kunci, pembaruan.", "posture"),
    Control(_P, "36", "Sealed data is kept secret: only the key of its class and the office together open it.",
            "Data tertutup dirahasiakan: hanya kunci kelasnya bersama kantor yang membukanya.", "values_sealed"),
    Control(_P, "37", "Everybody who processes data is supervised: who holds which class is reviewed each quarter.",
            "Semua pihak yang memproses data diawasi: pemegang setiap kelas ditinjau tiap triwulan.", "access_review"),
    Control(_P, "37(b)", "Whoever opens data has been trained within a year.",
            "Setiap orang yang membuka data telah dilatih dalam setahun.", "trained"),
    Control(_P, "39", "Nobody gets at data without being let: keys are held by whom the book shows, and nobody else.",
            "Data tidak diakses tanpa hak: kunci dipegang hanya oleh yang tercantum dalam buku.", "class_grants"),
    Control(_P, "36, 39", "Statistics hold nobody who can be found, and two people order each.",
            "Statistik tidak memuat orang yang dapat ditemukan, dan setiap ekspor diperintahkan dua orang.",
            "exports_ordered"),
    Control(_P, "39(2)", "The database shows a person's work the customers of their queues alone.",
            "Basis data hanya memperlihatkan pelanggan dari antrean orang yang bekerja.", "row_security"),
    Control(_P, "43, 44", "It is stated how long each kind of data is kept.",
            "Masa simpan setiap jenis data dinyatakan.", "retention_stated"),
    Control(_P, "43-45", "What two people ordered is erased or destroyed, and a certificate says so.",
            "Yang diperintahkan dua orang dihapus atau dimusnahkan, dengan berita acara.", "erasures_done"),
    Control(_P, "46", "A breach is told to subjects and authority within 3 x 24 hours.",
            "Kegagalan pelindungan diberitahukan kepada subjek dan lembaga dalam 3 x 24 jam.", "incidents_told"),
    Control(_P, "47", "The office can show what it did: nobody has rewritten its log.",
            "Kantor dapat menunjukkan apa yang dilakukannya: catatannya tidak ditulis ulang.", "log_whole"),
    Control(_P, "53", "Somebody is responsible for data protection, is named, and has an account for it.",
            "Ada pejabat pelindungan data yang disebut namanya dan memiliki akun untuk itu.", "officer"),
    Control(_P, "56", "Data that goes to other countries goes to those that are named.",
            "Data yang dikirim ke negara lain hanya ke negara yang disebutkan.", "countries"),
    # PP 71/2019
    Control(_G, "3, 4", "Data can be shown again intact: a backup is made each month.",
            "Data dapat ditampilkan kembali secara utuh: cadangan dibuat setiap bulan.", "backup"),
    Control(_G, "6", "The operator is registered before the system is used.",
            "Penyelenggara terdaftar sebelum sistem digunakan.", "registered"),
    Control(_G, "14(1)", "Data is processed for purposes that are stated.",
            "Data diproses untuk tujuan yang dinyatakan.", "grounds"),
    Control(_G, "18", "Requests of customers are registered and answered within 3 x 24 hours.",
            "Permintaan pelanggan didaftar dan dijawab dalam 3 x 24 jam.", "requests_in_time"),
    Control(_G, "22", "There is an audit trail of all that happens, and it can be verified.",
            "Ada jejak audit atas seluruh kegiatan, dan dapat diverifikasi.", "log_whole"),
    Control(_G, "23", "Workstations are looked after: each checks itself and misses nothing.",
            "Komputer dijaga: masing-masing memeriksa diri dan tidak ada yang kurang.", "workstations"),
    Control(_G, "24", "A breach is told to subjects and authority within 3 x 24 hours.",
            "Kegagalan pelindungan diberitahukan kepada subjek dan lembaga dalam 3 x 24 jam.", "incidents_told"),
    Control(_G, "26", "What was done can be traced to a person, a session and a workstation.",
            "Setiap tindakan dapat ditelusuri ke orang, sesi, dan komputer.", "entries_complete"),
    Control(_G, "32", "Whoever opens data has been trained within a year.",
            "Setiap orang yang membuka data telah dilatih dalam setahun.", "trained"),
    # Permenkominfo 20/2016
    Control(_K, "4, 28a", "The system is certified.", "Sistem elektronik tersertifikasi.", "certified"),
    Control(_K, "5", "The organisation has rules of its own for personal data, and two people put them into force.",
            "Organisasi memiliki aturan internal data pribadi, diberlakukan oleh dua orang.", "own_policy"),
    Control(_K, "5(4)b", "Whoever opens data has been trained within a year.",
            "Setiap orang yang membuka data telah dilatih dalam setahun.", "trained"),
    Control(_K, "6", "A notice with the contents of the law is published, in Indonesian.",
            "Pemberitahuan yang memuat isi menurut hukum diterbitkan, dalam bahasa Indonesia.", "notice_published"),
    Control(_K, "15(2)", "Stored personal data is encrypted.", "Data pribadi yang disimpan terenkripsi.",
            "stored_encrypted"),
    Control(_K, "15(3)", "It is stated how long each kind of data is kept.",
            "Masa simpan setiap jenis data dinyatakan.", "retention_stated"),
    Control(_K, "15(3), 25", "What is past its time is destroyed: nothing lies there longer than stated.",
            "Yang lewat masa simpannya dimusnahkan: tidak ada yang tersimpan lebih lama.", "retention_kept"),
    Control(_K, "25", "What two people ordered is erased or destroyed, and a certificate says so.",
            "Yang diperintahkan dua orang dihapus atau dimusnahkan, dengan berita acara.", "erasures_done"),
    Control(_K, "27", "Whoever opens data has accepted the rules of conduct.",
            "Setiap orang yang membuka data telah menerima tata tertib.", "rules_accepted"),
    Control(_K, "28c", "A breach is told to subjects and authority within 3 x 24 hours.",
            "Kegagalan pelindungan diberitahukan kepada subjek dan lembaga dalam 3 x 24 jam.", "incidents_told"),
    Control(_K, "28i", "Customers have a contact whom they reach easily.",
            "Pelanggan memiliki narahubung yang mudah dihubungi.", "contact"),
    Control(_K, "28e", "There is an audit trail.", "Ada rekam jejak audit.", "log_whole"),
    # PCI DSS 4.0.1
    Control(_C, "3.3.1", "Card codes are not kept, in notes neither.",
            "Kode kartu tidak disimpan, juga tidak dalam catatan.", "card_codes"),
    Control(_C, "3.4.1", "Of a card number the first six and the last four digits are shown at most.",
            "Dari nomor kartu paling banyak enam angka pertama dan empat terakhir ditampilkan.", "card_masks"),
    Control(_C, "3.5.1", "Stored card numbers cannot be read.", "Nomor kartu yang disimpan tidak terbaca.",
            "values_sealed"),
    Control(_C, "3.6.1", "Keys are kept apart from what they protect.",
            "Kunci disimpan terpisah dari yang dilindunginya.", "master_apart"),
    Control(_C, "3.7.5", "A class key is replaced when somebody who held it left.",
            "Kunci kelas diganti bila pemegangnya pergi.", "rotation"),
    Control(_C, "7.2.4", "Who may open what is reviewed, here each quarter.",
            "Hak membuka data ditinjau, di sini setiap triwulan.", "access_review"),
    Control(_C, "8.2.6", "Accounts that were not used for 90 days are closed.",
            "Akun yang tidak dipakai 90 hari ditutup.", "unused_accounts"),
    Control(_C, "8.2.8", "A console that is not used for 15 minutes asks who it is.",
            "Konsol yang tidak dipakai 15 menit meminta identitas kembali.", "idle"),
    Control(_C, "8.3.4", "After ten wrong tries at most, the next one waits for half an hour.",
            "Setelah paling banyak sepuluh kali salah, percobaan berikutnya menunggu setengah jam.", "throttle"),
    Control(_C, "8.3.6", "Passwords have twelve characters at least.",
            "Kata sandi paling sedikit dua belas karakter.", "password_length"),
    Control(_C, "8.4.2", "Each sign-in takes a second factor.", "Setiap masuk memakai faktor kedua.",
            "second_factor"),
    Control(_C, "10.2.2", "Each entry of the log says who, what, when, where and how it ended.",
            "Setiap entri catatan menyebut siapa, apa, kapan, di mana, dan hasilnya.", "entries_complete"),
    Control(_C, "10.3.4", "A change of the log is noticed.", "Perubahan pada catatan diketahui.", "log_whole"),
    Control(_C, "10.4.1", "The log is looked at each day; here: verified within the last day.",
            "Catatan dilihat setiap hari; di sini: diverifikasi dalam sehari terakhir.", "log_verified"),
    Control(_C, "10.4.1.1", "Unusual sign-ins are found by the system itself, and told.",
            "Proses masuk yang tidak biasa ditemukan sendiri oleh sistem, dan diberitahukan.", "sign_ins_judged"),
    Control(_C, "10.5.1", "The log is kept for twelve months; here none of it was ever taken away.",
            "Catatan disimpan dua belas bulan; di sini tidak ada yang pernah dihapus.", "log_kept"),
    Control(_C, "12.6.3", "Whoever opens data has been trained within a year.",
            "Setiap orang yang membuka data telah dilatih dalam setahun.", "trained"),
    Control(_C, "12.6.3.1", "Whoever opens data has accepted the rules of conduct.",
            "Setiap orang yang membuka data telah menerima tata tertib.", "rules_accepted"),
    # OWASP ASVS 5.0
    Control(_A, "V6.2.1", "Passwords have 15 characters where one alone opens something.",
            "Kata sandi 15 karakter bila sendirian membuka sesuatu.", "password_length"),
    Control(_A, "V6.3.1", "Guessing is slowed down.", "Penebakan diperlambat.", "throttle"),
    Control(_A, "V6.3.3", "There is no way in with one factor.", "Tidak ada jalan masuk dengan satu faktor.",
            "second_factor"),
    Control(_A, "V6.3.5", "People are told of sign-ins that are unusual.",
            "Pengguna diberi tahu proses masuk yang tidak biasa.", "sign_ins_judged"),
    Control(_A, "V7.3.1", "A console that is not used locks.", "Konsol yang tidak dipakai terkunci.", "idle"),
    Control(_A, "V7.3.2", "A session ends after twelve hours at the latest, and none outlives its end.",
            "Sesi berakhir paling lama dua belas jam, dan tidak ada yang melewatinya.", "sessions_end"),
    Control(_A, "V8.2.3", "What must not be read cannot be: fields are sealed to the key of their class.",
            "Yang tidak boleh dibaca memang tidak bisa: kolom disegel ke kunci kelasnya.", "values_sealed"),
    Control(_A, "V8.2.4", "What is most sensitive opens with a fresh code alone.",
            "Yang paling sensitif hanya terbuka dengan kode baru.", "step_up"),
    Control(_A, "V13.3.1", "Keys lie where they belong, not beside what they open.",
            "Kunci berada di tempatnya, bukan di samping yang dibukanya.", "master_apart"),
    Control(_A, "V14.2.6", "Sensitive values are masked.", "Nilai sensitif disamarkan.", "masked"),
    Control(_A, "V16.2.1", "Each entry of the log says who, what, when and where.",
            "Setiap entri catatan menyebut siapa, apa, kapan, dan di mana.", "entries_complete"),
    Control(_A, "V16.4.2", "The log is protected from change.", "Catatan terlindung dari perubahan.", "log_whole"),
)  # fmt: skip
"""All rows, in the order of a report."""
