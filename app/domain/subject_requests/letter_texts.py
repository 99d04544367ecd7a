"""The sentences of letters about requests, in English and in Indonesian. Both tables have the same keys."""

from collections.abc import Mapping
from typing import Final

_EN: Final[Mapping[str, str]] = {
    "title": "Your request about your personal data",
    "number": "Number of the request",
    "order": "Erased by",
    "order_said": "order {number}, over on {at}; its certificate proves it (UU PDP article 45)",
    "customer": "Customer number",
    "kind": "What you asked for",
    "received": "Received",
    "due": "Term",
    "ended": "Answered",
    "purposes": "Purposes",
    "law": "Law No. 27 of 2022 (UU PDP), article {articles}",
    "laws": "Law No. 27 of 2022 (UU PDP), articles {articles}",
    "basis": "Legal basis",
    "dear": "Dear customer,",
    "dear_outsider": "Dear Sir or Madam,",
    "nothing": "We hold nothing about you. We have looked through the data of all our customers by what you gave us, "
    "and none of it is yours.",
    "nothing.access": "So there is no data that we could show you or give you a copy of (UU PDP art. 7 and 32).",
    "nothing.correction": "So there is no data that we could correct (UU PDP art. 6 and 30).",
    "nothing.portability": "So there is no data that we could hand to you or to another organisation (UU PDP art. 13).",
    "nothing.erasure": "So there is no data that we could erase (UU PDP art. 8 and 43).",
    "outsider_kept": "What you wrote to us is kept for {days} days after this letter, for questions about it, and is "
    "then destroyed. The number of your request, its kind and its times stay in our register, without your name.",
    "late": "Our answer comes after the term that ended on {due}. We are sorry for that, and have written down that "
    "it was late.",
    "done.access": "With this letter you receive a copy of the personal data that we hold about you, and the list of "
    "who has seen, checked, used or changed it, and when.",
    "done.correction": "We have corrected your data as you asked. What it was before is kept, sealed, as evidence of "
    "the change, as long as the law demands it.",
    "done.restriction": "From now on we do nothing with your data for the purposes named above. The data is kept "
    "until you tell us that the restriction ends, or ask us to erase it.",
    "done.objection": "We make no decision about you by automated processing alone; whatever is decided about you is "
    "decided by a person. Your objection stands in our register.",
    "done.objection.uses": "You have also objected to the purposes named above, and we follow that: from now on we do "
    "nothing with your data for them. The data is kept until you take your objection back, or ask us to erase it.",
    "lifted": "This ended on {at}. What you asked for otherwise stays in force.",
    "done.withdrawal": "You have withdrawn your consent. From now on we do nothing with your data for the purposes "
    "named above. What was done while you consented stays lawful.",
    "done.portability": "With this letter you receive your personal data in a common, machine-readable form (JSON "
    "and CSV), which you may hand to another organisation.",
    "done.erasure": "We have erased your data as you asked. The certificate of erasure says what was erased, and "
    "what remains as the law demands.",
    "taken_back": "You have taken your request back, so we have ended it.",
    "refused": "We cannot do what you asked for, for this reason that the law names:",
    "refusal.defence": "It would harm the interests of national defence and security (UU PDP art. 15(1)a).",
    "refusal.law_enforcement": "It would harm the interests of law enforcement (UU PDP art. 15(1)b).",
    "refusal.state_interest": "It would harm the public interest in the administration of the state (UU PDP art. "
    "15(1)c).",
    "refusal.financial_supervision": "It would harm the supervision of financial services, of monetary affairs, of "
    "payment systems or of the stability of the financial system (UU PDP art. 15(1)d).",
    "refusal.statistics": "The data serves statistics and scientific research (UU PDP art. 15(1)e).",
    "refusal.safety": "It would endanger the safety, or the physical or mental health, of you or of another person "
    "(UU PDP art. 33a).",
    "refusal.other_person": "It would disclose the personal data of another person (UU PDP art. 33b).",
    "refusal.national_security": "It would run against the interests of national defence and security (UU PDP art. "
    "33c).",
    "refusal.kept_by_law": "A law obliges us to keep this data (PP 71/2019 art. 15(1)).",
    "refusal.not_identified": "We could not confirm that the request is yours. You may ask again with proof of who "
    "you are.",
    "second": "Two people of our office have looked at this decision.",
    "rights": "If you do not agree, you may answer this letter, lodge a complaint with the authority for personal "
    "data protection, or claim damages (UU PDP art. 12).",
    "kind.access": "Access to your data and a copy of it",
    "kind.correction": "Correction of your data",
    "kind.restriction": "Restriction of what is done with your data",
    "kind.objection": "Objection to automated decisions or to a use of your data",
    "kind.withdrawal": "Withdrawal of your consent",
    "kind.portability": "Your data in a form for another organisation",
    "kind.erasure": "Erasure of your data",
}

_ID: Final[Mapping[str, str]] = {
    "title": "Permintaan Anda mengenai data pribadi Anda",
    "number": "Nomor permintaan",
    "order": "Dihapus dengan",
    "order_said": "perintah {number}, selesai {at}; dibuktikan oleh berita acaranya (UU PDP Pasal 45)",
    "customer": "Nomor pelanggan",
    "kind": "Yang Anda minta",
    "received": "Diterima",
    "due": "Tenggat",
    "ended": "Dijawab",
    "purposes": "Tujuan",
    "law": "Undang-Undang Nomor 27 Tahun 2022 (UU PDP), Pasal {articles}",
    "laws": "Undang-Undang Nomor 27 Tahun 2022 (UU PDP), Pasal {articles}",
    "basis": "Dasar hukum",
    "dear": "Pelanggan yang terhormat,",
    "dear_outsider": "Bapak/Ibu yang terhormat,",
    "nothing": "Kami tidak menyimpan data apa pun tentang Anda. Kami telah mencari di data semua pelanggan kami "
    "berdasarkan keterangan yang Anda berikan, dan tidak ada yang merupakan data Anda.",
    "nothing.access": "Karena itu tidak ada data yang dapat kami tunjukkan atau salin untuk Anda (UU PDP Pasal 7 dan "
    "32).",
    "nothing.correction": "Karena itu tidak ada data yang dapat kami perbaiki (UU PDP Pasal 6 dan 30).",
    "nothing.portability": "Karena itu tidak ada data yang dapat kami serahkan kepada Anda atau pihak lain (UU PDP "
    "Pasal 13).",
    "nothing.erasure": "Karena itu tidak ada data yang dapat kami hapus (UU PDP Pasal 8 dan 43).",
    "outsider_kept": "Yang Anda tulis kepada kami disimpan selama {days} hari sesudah surat ini, untuk pertanyaan "
    "tentangnya, lalu dimusnahkan. Nomor permintaan Anda, jenisnya, dan waktunya tetap ada di register kami, tanpa "
    "nama Anda.",
    "late": "Jawaban ini melewati tenggat yang berakhir pada {due}. Kami mohon maaf atas hal itu, dan telah mencatat "
    "bahwa jawaban ini terlambat.",
    "done.access": "Bersama surat ini Anda menerima salinan data pribadi yang kami simpan tentang Anda, serta daftar "
    "siapa yang pernah melihat, mencocokkan, memakai, atau mengubahnya, dan kapan.",
    "done.correction": "Kami telah memperbaiki data Anda sesuai permintaan. Data sebelumnya tetap disimpan dalam "
    "keadaan tersegel sebagai bukti perubahan, selama diwajibkan oleh peraturan.",
    "done.restriction": "Mulai sekarang kami tidak memproses data Anda untuk tujuan yang disebut di atas. Data tetap "
    "disimpan sampai Anda memberi tahu bahwa pembatasan berakhir, atau meminta penghapusan.",
    "done.objection": "Kami tidak membuat keputusan tentang Anda hanya berdasarkan pemrosesan otomatis; setiap "
    "keputusan tentang Anda dibuat oleh manusia. Keberatan Anda tercatat dalam register kami.",
    "done.objection.uses": "Anda juga berkeberatan atas tujuan yang disebut di atas, dan kami menurutinya: mulai "
    "sekarang kami tidak memproses data Anda untuk tujuan itu. Data tetap disimpan sampai Anda mencabut keberatan "
    "Anda, atau meminta penghapusan.",
    "lifted": "Hal ini berakhir pada {at}. Permintaan Anda yang lain tetap berlaku.",
    "done.withdrawal": "Anda telah menarik kembali persetujuan Anda. Mulai sekarang kami tidak memproses data Anda "
    "untuk tujuan yang disebut di atas. Pemrosesan selama persetujuan masih berlaku tetap sah.",
    "done.portability": "Bersama surat ini Anda menerima data pribadi Anda dalam format yang lazim dan dapat dibaca "
    "sistem elektronik (JSON dan CSV), yang dapat Anda serahkan kepada pihak lain.",
    "done.erasure": "Kami telah menghapus data Anda sesuai permintaan. Berita acara penghapusan menyatakan apa saja "
    "yang dihapus, dan apa yang tetap disimpan sesuai peraturan.",
    "taken_back": "Anda telah mencabut permintaan Anda, sehingga kami mengakhirinya.",
    "refused": "Kami tidak dapat memenuhi permintaan Anda, karena alasan berikut yang disebut oleh peraturan:",
    "refusal.defence": "Hal itu mengganggu kepentingan pertahanan dan keamanan nasional (UU PDP Pasal 15 ayat (1) "
    "huruf a).",
    "refusal.law_enforcement": "Hal itu mengganggu kepentingan proses penegakan hukum (UU PDP Pasal 15 ayat (1) "
    "huruf b).",
    "refusal.state_interest": "Hal itu mengganggu kepentingan umum dalam rangka penyelenggaraan negara (UU PDP Pasal "
    "15 ayat (1) huruf c).",
    "refusal.financial_supervision": "Hal itu mengganggu kepentingan pengawasan sektor jasa keuangan, moneter, "
    "sistem pembayaran, atau stabilitas sistem keuangan (UU PDP Pasal 15 ayat (1) huruf d).",
    "refusal.statistics": "Data digunakan untuk kepentingan statistik dan penelitian ilmiah (UU PDP Pasal 15 ayat "
    "(1) huruf e).",
    "refusal.safety": "Hal itu membahayakan keamanan, kesehatan fisik, atau kesehatan mental Anda atau orang lain "
    "(UU PDP Pasal 33 huruf a).",
    "refusal.other_person": "Hal itu berdampak pada pengungkapan data pribadi milik orang lain (UU PDP Pasal 33 "
    "huruf b).",
    "refusal.national_security": "Hal itu bertentangan dengan kepentingan pertahanan dan keamanan nasional (UU PDP "
    "Pasal 33 huruf c).",
    "refusal.kept_by_law": "Peraturan perundang-undangan mewajibkan kami menyimpan data ini (PP 71/2019 Pasal 15 "
    "ayat (1)).",
    "refusal.not_identified": "Kami tidak dapat memastikan bahwa permintaan ini berasal dari Anda. Anda dapat "
    "mengajukannya lagi dengan bukti identitas.",
    "second": "Keputusan ini telah diperiksa oleh dua orang di kantor kami.",
    "rights": "Jika Anda tidak setuju, Anda dapat membalas surat ini, mengadu kepada lembaga pelindungan data "
    "pribadi, atau menuntut ganti rugi (UU PDP Pasal 12).",
    "kind.access": "Akses atas data Anda dan salinannya",
    "kind.correction": "Perbaikan data Anda",
    "kind.restriction": "Pembatasan pemrosesan data Anda",
    "kind.objection": "Keberatan atas keputusan otomatis atau atas suatu penggunaan data Anda",
    "kind.withdrawal": "Penarikan persetujuan Anda",
    "kind.portability": "Data Anda dalam format untuk pihak lain",
    "kind.erasure": "Penghapusan data Anda",
}

TEXTS: Final[Mapping[str, Mapping[str, str]]] = {"en": _EN, "id": _ID}
