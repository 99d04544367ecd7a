"""The size of the text and the density: everything follows, at once, and comes back exactly."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.display import TEXT_SIZES, Display
from app.ui.application import TiraiApplication, show_as
from app.ui.console.field_row import FieldRow
from app.ui.console.screen import ConsoleScreen
from app.ui.theme.look import Look
from app.ui.theme.sheet import style_sheet
from app.ui.theme.tokens import ThemeName, load_tokens
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Avatar, Chip, key_cap
from app.ui.widgets.code_boxes import CodeBoxes
from app.ui.widgets.labels import ElidedLabel, icon_label, text_label
from app.ui.widgets.strips import Strip
from tests.ui.conftest import Signed

SCREENS = Path(__file__).parents[2] / "app" / "ui"


@pytest.fixture(autouse=True)
def as_before(qapp: TiraiApplication) -> Iterator[None]:
    """The next test begins with the design's sizes."""
    yield
    show_as(qapp, Display("light"))


def screen_of(signed: Signed) -> ConsoleScreen:
    screen = signed.window.console
    assert screen is not None
    return screen


def settled() -> None:
    for _ in range(3):
        QApplication.processEvents()


# what follows -----------------------------------------------------------------------------------------------------
MAKERS: dict[str, Callable[[Look], QWidget]] = {
    "button": lambda look: Button(look, "Open", "primary", icon="eye"),
    "row button": lambda look: Button(look, "Ask", "row", icon="hand"),
    "strip": lambda look: Strip(look, "Away", "warn", action="Go"),
    "chip": lambda look: Chip(look, "Billing", tone="ok", icon="check"),
    "avatar": lambda look: Avatar(look, "Ratna Dewanti"),
    "key": lambda look: key_cap(look, "Esc"),
    "code": CodeBoxes,
    "text": lambda look: text_label(look, "Ratna Dewanti"),
    "line that ends in …": lambda look: ElidedLabel(look, "Ratna Dewanti"),
    "icon": lambda look: icon_label(look, "eye"),
}


@pytest.mark.parametrize("name", sorted(MAKERS))
@pytest.mark.parametrize("text", TEXT_SIZES[1:])
def test_that_a_widget_that_stands_gets_the_size_of_one_made_at_it(
    name: str, text: int, qtbot: QtBot, qapp: TiraiApplication, look: Look
) -> None:
    grounds: list[QWidget] = []

    def made() -> QWidget:
        widget = MAKERS[name](look)
        ground = QWidget()
        grounds.append(ground)
        qtbot.addWidget(ground)
        widget.setParent(ground)
        ground.show()
        settled()
        return widget

    def size(widget: QWidget) -> QSize:
        settled()
        return widget.sizeHint().expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())

    stood = made()
    before = size(stood)
    show_as(qapp, Display("light", text=text))
    assert size(stood) == size(made())
    assert size(stood).height() > before.height()
    show_as(qapp, Display("light"))
    assert size(stood) == before, "and back to where it was, to the px"


def test_that_rows_follow_the_density_in_list_table_and_card(
    console: Callable[..., Signed], qapp: TiraiApplication
) -> None:
    screen = screen_of(console())

    def rows() -> tuple[int, int, int]:
        settled()
        card = next(screen.card.rows()).height()
        side = screen.table_panel.table.verticalHeader().defaultSectionSize()
        return screen.find_panel.list.sizeHintForRow(0), side, card

    assert rows() == (46, 32, 30)
    show_as(qapp, Display("light", "comfortable"))
    assert rows() == (52, 38, 36)
    show_as(qapp, Display("light", "comfortable", 200))
    assert rows()[:2] == (104, 76)
    show_as(qapp, Display("light", "compact", 200))
    assert rows()[:2] == (92, 64)
    show_as(qapp, Display("light"))
    assert rows() == (46, 32, 30)


def test_that_an_open_field_stays_open_while_the_text_grows(
    console: Callable[..., Signed], qapp: TiraiApplication, qtbot: QtBot
) -> None:
    from tests.ui.test_console import reveal

    signed = console()
    row = reveal(qtbot, signed)
    show_as(qapp, Display("dark", "comfortable", 150))
    settled()
    assert isinstance(row, FieldRow)
    assert row.curtain.is_open
    assert row.curtain.height() >= 54


def test_that_reduced_motion_swaps_states_at_once_and_counts_in_seconds(
    console: Callable[..., Signed], qapp: TiraiApplication, qtbot: QtBot
) -> None:
    from tests.ui.test_console import reveal

    show_as(qapp, Display("light", motion="still"))
    signed = console()
    row = reveal(qtbot, signed)
    assert row.curtain._ticker.interval() == 1000
    row.curtain.closed()
    assert row.curtain.state not in ("closing", "open"), "nothing slides"


@pytest.mark.parametrize("text", [1.0, 1.1, 1.25, 1.5, 1.75, 2.0])
def test_that_a_focus_ring_moves_nothing_at_any_size(text: float, qtbot: QtBot, qapp: TiraiApplication) -> None:
    show_as(qapp, Display("light", text=round(text * 100)))
    for kind in ("primary", "secondary", "danger", "quiet", "link", "row", "chip", "filter", "segment", "square"):
        button = Button(qapp.look, "Open", kind)
        qtbot.addWidget(button)
        button.show()
        button.activateWindow()
        settled()
        before = button.sizeHint()
        button.setFocus()
        qtbot.waitUntil(button.hasFocus)
        button.ensurePolished()
        assert button.sizeHint() == before, kind


def test_that_only_edges_of_the_sheet_keep_their_width() -> None:
    tokens = load_tokens(ThemeName.LIGHT)
    once, twice = style_sheet(tokens), style_sheet(tokens, 2.0)
    assert "min-height: 28px" in once
    assert "min-height: 56px" in twice
    assert "border: 2px solid" in twice
    assert "-2px" not in once + twice


# what the sources may say -----------------------------------------------------------------------------------------
SIZERS = {
    "setFixedWidth", "setFixedHeight", "setFixedSize", "setMinimumWidth", "setMinimumHeight", "setMinimumSize",
    "setMaximumWidth", "setMaximumHeight", "setMaximumSize", "setDefaultSectionSize", "setIconSize",
    "setMinimumSectionSize", "setColumnWidth", "QSize",
}  # fmt: skip
UNSCALED = {
    "NO_LIMIT": "no limit at all",
    "SMALLEST": "the window, which the screen has to hold",
    "LEAST_LEFT": "a least width, which a small window has to hold at every size of the text",
    "LEAST_MIDDLE": "the same",
    "LEAST_RIGHT": "the same",
    "EDGE": "a QR code, which a camera reads",
    "EDGES": "a gap",
    "MOST_ROWS": "a count",
}
NO_SIZE = 10_000
"""From here on a number says that there is no limit."""
PRINTED = {"widgets/recovery_codes.py": "a page of paper"}


def raw_sizes(source: str) -> Iterator[tuple[int, str]]:
    """Sizes in px that do not go through the look: line, and what stands there."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in SIZERS:
            continue
        sized = node.args[1:] if name in ("setColumnWidth", "QSize") else node.args  # a hint's width is the view's
        for argument in sized:
            if found := _raw(argument):
                yield node.lineno, f"{name}({found})"


def _raw(node: ast.expr) -> str:
    """A number or a constant that is no measure of the look."""
    if isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id in ("min", "max", "round")):
        return ""  # a measure of the look, or what a widget tells of itself
    if isinstance(node, ast.Constant) and isinstance(node.value, int) and 80 < node.value < NO_SIZE:
        return str(node.value)
    if isinstance(node, ast.Name) and node.id.isupper() and node.id not in UNSCALED:
        return node.id
    inner = [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    return next((found for child in inner if (found := _raw(child))), "")


def sources() -> Iterator[tuple[str, str]]:
    """Every file of the screens: its place, and what is in it."""
    paths = sorted(SCREENS.rglob("*.py"))
    assert len(paths) > 100
    yield from ((path.relative_to(SCREENS).as_posix(), path.read_text("utf-8")) for path in paths)


def test_that_no_screen_measures_in_px_of_its_own() -> None:
    found = {place: raw for place, source in sources() if (raw := list(raw_sizes(source)))}
    assert not found, "Use look.px, look.row or fix_panel: sizes follow the text. " + str(found)


def fonts_in(source: str) -> set[str]:
    """What names a font or its size."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    names = {c.func.attr if isinstance(c.func, ast.Attribute) else getattr(c.func, "id", "") for c in calls}
    return names & {"setPixelSize", "setPointSize", "setPointSizeF", "QFont", "make_font"}


def test_that_no_painter_names_a_font_or_its_size() -> None:
    found = {place: named for place, source in sources() if (named := fonts_in(source))}
    assert not [place for place in found if not place.startswith("theme/") and place not in PRINTED], found


def test_that_the_scan_finds_what_it_looks_for() -> None:
    assert fonts_in("painter.setFont(QFont())") == {"QFont"}
    assert list(raw_sizes("self.setFixedWidth(WIDTH)"))
    assert list(raw_sizes("self.setFixedSize(look.px(20), 200)"))
    assert list(raw_sizes("QSize(80, ROW)"))
    assert not list(raw_sizes("self.setFixedWidth(look.px(WIDTH))"))
    assert not list(raw_sizes("self.setMinimumWidth(self._look.panel(300))"))
