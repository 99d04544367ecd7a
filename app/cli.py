"""The commands of `tirai`. Nothing heavy is imported until a command runs.

Invariant: no secret is taken from a command line or the environment.
"""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from app.domain.errors import TiraiError
from app.terminal import accounts, audit_log, own_account
from app.terminal.act import act_app
from app.terminal.backup import backup_app, restore
from app.terminal.call_commands import call_app, pop
from app.terminal.commands import AsAccount, Home, Json, Stdin, before_command, person, program_at, text_of, worked_in
from app.terminal.compliance import compliance_app
from app.terminal.erasure import erasure_app
from app.terminal.gateway import gateway_app
from app.terminal.inventory_check import inventory_app
from app.terminal.keys import keys_app
from app.terminal.office_service import office_app
from app.terminal.policy_check import policy_app
from app.terminal.privacy import privacy_app
from app.terminal.recovery import recovery_app
from app.terminal.retention import retention_app
from app.terminal.seats import seat_app
from app.terminal.training import training_app
from app.terminal.updates import update_app

if TYPE_CHECKING:
    pass

_HELP = (
    "Open the console, or run a command.\n\n"
    "Commands ask at a terminal who runs them; a program says --account NAME --secrets-stdin, and gives password and "
    "code as the first two lines of standard input. Exit codes: 0 ok, 2 usage, 3 input refused, 4 not allowed, "
    "5 environment, 6 verification failed."
)

app = typer.Typer(add_completion=False, no_args_is_help=False, pretty_exceptions_enable=False, help=_HELP)
account_app = typer.Typer(no_args_is_help=True, help="Accounts: others' and one's own.")
audit_app = typer.Typer(no_args_is_help=True, help="The audit log.")
app.add_typer(account_app, name="account")
app.add_typer(inventory_app, name="inventory")
app.add_typer(audit_app, name="audit")
app.add_typer(keys_app, name="keys")
app.add_typer(recovery_app, name="recovery")
app.add_typer(backup_app, name="backup")
app.add_typer(erasure_app, name="erasure")
app.add_typer(retention_app, name="retention")
app.add_typer(policy_app, name="policy")
app.add_typer(privacy_app, name="privacy")
app.add_typer(training_app, name="training")
app.add_typer(compliance_app, name="compliance")
app.add_typer(seat_app, name="seat")
app.add_typer(update_app, name="update")
app.add_typer(call_app, name="call")
app.add_typer(gateway_app, name="gateway")
app.add_typer(office_app, name="office")
app.command("pop")(pop)
app.add_typer(act_app, name="act")

Theme = Annotated[str, typer.Option("--theme", help="light, dark, contrast, or system: as the desktop has it.")]
Lang = Annotated[
    str | None, typer.Option("--lang", help="id or en; remembered. Otherwise as chosen last, or as the system has it.")
]


def main() -> None:
    """Run a command; every refusal becomes one sentence and its exit code."""
    try:
        app()
    except TiraiError as e:
        _fail(e)
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except Exception as e:  # noqa: BLE001 -- Python would print it with its text, which may hold a value
        from app.terminal.crashes import crashed

        raise SystemExit(crashed(e, worked_in.get("home"))) from None


def _fail(error: TiraiError) -> NoReturn:
    typer.secho(error.message, err=True)
    raise SystemExit(error.exit_code)


@app.callback(invoke_without_command=True)
def _default(context: typer.Context, home: Home = None, theme: Theme = "system", lang: Lang = None) -> None:
    """Open the console when no command is named; `--home` before a command counts for that command."""
    if home is not None:
        before_command["home"] = home
    if context.invoked_subcommand is None:
        console(home=home, theme=theme, lang=lang)


@app.command()
def console(
    home: Home = None,
    theme: Theme = "system",
    lang: Lang = None,
    receipt_fd: Annotated[int | None, typer.Option("--receipt-fd", hidden=True)] = None,
) -> None:
    """Open the console."""
    from app.bootstrap.console import run_console

    raise SystemExit(run_console(program_at(home, theme, lang), receipt_fd))


@app.command()
def setup(
    home: Home = None,
    name: Annotated[str | None, typer.Option("--name", help="Name of the office.")] = None,
    inventory: Annotated[Path | None, typer.Option("--inventory", help="Data inventory (TOML).")] = None,
) -> None:
    """Make an office: two people, its keys, its recovery kit."""
    from app.terminal.set_up import set_up_office

    set_up_office(program_at(home), name, text_of(inventory))


@account_app.command("add")
def account_add(
    name: Annotated[str, typer.Argument(help="Account name.")],
    display_name: Annotated[str, typer.Option("--name", help="The person's name.")],
    role: Annotated[str, typer.Option("--role", help="agent, supervisor, privacy_officer or administrator.")] = "agent",
    queue: Annotated[
        list[str] | None, typer.Option("--queue", help="A queue to work in; may be given again; * is every one.")
    ] = None,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Make an account; prints its activation code once."""
    from app.domain.errors import InputRefusedError
    from app.domain.role import Role

    if role not in set(Role):
        raise InputRefusedError("Choose a role: agent, supervisor, privacy_officer or administrator.")
    with person(home, account, secrets_stdin) as session:
        code = session.invite(name, display_name, Role(role), tuple(queue or ()))
    typer.echo(f"Account {name} is made. Give this activation code to {display_name}; it works once, for 24 hours:")
    typer.echo(f"\n  {code}\n")
    typer.echo(f"They use it with: tirai account activate {name}")


@account_app.command("activate")
def account_activate(
    name: Annotated[str, typer.Argument(help="Account name.")],
    sha256: own_account.Sha256 = False,
    home: Home = None,
) -> None:
    """First sign-in: choose a password and set up the authenticator, with an activation code."""
    from app.terminal.enrolment import activate

    activate(program_at(home), name, totp_sha256=sha256)


@account_app.command("grant")
def account_grant(
    name: Annotated[str, typer.Argument(help="Account name of the new colleague.")],
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Hand class keys to a new colleague, as somebody who holds them."""
    with person(home, account, secrets_stdin) as session:
        classes = session.grant(name)
    typer.echo(f"{name} now holds: {', '.join(c.value for c in classes)}.")


@app.command("import")
def import_customers(
    file: Annotated[Path | None, typer.Argument(help="CSV file or Excel workbook (.xlsx).")] = None,
    source: Annotated[
        Path | None, typer.Option("--source", help="Instead of a file: a database, declared by this file (TOML).")
    ] = None,
    inventory: Annotated[Path | None, typer.Option("--inventory", help="Data inventory (TOML).")] = None,
    mapping: Annotated[
        str | None, typer.Option("--mapping", help="salesforce, hubspot, zendesk, or a file: columns to fields (TOML).")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", help="Of a CSV file without a mark: utf-8, utf-16-le, windows-1252...")
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="Sheet of a workbook; default: the first.")] = None,
    queue: Annotated[
        str | None, typer.Option("--queue", help="Queue of all rows, whatever the file says; agents see theirs.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Judge only; nothing is imported.")] = False,
    whole: Annotated[
        bool, typer.Option("--whole", help="Read a database from its beginning, not from where it was left.")
    ] = False,
    shred: Annotated[
        bool | None, typer.Option("--shred/--keep", help="Overwrite and remove the file afterwards, or leave it.")
    ] = None,
    as_json: Json = False,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Bring customers in: all or nothing. A customer whose number is known is updated."""
    from app.sources.mapping import ready_mapping
    from app.terminal import import_report
    from app.terminal.import_origin import origin_of

    origin = origin_of(file, source, encoding=encoding, sheet=sheet, mapping=mapping)
    plan = origin.mapping if mapping is None else ready_mapping(mapping) or text_of(Path(mapping))
    name, queue = origin.shown, queue or origin.queue
    with person(home, account, secrets_stdin) as session, import_report.progress(name) as on_rows:
        report = session.bring_in(
            origin.rows,
            inventory=text_of(inventory),
            mapping=plan,
            queue=queue,
            dry_run=dry_run,
            whole=whole,
            on_rows=on_rows,
        )
    if as_json:
        typer.echo(json.dumps(import_report.report_json(report), ensure_ascii=False))
    else:
        typer.echo(import_report.report_text(report, name))
    if report.done is not None and file is not None:
        import_report.after_import(file, wanted=shred, quiet=as_json)
    raise SystemExit(3 if report.bad else 0)


@audit_app.command("verify")
def audit_verify(
    as_json: Json = False, home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False
) -> None:
    """Read the whole log and prove that nothing was edited, removed, reordered or cut."""
    from app.terminal.counting import counting

    with (
        person(home, account, secrets_stdin, to_verify=True) as session,
        counting("Verifying: entry {n}; Ctrl-C stops, and says nothing about the log") as tell,
    ):
        verdict = session.verify_audit(tell)
    if as_json:
        data = {"ok": verdict.ok, "entries": verdict.entries, "first_bad": verdict.first_bad, "why": verdict.why}
        typer.echo(json.dumps(data))
    elif verdict.ok:
        typer.echo(f"The audit log holds: {verdict.entries} entries, none edited, removed, reordered or cut.")
    else:
        typer.echo(f"The audit log does NOT hold. First bad entry: {verdict.first_bad} ({_WHY[verdict.why]}).")
    raise SystemExit(0 if verdict.ok else 6)


_WHY = {
    "edited": "it was edited, or stands in another's place",
    "missing": "it is missing",
    "order": "it stands out of order",
    "tail_cut": "the log was cut before it",
    "checkpoint": "the office's signature does not fit it",
    "witness": "this workstation remembers another one",
}


@app.command()
def wipe(
    as_json: Json = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="For a login: say nothing unless something stays; make and start nothing.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--everything", help="Before a removal: the office, or the way to a gateway, and keys, too.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --everything: do not ask.")] = False,
    home: Home = None,
) -> None:
    """Destroy what sessions have left on this workstation, and say what was found."""
    from app.terminal.wiping import sweep_at_login, wipe_by_hand

    if everything:
        from app.terminal.leaving_nothing import leave_nothing

        raise SystemExit(leave_nothing(program_at(home), sure=yes))

    if quiet:
        from app.guardian.process import harden

        harden()
        raise SystemExit(sweep_at_login(home or before_command.get("home")))
    raise SystemExit(wipe_by_hand(program_at(home), as_json=as_json))


@app.command()
def crashes(as_json: Json = False, home: Home = None) -> None:
    """List the reports of faults that nobody expected, with their places; they hold no data of anybody."""
    from app.terminal.crashes import list_crashes

    raise SystemExit(list_crashes(home or before_command.get("home"), as_json=as_json))


@app.command("self-check")
def self_check(
    as_json: Json = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Leave out the office and the machine's own protection, which take seconds.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="What is only advised, or unknown, fails, too: for detection rules.")
    ] = False,
    home: Home = None,
    qt: Annotated[str | None, typer.Option("--qt", hidden=True)] = None,
) -> None:
    """Try what this workstation and this installation have; tells nothing of anybody."""
    from app.guardian.process import harden
    from app.terminal.checks.qt import answer_for_qt
    from app.terminal.self_check import self_check as check

    harden(keep=("QT_QPA_PLATFORM",))
    if qt is not None:  # a part of another self-check, where nothing is forked
        answer_for_qt(qt)
        return
    where = home or before_command.get("home")
    raise SystemExit(check(where, as_json=as_json, is_quick=quick, is_strict=strict))


# Here, so that help lists them last.
app.command("restore")(restore)
accounts.register(account_app)
audit_log.register(audit_app)
own_account.register(account_app)


if __name__ == "__main__":
    main()
    sys.exit(0)
