"""The Indonesian translation is whole, is the code's, and says the words that the design binds."""

import ast
import re
import shutil
from pathlib import Path

from PySide6.QtCore import QTranslator

from tests.ui.linguist import COMPILED, ROOT, SOURCE, compile_to, gather, messages

SCREENS = sorted((ROOT / "app" / "ui").rglob("*.py"))

BOUND_WORDS = {
    "Sign in": "Masuk",
    "Code from your authenticator": "Kode dari aplikasi autentikator",
    "Caps Lock is on": "Caps Lock aktif",
    "Account, password or code is not right. {n} tries left here.": (
        "Akun, kata sandi, atau kode tidak tepat. Sisa {n} kali di sini."
    ),
    "This code was used already. Wait for the next one, {s} s.": (
        "Kode ini sudah dipakai. Tunggu kode berikutnya, {s} dtk."
    ),
    "The clock here is about {n} min off. Codes will not fit until IT sets it.": (
        "Jam di sini meleset sekitar {n} mnt. Kode tidak akan cocok sampai IT membetulkannya."
    ),
    "Too many tries here. Wait {m} min, or have a supervisor confirm it is you.": (
        "Terlalu banyak percobaan di sini. Tunggu {m} mnt, atau minta supervisor memastikan ini Anda."
    ),
    "No keyring is open here, so no session can start. Unlock it, or give IT the code K1.": (
        "Keyring di sini tidak terbuka, jadi sesi tidak bisa dimulai. Buka dulu, atau sampaikan kode K1 ke IT."
    ),
    "This keyring does not protect keys. Tirai refuses it (K2).": (
        "Keyring ini tidak melindungi kunci. Tirai menolaknya (K2)."
    ),
    "This session is wiped from this workstation": "Sesi ini sudah dihapus dari komputer ini",
    "Reveal": "Buka",
    "Ask": "Minta",
    "Withdraw": "Batalkan",
    "Close": "Tutup",
    "you may reveal, with a reason": "boleh Anda buka, dengan alasan",
    "a supervisor opens one field at a time": "supervisor membuka satu kolom tiap kali",
    "specific data under UU PDP, only a privacy officer decides": (
        "data spesifik UU PDP, hanya petugas privasi yang memutuskan"
    ),
    "Opens for {n} seconds and is written down with your name.": "Terbuka {n} detik dan dicatat atas nama Anda.",
    "{a} of {b} reveals used this shift": "{a} dari {b} buka terpakai di giliran ini",
    "Opening…": "Membuka…",
    "closes in {n}": "tutup {n}",
    "Asked {t} ago": "Diminta {t} lalu",
    "Opened for you by {name}, once": "{name} membukakan ini untuk Anda, sekali",
    "Refused: {reason}": "Ditolak: {reason}",
    "The request has expired": "Permintaan kedaluwarsa",
    "No reveal while offline": "Tidak bisa dibuka saat luring",
    "The audit log cannot be written, so nothing can be opened. Call IT (A1).": (
        "Log audit tidak dapat ditulis, jadi tidak ada yang bisa dibuka. Hubungi IT (A1)."
    ),
    "Waits for the back office": "Menunggu back office",
    "Approve for {n} s": "Setujui {n} dtk",
    "Deny…": "Tolak…",
    "You cannot decide your own request.": "Anda tidak dapat memutuskan permintaan sendiri.",
    "Something went wrong on our side (no. {id}). No customer data is in the report.": (
        "Ada kesalahan di pihak kami (no. {id}). Laporan tidak memuat data pelanggan."
    ),
}
"""Section 6 of the design's ui.md, as far as these screens say it."""


def test_that_the_translation_has_the_sentences_of_the_code_and_no_others(tmp_path: Path) -> None:
    fresh = tmp_path / "tirai_id.ts"
    shutil.copy(SOURCE, fresh)
    gather(fresh)
    now, kept = ({(m.context, m.source) for m in messages(file)} for file in (fresh, SOURCE))
    assert not now - kept, f"not in the translation, run `make translations`: {sorted(now - kept)}"
    assert not kept - now, f"no longer said, run `make translations`: {sorted(kept - now)}"


def test_that_every_sentence_is_translated_and_finished() -> None:
    assert not [m for m in messages(SOURCE) if m.state or not m.translation.strip()]


def test_that_placeholders_match() -> None:
    def places(text: str) -> list[str]:
        return sorted(re.findall(r"\{\w*\}", text))

    assert not [m for m in messages(SOURCE) if places(m.source) != places(m.translation)]


def test_that_a_sentence_ends_as_its_source_does() -> None:
    marks = "….:?"

    def end(text: str) -> str:
        return text[-1:] if text.endswith(tuple(marks)) else ""

    assert not [m for m in messages(SOURCE) if end(m.source) != end(m.translation)]


def test_that_the_words_of_the_design_are_said_exactly() -> None:
    said = {m.source: m.translation for m in messages(SOURCE)}
    assert {english: said.get(english) for english in BOUND_WORDS} == BOUND_WORDS


def test_that_compiling_again_gives_the_same_words(tmp_path: Path) -> None:
    fresh = tmp_path / "tirai_id.qm"
    compile_to(SOURCE, fresh)
    again, kept = QTranslator(), QTranslator()
    assert again.load(str(fresh))
    assert kept.load(str(COMPILED))
    for m in messages(SOURCE):
        assert kept.translate(m.context, m.source) == again.translate(m.context, m.source) == m.translation


def test_that_sentences_outside_widgets_are_found_where_they_are_looked_for() -> None:
    """Linguist files `_tr` inside a class under the class, the program looks for it under no name at all."""
    assert len(SCREENS) > 100
    for module in SCREENS:
        place, tree = module.relative_to(ROOT), ast.parse(module.read_text("utf-8"))
        own = [n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name in ("_tr", "_later")]
        assert not own, f"{place}: take it from app.ui.language"
        classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
        inside = [n for c in classes for n in ast.walk(c) if isinstance(n, ast.Name) and n.id in ("_tr", "_later")]
        assert not inside, f"{place}: in a widget say self.tr: line {inside[0].lineno}"


_SAYS = {
    "text_label": 1,
    "ElidedLabel": 1,
    "Button": 1,
    "Strip": 1,
    "Chip": 1,
    "badge": 1,
    "setText": 0,
    "setWindowTitle": 0,
    "setAccessibleName": 0,
    "setAccessibleDescription": 0,
    "setPlaceholderText": 0,
    "setToolTip": 0,
    "set_words": 0,
    "say": 0,
    "announce": 1,
}
"""Functions that put words on a screen, and which argument holds them."""


def round_translation(source: str) -> list[str]:
    """Words that are said in English alone, with their lines."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        at = _SAYS.get(name)
        if at is None or len(node.args) <= at:
            continue
        said = node.args[at]
        if isinstance(said, ast.Constant) and isinstance(said.value, str) and said.value != "Tirai":
            found += [f"line {node.lineno}: {said.value}"] if re.search(r"[A-Za-z]{2}", said.value) else []
    return found


def test_that_no_sentence_goes_round_the_translation() -> None:
    assert round_translation('label.setText("Open")') == ["line 1: Open"], "the control"
    found = {str(module.relative_to(ROOT)): round_translation(module.read_text("utf-8")) for module in SCREENS}
    assert not {place: words for place, words in found.items() if words}
