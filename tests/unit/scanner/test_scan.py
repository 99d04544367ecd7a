"""The note scanner: what it finds, what it leaves, and that no text makes it slow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scanner import clusters
from app.scanner.find import NEVER_KEPT, What
from app.scanner.scan import masked, scan
from benchmarks.notes_corpus import CHANGES, SEED, changed, notes
from benchmarks.notes_scanner import judge

COUNT = 600


def found(text: str) -> list[tuple[str, str]]:
    return [(find.what.value, text[find.start : find.end]) for find in scan(text)]


FOUND = {
    "card": ("Kartu 4111 1111 1111 1111 ditolak", "card", "4111 1111 1111 1111"),
    "card without a word": ("4111-1111-1111-1111", "card", "4111-1111-1111-1111"),
    "card in commas": ("4111, 1111, 1111, 1111", "card", "4111, 1111, 1111, 1111"),
    "card typed wrongly": ("her card 4111 1111 1111 1112", "card", "4111 1111 1111 1112"),
    "card code": ("CVV 123 disebut", "card_code", "123"),
    "card code in a sentence": ("the cvv is 1234.", "card_code", "1234"),
    "nik": ("NIK 3273014708850003", "nik", "3273014708850003"),
    "nik without a word": ("3273.0147.0885.0003 cocok", "nik", "3273.0147.0885.0003"),
    "family card": ("No KK 3273012501230001", "family_card", "3273012501230001"),
    "npwp": ("01.234.567.8-901.000 belum aktif", "npwp", "01.234.567.8-901.000"),
    "bpjs": ("BPJS 0001234567890", "bpjs", "0001234567890"),
    "passport": ("paspor C1234567 habis", "passport", "C1234567"),
    "mobile": ("hubungi 0812-3456-7890 sore", "phone", "0812-3456-7890"),
    "landline": ("(021) 5551234 sibuk", "phone", "(021) 5551234"),
    "foreign": ("call +44 20 7946 0958", "phone", "+44 20 7946 0958"),
    "north american": ("reach her at 212-555-0123", "phone", "212-555-0123"),
    "glued": ("WA081234567890", "phone", "081234567890"),
    "e-mail": ("kirim ke sari.w@mail.example.co.id ya", "email", "sari.w@mail.example.co.id"),
    "e-mail spelt": ("john (at) example (dot) com", "email", "john (at) example (dot) com"),
    "account": ("rek BCA 0123456789 a/n", "account", "0123456789"),
    "iban": ("GB82 WEST 1234 5698 7654 32 please", "account", "GB82 WEST 1234 5698 7654 32"),
    "birth date": ("lahir 17 Agustus 1985", "birth_date", "17 Agustus 1985"),
    "english birth date": ("DOB March 3, 1985", "birth_date", "March 3, 1985"),
    "plate": ("mobil B 1234 XYZ mogok", "plate", "B 1234 XYZ"),
    "two mobiles and a stroke": ("081234567890/081398765432", "phone", "081398765432"),
    "foreign passport": ("passport E1234567K expired", "passport", "E1234567K"),
    "singapore": ("NRIC S1234567D", "national_id", "S1234567D"),
    "britain": ("national insurance number QQ 12 34 56 C", "national_id", "QQ 12 34 56 C"),
    "card code on the back": ("the three digits on the back are 774", "card_code", "774"),
    "security code, short": ("amex, sec code 1234", "card_code", "1234"),
    "pin": ("pin atm dia 4321 katanya", "card_code", "4321"),
    "english pin": ("said her card pin is 123456", "card_code", "123456"),
    "account after a shortened word": ("account no. 5220304321 is hers", "account", "5220304321"),
    "bpjs after a shortened word": ("BPJS no. 0001234567897", "bpjs", "0001234567897"),
    "passport after a shortened word": ("paspor no. C7654321", "passport", "C7654321"),
    "two shortened words": ("nomor rek. no. 5220304321", "account", "5220304321"),
    "security code and where it stands": ("security code on the back is 4821", "card_code", "4821"),
    "card code and how long it is": ("kode keamanan 3 digit di belakang 662", "card_code", "662"),
    "a mobile after a colon": ("whatsapp:081234567890", "phone", "081234567890"),
    "a passport in small letters": ("paspor nya c7654321", "passport", "c7654321"),
    "e-mail as it is said": ("budi dot santoso at gmail dot com", "email", "budi dot santoso at gmail dot com"),
    "work's insurance": ("KPJ 12345678901", "bpjs", "12345678901"),
    "birthday": ("b-day 12/03/1988", "birth_date", "12/03/1988"),
    "a code after a card's end": ("4111 1111 1111 1111 09/28 774", "card_code", "774"),
    "a code before a card's end": ("4111111111111111 / 774 / 09-28", "card_code", "774"),
    "a code after the word for its end": ("exp 09/28, 774", "card_code", "774"),
    "account after an amount": ("transfer Rp 500.000 ke 0011223344", "account", "0011223344"),
    "e-mail in brackets": ("siti[@]contoh[.]id", "email", "siti[@]contoh[.]id"),
    "code at the back": ("code at the back: 912", "card_code", "912"),
    "mobile with other signs": ("0812~3456~7890", "phone", "0812~3456~7890"),
    "card with other signs": ("4111*1111*1111*1111", "card", "4111*1111*1111*1111"),
    "social security": ("SSN 123-45-6789", "national_id", "123-45-6789"),
}


@pytest.mark.parametrize("case", FOUND)
def test_that_numbers_of_persons_are_found_whole(case: str) -> None:
    text, what, value = FOUND[case]
    assert (what, value) in found(text)


def test_that_two_mobiles_with_a_cards_digits_between_them_leave_no_digit() -> None:
    text = "0812-3456-7890/0813-9876-5432"
    kept = masked(text, scan(text))
    assert not any(part in kept for part in ("0812", "3456", "7890", "0813", "9876"))


LEFT = (
    "Buka jam 09.00-17.30, tiket #882910.",
    "Open 9:00-17:30, PIN code 560001 of the area.",
    "Tiket 4100012345 sudah ditutup, SLA 3x24 jam.",
    "Nomor resi JNE 0123456789012 belum sampai.",
    "Order INV/2026/11/000123 senilai Rp 4.111.111.111 dibatalkan.",
    "Router SN 4829104857201938 firmware 1.2.3.4.",
    "Telepon kembali jam 10.30 tgl 24-11-2026.",
    "Tagihan Rp 1.250.000 dibayar 2 kali, tgl 03-11-2026 dan 04-11-2026.",
    "Paket 100GB/30hari harga Rp150.000, kode HEMAT5000",
    "Flight GA 410 on 3 May 2026, seat 12A, gate B 12 C",
    "Invoice 12345678 for $1,250.00 is due on 12/12/2026.",
    "Customer number 100234567, contract 2023-00012345",
    "IMEI 490154203237518, model A4 B200, version 10.2.3",
    "cvv TIDAK dicatat, exp 09/27",
    "ticket no. 0812345678 is closed",
    "transfer of Rp 12500000 is open",
    "from 10:30 to 11:15, see ::1 and 10.0.0.1:8080",
    "contract 2026, 24 items, valid until 09/28",
    "look at the dot on the screen",
    "We spoke about her account. 5220304321 pieces were sent",
    "",
)


@pytest.mark.parametrize("text", LEFT)
def test_that_numbers_of_nobody_stay(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("change", CHANGES)
def test_that_no_way_of_writing_hides_a_number(change: str) -> None:
    """The bars of the notes' corpus, on notes of our own in two languages."""
    recall, precision = judge([changed(note, change, SEED) for note in notes(COUNT)])
    for what in (What.CARD, What.CARD_CODE, What.NIK, What.NPWP):
        assert recall[what] >= 0.98, what
    assert recall[What.PHONE] >= 0.97
    assert recall[What.EMAIL] >= (0.8 if change == "line break" else 0.98)
    assert all(share >= 0.9 for what, share in recall.items() if what is not What.EMAIL)
    assert all(share >= 0.95 for share in precision.values())


def test_that_notes_without_a_number_of_a_person_keep_theirs() -> None:
    without = [note for note in notes(COUNT) if not note.spans]
    assert len(without) > 100
    assert sum(bool(scan(note.text)) for note in without) <= len(without) // 50


def test_that_masks_stand_where_the_numbers_stood() -> None:
    text = "Kartu ４１１１ 1111 1111 1111, hp 0812-3456-7890."
    kept = masked(text, scan(text))
    assert kept == "Kartu 4111 11 ••• 1111, hp +62 ••• 90."
    assert scan(kept) == []


@given(st.text(alphabet="0123456789 .-/@a\n\u200bb１kartu", max_size=120))
def test_that_finds_are_in_order_and_never_over_each_other(text: str) -> None:
    end = 0
    for find in scan(text):
        assert end <= find.start < find.end <= len(text)
        end = find.end


@given(st.integers(0, 10**6), st.sampled_from(CHANGES))
def test_that_no_card_is_left_in_a_masked_note(seed: int, change: str) -> None:
    for note in notes(5, seed):
        text = changed(note, change, seed).text
        left = scan(masked(text, scan(text)))
        assert not [find for find in left if find.what in NEVER_KEPT]


@pytest.mark.parametrize("piece", ["1", "1 ", "4 ", "1.", "4111 1111 1111 1111 ", "0 8 "])
def test_that_each_group_of_digits_is_looked_at_a_bounded_number_of_times(
    piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Linear by count, not by the clock: the windows for a text of ten times the length are ten times as many."""
    made: list[int] = []
    real = clusters.Window.__init__

    def counted(self: clusters.Window, cluster: clusters.Cluster, first: int, last: int) -> None:
        made.append(last - first)
        real(self, cluster, first, last)

    monkeypatch.setattr(clusters.Window, "__init__", counted)
    scan(piece * 200)
    few = len(made)
    made.clear()
    scan(piece * 2000)
    assert len(made) <= 11 * max(few, 1)
    assert max(made, default=0) <= clusters.LONGEST
