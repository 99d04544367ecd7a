"""What the customer's page says, in Indonesian and in English. Both tables have the same keys."""

from collections.abc import Mapping
from typing import Final

_ID: Final[Mapping[str, str]] = {
    "skip": "Langsung ke isi",
    "languages": "Bahasa",
    "pages": "Halaman",
    "page.notice": "Pemberitahuan dan persetujuan",
    "page.rights": "Hak Anda",
    "speaker.guardian": "Anda menjawab sebagai orang tua atau wali seorang anak. “Anda” di halaman ini berarti "
    "anak itu: datanya, persetujuannya, dan haknya.",
    "speaker.carer": "Anda menjawab bersama seorang penyandang disabilitas, sebagai walinya. “Anda” di halaman ini "
    "berarti orang itu: datanya, persetujuannya, dan haknya.",
    "title": "Data pribadi Anda",
    "lead": "Di sini Anda membaca apa yang kami lakukan dengan data pribadi Anda, memberi atau menarik persetujuan, "
    "dan memakai hak Anda. Halaman ini tidak menampilkan data Anda dan tidak memerlukan akun.",
    "until": "Tautan ini berlaku sampai {until}.",
    "footer": "Halaman ini tidak memakai kuki atau skrip dan tidak memuat apa pun dari tempat lain. Jangan teruskan "
    "tautannya: siapa yang memilikinya dapat menjawab atas nama Anda.",
    "notice": "Pemberitahuan privasi",
    "version": "Versi {version}",
    "legality": "Dasar hukum pemrosesan",
    "purpose": "Tujuan pemrosesan",
    "types": "Jenis data pribadi",
    "kept": "Jangka waktu penyimpanan dokumen",
    "detail": "Rincian informasi yang dikumpulkan",
    "period": "Jangka waktu pemrosesan",
    "rights": "Hak Anda sebagai subjek data",
    "consent": "Persetujuan Anda",
    "consent.lead": "Jawablah yang ingin Anda jawab. Tidak ada yang dipilihkan untuk Anda. Yang tidak Anda jawab tetap "
    "seperti sekarang, dan setiap jawaban dapat Anda ubah lagi dengan cara yang sama.",
    "consent.none": "Kami tidak memproses data Anda atas dasar persetujuan, jadi tidak ada yang perlu dijawab.",
    "now.given": "Sekarang: Anda setuju.",
    "now.withdrawn": "Sekarang: Anda telah menarik persetujuan.",
    "now.missing": "Sekarang: Anda belum menjawab.",
    "now.sources": "Sekarang: persetujuan Anda tercatat dari sumber lain.",
    "now.restricted": "Sekarang: dibatasi atas permintaan Anda.",
    "now.objected": "Sekarang: Anda telah menyatakan keberatan.",
    "yes": "Ya, saya setuju",
    "no": "Tidak, saya tidak setuju atau menarik persetujuan saya",
    "consent.send": "Kirim jawaban",
    "withdraw.all": "Tarik semua persetujuan",
    "withdraw.hint": "Menarik persetujuan tidak merugikan Anda atas apa yang telah dilakukan sebelumnya secara sah. "
    "Tanpa persetujuan, kami berhenti memakai data untuk tujuan itu.",
    "more": "Ingin melihat, memperbaiki, atau menghapus data Anda?",
    "more.link": "Pakai hak Anda",
    "right.title": "Pakai hak Anda",
    "right.lead": "Pilih satu hak. Kami menjawab melalui alamat atau nomor yang kami miliki tentang Anda, setelah "
    "memastikan bahwa permintaan ini memang dari Anda.",
    "right.which": "Apa yang Anda minta?",
    "access": "Melihat data saya dan mendapat salinannya",
    "access.hint": "Juga daftar siapa yang pernah melihatnya, dan kapan.",
    "correction": "Memperbaiki atau melengkapi data saya",
    "correction.hint": "Tulis di bawah apa yang keliru.",
    "erasure": "Menghapus data saya",
    "erasure.hint": "Yang wajib disimpan menurut hukum tetap disimpan selama hukum memintanya.",
    "restriction": "Membatasi pemrosesan data saya",
    "restriction.hint": "Data disimpan, tetapi tidak dipakai untuk tujuan yang Anda pilih.",
    "objection": "Menyatakan keberatan",
    "objection.hint": "Terhadap keputusan yang dibuat oleh mesin saja atau terhadap suatu penggunaan.",
    "portability": "Membawa data saya ke organisasi lain",
    "portability.hint": "Dalam bentuk yang umum dipakai dan dapat dibaca mesin.",
    "withdrawal": "Menarik persetujuan saya",
    "withdrawal.hint": "Dapat juga langsung di halaman persetujuan.",
    "right.purposes": "Untuk tujuan yang mana?",
    "right.purposes.hint": "Hanya untuk pembatasan, keberatan, dan penarikan persetujuan. Keberatan tanpa tujuan "
    "hanya berlaku terhadap keputusan yang dibuat oleh mesin saja.",
    "right.text": "Keterangan (boleh kosong)",
    "right.text.hint": "Paling banyak {most} huruf. Jangan tulis nomor kartu, kata sandi, atau kode. Keterangan ini "
    "disegel, dan setiap orang yang membukanya tercatat.",
    "right.send": "Kirim permintaan",
    "error.title": "Ada yang perlu diperbaiki",
    "error.mark": "Galat:",
    "error.nothing": "Pilih jawaban untuk sedikitnya satu tujuan.",
    "error.right": "Pilih apa yang Anda minta.",
    "error.purposes": "Pilih sedikitnya satu tujuan untuk permintaan ini.",
    "error.purposes.extra": "Tujuan hanya untuk pembatasan, keberatan, dan penarikan. Hapus pilihannya.",
    "error.text": "Keterangan terlalu panjang: paling banyak {most} huruf.",
    "error.signs": "Keterangan berisi tanda yang tidak dapat dibaca. Tulislah sebagai teks biasa.",
    "error.words": "Keterangan ini tidak dapat kami simpan. Tulislah lebih singkat, sebagai teks biasa.",
    "error.correction": "Tulis apa yang keliru dan bagaimana seharusnya.",
    "error.old": "Formulir ini terlalu lama terbuka atau sudah dipakai. Periksa jawaban Anda dan kirim sekali lagi.",
    "done.title": "Sudah kami terima",
    "done.receipt": "Nomor tanda terima:",
    "done.keep": "Catat nomor ini. Dengan nomor ini Anda dapat menanyakan jawaban Anda.",
    "done.next": "Apa yang terjadi selanjutnya",
    "done.consent": "Kantor mencatat jawaban Anda dan menandatangani tanda terimanya. Sejak saat itu jawaban Anda "
    "berlaku dalam pekerjaan kami.",
    "done.withdrawal": "Kantor mencatat bahwa Anda menarik persetujuan, paling lambat dalam 3 x 24 jam. Sejak itu "
    "kami tidak lagi memakai data Anda untuk tujuan itu.",
    "done.right": "Permintaan Anda dicatat dengan waktu terimanya. Kami memastikan bahwa permintaan ini dari Anda, "
    "lalu menjawab melalui alamat atau nomor yang kami miliki; di mana undang-undang menetapkannya, dalam 3 x 24 jam.",
    "state.waiting": "Status: diterima, menunggu dicatat oleh kantor.",
    "state.taken": "Status: sudah dicatat oleh kantor.",
    "state.partly": "Status: sebagian sudah dicatat, sebagian tidak. Tanyakan kepada kami dan sebutkan nomor di atas.",
    "state.refused": "Status: kantor tidak dapat mencatatnya. Hubungi kami dan sebutkan nomor di atas.",
    "state.number": "Nomor di kantor: {number}",
    "done.again": "Muat ulang halaman ini untuk melihat status terbaru.",
    "done.back": "Kembali ke halaman data pribadi Anda",
    "link.unknown": "Tautan ini tidak dikenal",
    "link.unknown.text": "Mungkin sebagian tautan hilang saat disalin. Buka sekali lagi dari pesan yang kami kirim, "
    "atau minta tautan baru kepada petugas kami.",
    "link.expired": "Tautan ini sudah tidak berlaku",
    "link.expired.text": "Demi keamanan Anda, tautan hanya berlaku untuk waktu yang singkat. Minta tautan baru kepada "
    "petugas kami.",
    "link.used": "Tautan ini sudah dipakai",
    "link.used.text": "Dengan tautan ini jawaban sudah dikirim. Jika bukan Anda yang mengirimnya, segera hubungi "
    "kami. Untuk jawaban lain, minta tautan baru kepada petugas kami.",
    "refused.often": "Terlalu banyak permintaan",
    "refused.often.text": "Tunggu sebentar, lalu coba lagi. Jawaban yang sudah mendapat nomor tanda terima tidak "
    "hilang.",
    "refused.busy": "Halaman sedang sibuk",
    "refused.busy.text": "Coba lagi beberapa saat lagi. Belum ada yang dikirim.",
    "refused.away": "Halaman sedang tidak dapat menjangkau kantor",
    "refused.away.text": "Coba lagi beberapa saat lagi. Jika Anda baru saja mengirim sesuatu, buka tautannya sekali "
    "lagi untuk memastikan.",
    "refused.large": "Yang dikirim terlalu besar",
    "refused.large.text": "Kembali, persingkat keterangan, lalu kirim lagi. Tidak ada yang dicatat.",
    "refused.form": "Formulir ini tidak dapat dibaca",
    "refused.form.text": "Kembali ke halaman, isi sekali lagi, lalu kirim. Tidak ada yang dicatat.",
    "refused.elsewhere": "Formulir ini datang dari tempat lain",
    "refused.elsewhere.text": "Buka tautan dari pesan yang kami kirim dan isi formulir di sana. Tidak ada yang "
    "dicatat.",
    "refused.nothing": "Halaman ini tidak ada",
    "refused.nothing.text": "Buka tautan dari pesan yang kami kirim.",
    "refused.fault": "Terjadi kesalahan pada kami",
    "refused.fault.text": "Coba lagi beberapa saat lagi. Kesalahan ini sudah dicatat tanpa data Anda.",
}
_EN: Final[Mapping[str, str]] = {
    "skip": "Skip to the content",
    "languages": "Language",
    "pages": "Pages",
    "page.notice": "Notice and consent",
    "page.rights": "Your rights",
    "speaker.guardian": "You answer as the parent or guardian of a child. “You” on this page is the child: their data, "
    "consent and rights.",
    "speaker.carer": "You answer with a person with a disability, as their guardian. “You” on this page is that "
    "person: their data, consent and rights.",
    "title": "Your personal data",
    "lead": "Here you read what we do with your personal data, give or withdraw your consent, and use your rights. "
    "This page does not show your data and needs no account.",
    "until": "This link is good until {until}.",
    "footer": "This page uses no cookies and no scripts, and loads nothing from elsewhere. Do not forward its link: "
    "whoever has it can answer in your name.",
    "notice": "Privacy notice",
    "version": "Version {version}",
    "legality": "Legal basis of the processing",
    "purpose": "Purposes of the processing",
    "types": "Kinds of personal data",
    "kept": "How long documents are kept",
    "detail": "Details of what is collected",
    "period": "How long we process",
    "rights": "Your rights as a data subject",
    "consent": "Your consent",
    "consent.lead": "Answer what you wish to answer. Nothing is chosen for you. What you leave out stays as it is "
    "now, and you can change every answer again in the same way.",
    "consent.none": "We do not process your data on the basis of consent, so there is nothing to answer.",
    "now.given": "Now: you agree.",
    "now.withdrawn": "Now: you have withdrawn your consent.",
    "now.missing": "Now: you have not answered yet.",
    "now.sources": "Now: your consent was recorded from another source.",
    "now.restricted": "Now: restricted at your request.",
    "now.objected": "Now: you have objected.",
    "yes": "Yes, I agree",
    "no": "No, I do not agree, or I withdraw my consent",
    "consent.send": "Send answers",
    "withdraw.all": "Withdraw all consent",
    "withdraw.hint": "Withdrawing does not touch what was lawfully done before. Without your consent we stop using the "
    "data for that purpose.",
    "more": "Do you want to see, correct or erase your data?",
    "more.link": "Use your rights",
    "right.title": "Use your rights",
    "right.lead": "Choose one right. We answer at the address or number that we have of you, after making sure that "
    "the request is really yours.",
    "right.which": "What do you ask for?",
    "access": "See my data and get a copy of it",
    "access.hint": "With the list of who has seen it, and when.",
    "correction": "Correct or complete my data",
    "correction.hint": "Write below what is wrong.",
    "erasure": "Erase my data",
    "erasure.hint": "What the law demands to keep is kept as long as it demands it.",
    "restriction": "Restrict what is done with my data",
    "restriction.hint": "The data is kept, but not used for the purposes that you choose.",
    "objection": "Object",
    "objection.hint": "To decisions made by machines alone, or to a use of your data.",
    "portability": "Take my data to another organisation",
    "portability.hint": "In a common form that machines can read.",
    "withdrawal": "Withdraw my consent",
    "withdrawal.hint": "You can also do this directly on the page of consent.",
    "right.purposes": "For which purposes?",
    "right.purposes.hint": "Only for a restriction, an objection or a withdrawal. An objection without a purpose is "
    "to decisions made by machines alone.",
    "right.text": "Details (may stay empty)",
    "right.text.hint": "At most {most} characters. Do not write card numbers, passwords or codes. The details are "
    "sealed, and whoever opens them is recorded.",
    "right.send": "Send request",
    "error.title": "Something needs to be mended",
    "error.mark": "Error:",
    "error.nothing": "Choose an answer for at least one purpose.",
    "error.right": "Choose what you ask for.",
    "error.purposes": "Choose at least one purpose for this request.",
    "error.purposes.extra": "Purposes are for a restriction, an objection or a withdrawal only. Take the choice out.",
    "error.text": "The details are too long: at most {most} characters.",
    "error.signs": "The details have signs that cannot be read. Write them as plain text.",
    "error.words": "We cannot keep these details. Write them shorter, as plain text.",
    "error.correction": "Write what is wrong and what is right.",
    "error.old": "This form was open for too long, or has been used. Check your answers and send it once more.",
    "done.title": "We have received it",
    "done.receipt": "Receipt number:",
    "done.keep": "Write this number down. With it you can ask about your answer.",
    "done.next": "What happens next",
    "done.consent": "The office writes your answer down and signs its receipt. From then on your answer holds in our "
    "work.",
    "done.withdrawal": "The office writes down that you withdraw your consent, within 3 x 24 hours at the latest. "
    "From then on we no longer use your data for that purpose.",
    "done.right": "Your request is written down with the time at which it came. We make sure that it is yours, then "
    "answer at the address or number that we have; where the law sets it, within 3 x 24 hours.",
    "state.waiting": "State: received, waiting for the office to write it down.",
    "state.taken": "State: written down by the office.",
    "state.partly": "State: some of it was written down, some was not. Ask us and name the number above.",
    "state.refused": "State: the office could not write it down. Contact us and name the number above.",
    "state.number": "Number at the office: {number}",
    "done.again": "Load this page again to see the newest state.",
    "done.back": "Back to the page of your personal data",
    "link.unknown": "This link is not known",
    "link.unknown.text": "Part of it may have been lost in copying. Open it once more from our message, or ask our "
    "agent for a new one.",
    "link.expired": "This link is no longer good",
    "link.expired.text": "For your safety a link is good for a short time only. Ask our agent for a new one.",
    "link.used": "This link has been used",
    "link.used.text": "An answer has been sent with this link. If it was not you who sent it, contact us at once. For "
    "another answer ask our agent for a new link.",
    "refused.often": "Too many requests",
    "refused.often.text": "Wait a moment, then try again. An answer that has its receipt number is not lost.",
    "refused.busy": "The page is busy",
    "refused.busy.text": "Try again in a moment. Nothing was sent yet.",
    "refused.away": "The page cannot reach the office",
    "refused.away.text": "Try again in a moment. If you have just sent something, open the link once more to make "
    "sure.",
    "refused.large": "What was sent is too large",
    "refused.large.text": "Go back, shorten the details, then send again. Nothing was written down.",
    "refused.form": "This form cannot be read",
    "refused.form.text": "Go back to the page, fill the form in once more, then send it. Nothing was written down.",
    "refused.elsewhere": "This form comes from elsewhere",
    "refused.elsewhere.text": "Open the link from our message and fill the form in there. Nothing was written down.",
    "refused.nothing": "There is no such page",
    "refused.nothing.text": "Open the link from our message.",
    "refused.fault": "Something went wrong on our side",
    "refused.fault.text": "Try again in a moment. The fault was written down without your data.",
}
TEXTS: Final[Mapping[str, Mapping[str, str]]] = {"id": _ID, "en": _EN}
NAMES: Final = {"id": "Bahasa Indonesia", "en": "English"}
"""What each language calls itself."""


def said(language: str, key: str, **filled: str | int) -> str:
    """A text in a language.

    Raises:
        KeyError: there is none.
    """
    text = TEXTS[language][key]
    return text.format(**filled) if filled else text
