"""The style sheet, written from the tokens. It sets colours, edges and spaces; never a font (see `fonts`).

Selectors are dynamic properties, so that a screen says what a thing is and not how it looks:
`ink` (text colour role), `ground` (panel), `kind` (button, chip, strip), `wrong` (field with an error).
"""

import re
from string import Template

from app.ui.theme.tokens import ThemeName, Tokens

_LENGTH = re.compile(r"\b(\d+)(?:-(\d))?px")
"""A length of the sheet, in px of the design; `28-2px`: less what a wider edge takes, so that nothing moves."""
EDGE = 2
"""Px up to which a length is an edge, and does not follow the size of the text."""
_INKS = ("ink", "ink2", "ink3", "accent", "ok", "warn", "danger", "info", "stage_ink", "stage_ink2", "on_accent")

_SHEET = Template(
    """
* { outline: none; }
QWidget { color: $ink; selection-background-color: $accent; selection-color: $on_accent; }
QMainWindow, QWidget[ground="surface"], QFrame[ground="surface"] { background: $surface; }
QWidget[ground="bg"] { background: $bg; }
QWidget[ground="card"] { background: $bg; border: 1px solid $line; border-radius: 10px; }
QLabel[ground="card"]:focus { border: 2px solid $focus; }
QWidget[ground="sheet"] { background: $surface; border: 1px solid $line; border-radius: 10px; }
QWidget[ground="popover"] { background: $surface; border: 1px solid $popover_edge; border-radius: 10px; }
QFrame[line="h"] { background: $line; border: none; min-height: 1px; max-height: 1px; }
QFrame[line="v"] { background: $line; border: none; min-width: 1px; max-width: 1px; }
QScrollArea, QScrollArea > QWidget > QWidget[ground="none"] { background: transparent; border: none; }
QToolTip { background: $surface; color: $ink; border: 1px solid $line_strong; padding: 4px 6px; }

QTextBrowser { background: $surface; color: $ink; border: 2px solid transparent; border-radius: 6px; }
QTextBrowser:focus { border-color: $focus; }
QLineEdit, QPlainTextEdit, QComboBox {
  background: $surface; color: $ink; border: 1px solid $line_strong; border-radius: 6px;
  placeholder-text-color: $ink3;
}
QLineEdit { padding: 0 11px; min-height: 28px; }
QLineEdit[door="true"] { min-height: 34px; }
QLineEdit { lineedit-password-character: 8226; }
QLineEdit[bare="true"] { border: none; padding: 0; background: transparent; min-height: 20px; }
QPlainTextEdit { padding: 7px 8px; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus { border: 2px solid $focus; }
QLineEdit:focus { padding: 0 11-1px; min-height: 28-2px; }
QLineEdit[door="true"]:focus { min-height: 34-2px; }
QLineEdit[bare="true"]:focus { border: none; padding: 0; min-height: 20px; }
QPlainTextEdit:focus { padding: 7-1px 8-1px; }
QLineEdit[wrong="true"] { border: 1px solid $danger; }
QLineEdit[wrong="true"]:focus { border: 2px solid $focus; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: $ink3; background: $bg; border-color: $line; }
QFrame[field="true"] { background: $surface; border: 1px solid $line_strong; border-radius: 6px; }
QLineEdit[bare="true"]:disabled { background: transparent; }
QFrame[field="true"]:disabled { background: $bg; border-color: $line; }
QFrame[field="true"][lit="true"] { border: 2px solid $focus; }
QComboBox { padding: 0 10px; min-height: 26px; }
QComboBox:focus { padding: 0 10-1px; min-height: 26-2px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: none; width: 0; height: 0; }
QComboBox QAbstractItemView {
  background: $surface; color: $ink; border: 1px solid $line_strong; padding: 4px; outline: none;
}
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 8px; border-radius: 5px; color: $ink; }
QComboBox QAbstractItemView::item:selected { background: $selected; color: $ink; }

QPushButton { border-radius: 6px; padding: 0 12px; min-height: 28px; border: 1px solid transparent; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; }
QPushButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:disabled, QPushButton[kind="primary"][busy="true"] {
  background: $sunken; color: $ink3; border-color: $line;
}
QPushButton[kind="secondary"] { background: $surface; color: $ink; border: 1px solid $line_strong; }
QPushButton[kind="secondary"]:hover { background: $hover; }
QPushButton[kind="secondary"]:disabled, QPushButton[kind="secondary"][busy="true"] {
  color: $ink3; border-color: $line;
}
QPushButton[kind="danger"] { background: $surface; color: $danger; border: 1px solid $danger; }
QPushButton[kind="danger"]:hover { background: $danger_soft; }
QPushButton[kind="danger"]:disabled, QPushButton[kind="danger"][busy="true"] {
  color: $ink3; border-color: $line;
}
QPushButton[kind="quiet"] { background: transparent; color: $ink2; }
QPushButton[kind="quiet"]:hover { background: $hover; color: $ink; }
QPushButton[kind="quiet"]:disabled { color: $ink3; }
QPushButton[kind="link"] { background: transparent; color: $accent; padding: 0 3px; min-height: 22px; }
QPushButton[kind="link"]:disabled, QPushButton[kind="link"][busy="true"] { color: $ink3; }
QPushButton[kind="link"]:hover:enabled { color: $accent_hover; text-decoration: underline; }
QPushButton[kind="row"] { background: transparent; color: $ink2; text-align: left; padding: 0 9px; min-height: 24px; }
QPushButton[kind="row"]:hover { background: $hover; color: $ink; }
QPushButton[kind="row"][lit="true"] { background: $surface; color: $accent; border: 1px solid $accent_line; }
QPushButton[kind="chip"] {
  background: $accent_soft; color: $accent; border: 1px solid $accent_line; border-radius: 5px; padding: 0 8px;
  min-height: 22px;
}
QPushButton[kind="chip"]:hover { background: $hover; }
QPushButton[kind="chip"]:focus { border: 2px solid $focus; padding: 0 8-1px; min-height: 22-2px; }
QPushButton[kind="square"] { background: $surface; border: 1px solid $line_strong; padding: 0; min-height: 26px; }
QPushButton[kind="square"]:hover { background: $hover; }
QPushButton[kind="square"]:checked { background: $selected; border-color: $accent; }
QPushButton[kind="filter"] { background: $sunken; color: $ink2; min-height: 24px; padding: 0 9px; }
QPushButton[kind="filter"]:hover { background: $hover; color: $ink; }
QPushButton[kind="filter"][lit="true"] { background: $selected; color: $accent; border: 1px solid $accent; }
QPushButton[kind="filter"]:focus { border: 2px solid $focus; padding: 0 9-1px; min-height: 24-2px; }
QPushButton[kind="field"] {
  background: $surface; color: $ink; border: 1px solid $line_strong; text-align: left; padding: 0 26px 0 10px;
}
QPushButton[kind="field"][empty="true"] { color: $ink3; }
QPushButton[kind="field"]:hover { background: $hover; }
QPushButton[kind="field"][wrong="true"] { border: 1px solid $danger; }
QPushButton[kind="field"]:focus { border: 2px solid $focus; padding: 0 26-1px 0 10-1px; min-height: 28-2px; }
QPushButton[kind="field"]:disabled { color: $ink3; background: $bg; border-color: $line; }
QPushButton[kind="segment"] { background: transparent; color: $ink2; min-height: 24px; padding: 0 14px; }
QPushButton[kind="segment"]:checked { background: $surface; color: $accent; border: 1px solid $accent; }
QPushButton[kind="primary"]:focus, QPushButton[kind="secondary"]:focus, QPushButton[kind="danger"]:focus,
QPushButton[kind="square"]:focus { border: 2px solid $focus; padding: 0 12-1px; min-height: 28-2px; }
QPushButton[kind="square"]:focus { padding: 0; min-height: 26-2px; }
QPushButton[kind="quiet"]:focus, QPushButton[kind="link"]:focus, QPushButton[kind="row"]:focus,
QPushButton[kind="segment"]:focus { border: 2px solid $focus; }
QPushButton[kind="quiet"]:focus { padding: 0 12-1px; min-height: 28-2px; }
QPushButton[kind="link"]:focus { padding: 0 3-1px; min-height: 22-2px; }
QPushButton[kind="row"]:focus { padding: 0 9-1px; min-height: 24-2px; }
QPushButton[kind="segment"]:focus { padding: 0 14-1px; min-height: 24-2px; }
QPushButton[door="true"] { min-height: 36px; }
QPushButton[door="true"]:focus { min-height: 36-2px; }
QRadioButton { border: 2px solid transparent; border-radius: 11px; padding: 1px; }
QRadioButton:focus { border-color: $focus; }
QRadioButton::indicator {
  width: 14px; height: 14px; border: 1px solid $line_strong; border-radius: 8px; background: $surface;
}
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid $accent; background: $surface; }
QFrame[kind="segments"] { background: $sunken; border: 1px solid $line_strong; border-radius: 6px; }

QFrame[kind="lit"] { background: $stage; border: 1px solid $stage_line; border-radius: 6px; }
QFrame[kind="chip"] { background: $sunken; border: none; border-radius: 5px; }
QFrame[kind="chip"][tone="ok"] { background: $ok_soft; }
QFrame[kind="chip"][tone="warn"] { background: $warn_soft; }
QFrame[kind="chip"][tone="danger"] { background: $danger_soft; }
QFrame[kind="chip"][tone="info"] { background: $info_soft; }
QFrame[kind="match"] { background: $ok_soft; border: 1px solid $ok; border-radius: 6px; }
QFrame[kind="strip"][tone="info"] { background: $info_soft; border-radius: 6px; }
QFrame[kind="strip"][tone="ok"] { background: $ok_soft; border-radius: 6px; }
QFrame[kind="strip"][tone="warn"] { background: $warn_soft; border-radius: 6px; }
QFrame[kind="strip"][tone="danger"] { background: $danger_soft; border-radius: 6px; }
QFrame[kind="strip"][flat="true"] { border-radius: 0; }
QLabel[kind="key"] {
  background: $surface; color: $ink; border: 1px solid $line_strong; border-radius: 4px; padding: 0 4px;
}
QLabel[kind="badge"] { background: $accent; color: $on_accent; border-radius: 9px; padding: 0 6px; }

QListView, QTableView { background: transparent; border: none; }
QListView[field="true"] { background: $surface; border: 1px solid $line_strong; border-radius: 6px; padding: 1px; }
QListView[field="true"]:focus { border: 2px solid $focus; padding: 0; }
QListView[field="true"]:disabled { background: $bg; border-color: $line; }
QTableView { gridline-color: $line; background: $surface; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section {
  background: $surface; color: $ink2; border: none; border-bottom: 1px solid $line; padding: 0 10px; text-align: left;
}
QHeaderView::section:first { padding-left: 12px; }
QTableView[inset="true"] QHeaderView::section:first { padding-left: 15px; }
QTableView[figures="true"] QHeaderView::section { padding: 0 6px; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QProgressBar { background: $sunken; border: none; border-radius: 3px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: $accent_line; border-radius: 3px; min-height: 32px; margin: 2px; }
QScrollBar::handle:vertical:hover { background: $line_strong; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: $accent_line; border-radius: 3px; min-width: 32px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $accent_line; }
QWidget#status_bar:focus { border: 2px solid $focus; }
"""
)

_CONTRAST_EDGES = Template(
    """
QFrame[kind="chip"], QPushButton[kind="filter"], QProgressBar { border: 1px solid $line; }
QFrame[kind="strip"][tone="info"] { border: 1px solid $info; }
QFrame[kind="strip"][tone="ok"] { border: 1px solid $ok; }
QFrame[kind="strip"][tone="warn"] { border: 1px solid $warn; }
QFrame[kind="strip"][tone="danger"] { border: 1px solid $danger; }
QFrame[kind="strip"][flat="true"] { border-left: none; border-right: none; }
QPushButton[kind="primary"]:disabled, QPushButton[kind="secondary"]:disabled, QPushButton[kind="danger"]:disabled {
  border: 1px dashed $line;
}
"""
)


def style_sheet(tokens: Tokens, text: float = 1.0) -> str:
    """The whole style sheet of a theme; all but edges follows the size of the text.

    Args:
        tokens: of the theme.
        text: size of the text, 1 to 2.
    """
    inks = "\n".join(f'QLabel[ink="{role}"] {{ color: {tokens.hex(role)}; }}' for role in _INKS)
    # In the dark a shadow does not part two surfaces of one colour; the edge has to.
    edge = tokens.hex("accent_line" if tokens.theme is ThemeName.DARK else "line")
    edges = _CONTRAST_EDGES.substitute(tokens.colours) if tokens.theme is ThemeName.CONTRAST else ""
    sheet = _SHEET.substitute(tokens.colours, popover_edge=edge) + edges + inks
    return _LENGTH.sub(lambda found: f"{_length(int(found[1]), int(found[2] or 0), text)}px", sheet)


def _length(size: int, less: int, text: float) -> int:
    return (size if size <= EDGE else round(size * text)) - less
