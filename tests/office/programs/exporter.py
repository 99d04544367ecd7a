"""Exports a made log over and over until it is killed: python exporter.py lines FILE | syslog PORT STATE [LENGTH]."""

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from app.auth.audit_chain import AuditEntry, first_hash
from app.siem.export_place import ExportPlace, read_place, write_place
from app.siem.exporting import export
from app.siem.json_lines import LinesFile
from app.siem.syslog_line import Receiver, SyslogLine
from tests.office.made_log import OFFICE, made_log

GROUP = 40
LENGTH = 2_000


def main() -> None:
    """Begin where the last one ended."""
    log, start = made_log(LENGTH), ExportPlace(0, first_hash(OFFICE))
    print("ready", flush=True)
    if sys.argv[1] == "lines":
        lines = LinesFile(Path(sys.argv[2]), OFFICE)
        place = lines.place or start
        export(OFFICE, groups(log, place), place, lines)
        return
    state = Path(sys.argv[3])
    place = read_place(state, OFFICE) or start
    line = SyslogLine(Receiver("127.0.0.1", int(sys.argv[2]), None), OFFICE)
    export(OFFICE, groups(log, place), place, line, lambda new: write_place(state, OFFICE, new))


def groups(log: list[AuditEntry], place: ExportPlace) -> Iterator[list[AuditEntry]]:
    """What is left, in groups."""
    return (log[at : at + GROUP] for at in range(place.number, len(log), GROUP))


if __name__ == "__main__":
    main()
