"""A text that is put on a screen can be said again: what is put together keeps its recipe.

An f-string or a `join` gives characters alone, which would stay in the language of the moment: `filled`, `joined` and
`@said` of `app/ui/saying.py` give a text that follows.
"""

import ast
from collections.abc import Iterator

import pytest

from app.domain.two_languages import TwoLanguages
from app.ui.application import TiraiApplication
from app.ui.language import Language, speak, tr
from app.ui.saying import filled, joined, now, said
from app.ui.widgets.labels import text_label
from app.ui.words import number
from tests.ui.linguist import ROOT

UI = ROOT / "app" / "ui"
SETTERS = {"setText", "set_words", "setToolTip", "setAccessibleName", "setAccessibleDescription", "setPlaceholderText"}
SETTERS |= {"say", "text_label", "ElidedLabel", "setWindowTitle"}


def loses_its_recipe(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return True
    calls_join = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "join"
    return calls_join and isinstance(node.func.value, ast.Constant)  # type: ignore[attr-defined]


def put_together(source: str) -> Iterator[int]:
    """Lines where a setter of words is given a text that cannot be said again."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in SETTERS:
                yield from (argument.lineno for argument in node.args if loses_its_recipe(argument))


ALLOWED = {"setup/kit_page.py", "accounts/code_page.py", "enrolment/authenticator_page.py", "widgets/recovery_codes.py"}
"""Codes and keys, which are the same in every language."""


def test_that_no_setter_is_given_a_text_without_its_recipe() -> None:
    found = [
        f"{path.relative_to(UI)}:{line}"
        for path in sorted(UI.rglob("*.py"))
        if str(path.relative_to(UI)) not in ALLOWED
        for line in put_together(path.read_text(encoding="utf-8"))
    ]
    assert not found, "use filled, joined or @said of app/ui/saying.py:\n" + "\n".join(found)


SAYERS = {"tr", "_tr", "filled", "joined", "words", "sentence"}


def sent_as_characters(source: str) -> Iterator[int]:
    """Lines where a sentence goes through a signal of `str`, on which Qt hands on its characters alone."""
    tree = ast.parse(source)
    of_str = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("Signal(str")
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "emit"):
            continue
        signal = node.func.value
        if isinstance(signal, ast.Attribute) and signal.attr in of_str:
            inside = (part for argument in node.args for part in ast.walk(argument))
            named = {part.attr if isinstance(part, ast.Attribute) else getattr(part, "id", "") for part in inside}
            if named & SAYERS:
                yield node.lineno


def test_that_no_sentence_goes_through_a_signal_of_characters() -> None:
    found = [
        f"{path.relative_to(UI)}:{line}"
        for path in sorted(UI.rglob("*.py"))
        for line in sent_as_characters(path.read_text(encoding="utf-8"))
    ]
    assert not found, "declare the signal with object:\n" + "\n".join(found)


def test_that_the_scan_sees_what_it_looks_for() -> None:
    lines = ("label.setText(f'{a}, {b}')", "label.setText(', '.join(parts))", "label.setText(words)")
    assert list(put_together("\n".join(lines))) == [1, 2]
    told = "told = Signal({})\nself.told.emit(self.tr('Kept.').format(n=1))"
    assert list(sent_as_characters(told.format("str"))) == [2]
    assert list(sent_as_characters(told.format("object"))) == []


@pytest.fixture
def english(qapp: TiraiApplication) -> Iterator[TiraiApplication]:
    yield qapp
    speak(qapp, Language.ENGLISH)


def test_that_a_text_and_all_that_fills_it_are_said_again(english: TiraiApplication) -> None:
    label = TwoLanguages("Bank account", "Rekening bank", "en")
    label_on_screen = text_label(english.look, tr("Outcome: {code}").format(code=label))
    amounts = text_label(english.look, joined(", ", number(88_214), filled("{}: {}", tr("Reason"), label)))
    speak(english, Language.INDONESIAN)
    assert label_on_screen.text() == "Hasil: Rekening bank"
    assert amounts.text() == "88.214, Alasan: Rekening bank"


def test_that_a_text_said_before_is_said_as_of_now_where_it_is_used_later(english: TiraiApplication) -> None:
    kept = tr("Reason")
    speak(english, Language.INDONESIAN)
    assert (str(now(kept)), f"{kept}") == ("Alasan", "Alasan")
    assert text_label(english.look, kept).text() == "Alasan"


def test_that_a_plain_text_takes_the_place_of_one_that_follows(english: TiraiApplication) -> None:
    label = text_label(english.look, tr("Reason"))
    label.setText("Sari")
    speak(english, Language.INDONESIAN)
    assert label.text() == "Sari"


def test_that_a_function_that_puts_a_text_together_is_asked_again(english: TiraiApplication) -> None:
    @said
    def both() -> str:
        return f"{tr('Reason')} + {tr('Account')}"

    label = text_label(english.look, both())
    speak(english, Language.INDONESIAN)
    assert label.text() == "Alasan + Akun"
    speak(english, Language.ENGLISH)
    assert label.text() == "Reason + Account"
