"""What a start without a terminal says on Windows."""

from types import SimpleNamespace

from app.system.windows_box import show


def test_that_the_sentence_stands_in_a_box() -> None:
    asked: list[tuple[object, ...]] = []
    user = SimpleNamespace(MessageBoxW=lambda *words: asked.append(words))
    show("Tirai does not start.", SimpleNamespace(windll=SimpleNamespace(user32=user)))
    assert asked == [(None, "Tirai does not start.", "Tirai", 0x10)]
