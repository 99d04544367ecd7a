"""`tirai audit export`: the log for a file or a SIEM, from where the last export came to."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.terminal.commands import AsAccount, Home, Stdin, person

if TYPE_CHECKING:
    from app.session.command import CommandSession
    from app.session.log_export import To
    from app.siem.export_place import ExportPlace
    from app.siem.exporting import Taker

FORMATS = ("jsonl", "syslog")


def register(audit_app: typer.Typer) -> None:
    """Put the commands beside `verify`."""
    audit_app.command("export")(export)
    audit_app.command("archive")(archive)
    audit_app.command("verify-archive")(verify_archive)


def export(
    form: Annotated[str, typer.Option("--format", help="jsonl (a line an entry) or syslog (RFC 5424).")] = "jsonl",
    output: Annotated[
        Path | None, typer.Option("--output", help="File of lines; one that is there is gone on with. Default: stdout.")
    ] = None,
    to: Annotated[str | None, typer.Option("--to", help="Syslog receiver: tls://host:port or tcp://host:port.")] = None,
    authority: Annotated[
        Path | None, typer.Option("--ca", help="Who vouches for the receiver's certificate (PEM); for tls://.")
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option("--cert", help="Own certificate (PEM), where the receiver wants one.")
    ] = None,
    key: Annotated[Path | None, typer.Option("--key", help="Its key (PEM, not encrypted).")] = None,
    in_the_clear: Annotated[
        bool, typer.Option("--in-the-clear", help="Let tcp:// leave this machine; everybody on the way reads it.")
    ] = False,
    state: Annotated[
        Path | None,
        typer.Option("--state", help="File that remembers the last entry that arrived; for syslog, stdout."),
    ] = None,
    first: Annotated[
        int | None, typer.Option("--from", help="Begin with this entry, where nothing went before.")
    ] = None,
    follow: Annotated[bool, typer.Option("--follow", help="Go on with new entries until stopped.")] = False,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Hand the audit log on: each entry at least once, in order, none left out. Stands in the log itself."""
    wanted = _Wanted(form, output, to, authority, certificate, key, in_the_clear, state, first)
    wanted.check()
    with person(home, account, secrets_stdin) as session, wanted.taker(session.office) as (taker, known):
        wanted.run(session, taker, known or session.place_before(first or 1), follows=follow)


_STEPS = {
    "judging": "Judging the archives: entry {n}; Ctrl-C stops",
    "planning": "Reading what the log has beyond them: entry {n}; Ctrl-C stops, nothing is written",
    "copying": "Copying: entry {n}; Ctrl-C stops, and no archive stays",
    "checking": "Judging the copy: entry {n}; Ctrl-C stops, and no archive stays",
}
"""What a long archive, or a judgement of archives, says of its steps."""

Folder = Annotated[Path, typer.Option("--to", help="Folder of the archives, on another disk than the office.")]


def archive(
    folder: Folder,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be archived; nothing is written.")] = False,
    is_clock_right: Annotated[
        bool, typer.Option("--clock-is-right", help="The date is right, though nobody worked for two days or more.")
    ] = False,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Copy entries older than three months into a signed archive. Nothing is removed from the log."""
    from app.terminal.counting import counting_steps

    with person(home, account, secrets_stdin) as session, counting_steps(_STEPS) as tell:
        archives = session.archives(folder, tell)
        if dry_run:
            plan = archives.plan()
            span = f"entries {plan.first} to {plan.last}" if plan.last >= plan.first else "nothing"
            typer.echo(f"Would archive: {span}. Younger, or not signed yet: {plan.at_hand} entries.")
            if plan.jump:
                typer.echo(f"The clock went more than 48 hours ahead before entry {plan.jump}; see --clock-is-right.")
            return
        made = archives.archive(is_clock_right=is_clock_right)
    if made is None:
        typer.echo("Nothing is old enough to be archived.")
    else:
        typer.echo(f"Entries {made.first} to {made.last} are archived and verified in {made.path}.")


def verify_archive(
    folder: Folder,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Prove that the archives of a folder are whole, follow each other, and that the log goes on behind them."""
    from app.terminal.counting import counting_steps

    with person(home, account, secrets_stdin) as session, counting_steps(_STEPS) as tell:
        found = session.archives(folder, tell).judged()
    if not found:
        typer.echo(f"There is no archive of this office in {folder}.")
        raise SystemExit(3)
    first, last, count = found[0].first, found[-1].last, len(found)
    typer.echo(
        f"{count} {'archive holds' if count == 1 else 'archives hold'}: entries {first} to {last}, none missing."
    )


class _Wanted:
    """What the options say."""

    def __init__(
        self,
        form: str,
        output: Path | None,
        to: str | None,
        authority: Path | None,
        certificate: Path | None,
        key: Path | None,
        in_the_clear: bool,
        state: Path | None,
        first: int | None,
    ) -> None:
        self._form, self._output, self._to, self._state, self._first = form, output, to, state, first
        self._authority, self._clear = authority, in_the_clear
        self._certificate, self._key = certificate, key

    def check(self) -> None:
        """Refuse options that do not go together, before anybody types a password."""
        if self._form not in FORMATS:
            raise typer.BadParameter(f"--format is one of: {', '.join(FORMATS)}.")
        if self._form == "jsonl" and (self._to or self._authority):
            raise typer.BadParameter("--to and --ca belong to --format syslog.")
        if self._form == "syslog" and (self._to is None or self._state is None):
            raise typer.BadParameter("Name the receiver with --to and the file that remembers its place with --state.")
        if self._form == "syslog" and self._output is not None:
            raise typer.BadParameter("--output belongs to --format jsonl.")
        if self._output is not None and self._state is not None:
            raise typer.BadParameter("A file of lines is its own state: leave --state out.")
        if (self._certificate is None) != (self._key is None):
            raise typer.BadParameter("--cert and --key go together.")
        if self._first is not None and self._first < 1:
            raise typer.BadParameter("--from is a number of an entry, from 1.")
        if self._form == "syslog":
            self._receiver()

    def _receiver(self) -> "object":
        from app.siem.syslog_line import receiver_at

        own = (self._certificate, self._key) if self._certificate is not None and self._key is not None else None
        return receiver_at(self._to or "", self._authority, own, in_the_clear=self._clear)

    @contextmanager
    def taker(self, office: bytes) -> "Iterator[tuple[Taker, ExportPlace | None]]":
        """Where entries go, and how far the last export came."""
        from app.siem.export_place import read_place

        known = read_place(self._state, office) if self._state is not None else None
        taker, own = self._make(office)
        if known is not None and self._first is not None:
            raise typer.BadParameter(f"{self._state} says where to go on; leave --from out.")
        if own is not None and self._first is not None:
            raise typer.BadParameter(f"{self._output} says where to go on; leave --from out.")
        try:
            yield taker, known or own
        finally:
            taker.close()

    def _make(self, office: bytes) -> "tuple[Taker, ExportPlace | None]":
        import sys

        from app.siem.json_lines import LinesFile, LinesStream
        from app.siem.syslog_line import Receiver, SyslogLine

        if self._form == "syslog":
            receiver = self._receiver()
            assert isinstance(receiver, Receiver)
            return SyslogLine(receiver, office), None
        if self._output is not None:
            lines = LinesFile(self._output, office)
            return lines, lines.place
        return LinesStream(sys.stdout.buffer, office), None

    def run(self, session: "CommandSession", taker: "Taker", place: "ExportPlace", *, follows: bool) -> None:
        """Export what there is behind a place, and say how much it was."""
        from app.siem.export_place import write_place
        from app.terminal.counting import counting

        def keep(new: "ExportPlace") -> None:
            if self._state is not None:
                write_place(self._state, session.office, new)
            tell(new.number)

        with counting("Exported up to entry {n}; Ctrl-C stops, and the next export goes on from there") as tell:
            done = session.export_audit(self._word, place, taker, keep, follows=follows)
        first = f"{place.number + 1} to {done.place.number}"
        typer.echo(
            f"{done.entries} entries exported ({first})." if done.entries else "Nothing new to export.", err=True
        )

    @property
    def _word(self) -> "To":
        if self._form == "jsonl":
            return "jsonl"
        return "syslog_tls" if self._authority is not None and (self._to or "").startswith("tls:") else "syslog_tcp"
