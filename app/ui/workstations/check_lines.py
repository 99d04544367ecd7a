"""What a workstation's last self-check came to, on the drawer's page: a line a part that is not known to be good."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from app.domain.self_check import CheckedPart, CheckState
from app.session.workstations import Workstation
from app.ui.language import tr as _tr
from app.ui.saying import filled
from app.ui.theme.fonts import SMALL
from app.ui.theme.look import Look
from app.ui.widgets.labels import icon_label, text_label
from app.ui.words import number, one_or_many

_ORDER = (CheckState.NOT, CheckState.UNKNOWN)
_SIGNS = {
    CheckState.OK: ("circle-check", "ok"),
    CheckState.NOT: ("triangle-alert", "warn"),
    CheckState.UNKNOWN: ("circle-question-mark", "ink2"),
}


def check_part_name(name: str) -> str:
    """What a part is called; one that is new here stands as the workstation told it."""
    names = {
        "own_files": _tr("Tirai’s own files"),
        "hardening": _tr("Protection of memory"),
        "own_code": _tr("Foreign code"),
        "platform_offscreen": _tr("Windows without a display"),
        "platform_xcb": _tr("Windows on X11"),
        "platform_wayland": _tr("Windows on Wayland"),
        "resources": _tr("Data of the program"),
        "records": _tr("Tables of numbers"),
        "sqlcipher": _tr("Encrypted files"),
        "hpke": _tr("Sealed boxes"),
        "keyring": _tr("Keyring"),
        "documents": _tr("Documents"),
        "version": _tr("Version"),
        "policy": _tr("Policy of the machine"),
        "swap": _tr("Swap"),
        "screen_capture": _tr("Screenshots"),
        "system_locks": _tr("Locks of the system"),
        "crash_reports": _tr("Crash reports"),
        "lease": _tr("Lease"),
        "clock": _tr("Clock"),
        "office": _tr("Back office"),
        "office_socket": _tr("Way to the back office"),
        "posture_disk": _tr("Disk encryption"),
        "posture_firewall": _tr("Firewall"),
        "posture_antivirus": _tr("Malware scanner"),
        "posture_screen_lock": _tr("Screen lock"),
        "posture_updates": _tr("System updates"),
    }
    return names.get(name, name)


def check_lines(look: Look, workstation: Workstation) -> list[QHBoxLayout]:
    """A line for each part that is not, or not known to be, as it should be; then how many are."""
    shown = sorted(
        (part for part in workstation.check_parts if part.state in _ORDER), key=lambda p: _ORDER.index(p.state)
    )
    lines = [_line(look, part.state, _part_words(part)) for part in shown]
    if good := len(workstation.check_parts) - len(shown):
        words = one_or_many(good, _tr("{n} part as it should be"), _tr("{n} parts as they should be"))
        lines.append(_line(look, CheckState.OK, words.format(n=number(good))))
    return lines


def _part_words(part: CheckedPart) -> str:
    words = {CheckState.NOT: _tr("not as it should be"), CheckState.UNKNOWN: _tr("unknown")}
    return filled("{}: {}", check_part_name(part.name), words[part.state])


def _line(look: Look, state: CheckState, words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(icon_label(look, *_SIGNS[state], 14), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(text_label(look, words, size=SMALL, wrap=True), 1)
    return row
