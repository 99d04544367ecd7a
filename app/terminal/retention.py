"""`tirai retention`: what would have to go today, by rule. Nothing heavy is imported before a command runs."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.terminal.commands import AsAccount, Home, Json, Stdin, person
from app.terminal.plain import plain

if TYPE_CHECKING:
    from app.api.messages.retention import DueByRule, RetentionNow

retention_app = typer.Typer(no_args_is_help=True, help="How long data is kept: what a rule would destroy today.")

Rule = Annotated[
    str,
    typer.Option(
        "--rule", help="One rule, as the list names it (FIELD:EVENT:MONTHS), or all rules of a field by its name."
    ),
]


@retention_app.command("dry-run")
def dry_run(
    rule: Rule = "",
    as_json: Json = False,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Say of how many customers each rule makes a field due today, with ids of some; nothing is changed."""
    from app.domain.errors import InputRefusedError

    with person(home, account, secrets_stdin) as session:
        found, known = session.erasures.retention(), session.rules_of_retention()
    wanted = [name for name in known if not rule or rule in (name, name.partition(":")[0])]
    if not wanted:
        raise InputRefusedError("There is no such rule. Run it without --rule to see them all.", code="no_rule")
    due = {rule_id(one): one for one in found.by_rule}
    if as_json:
        typer.echo(json.dumps(_as_json(found, wanted, due)))
        return
    typer.echo("\n".join(map(plain, _lines(found, wanted, due, is_whole=not rule))))


def rule_id(one: "DueByRule") -> str:
    """The name of a rule: field, event, months, and the purpose whose consent was withdrawn."""
    from app.session.erasures import name_of_rule

    return name_of_rule(one.field, one.start, one.months, one.purpose)


def _as_json(found: "RetentionNow", wanted: list[str], due: "dict[str, DueByRule]") -> dict[str, Any]:
    return {
        "day": found.day,
        "doubt": found.doubt.value or None,
        "customers": found.customers,
        "held": found.held,
        "unknown": found.unknown,
        "rules": [
            {
                "rule": name,
                "law": due[name].law if name in due else None,
                "due": due[name].count if name in due else 0,
                "samples": [one.hex() for one in due[name].samples] if name in due else [],
            }
            for name in wanted
        ],
    }


def _lines(found: "RetentionNow", wanted: list[str], due: "dict[str, DueByRule]", *, is_whole: bool) -> list[str]:
    lines = [f"Day: {found.day}. Nothing is changed."]
    if found.doubt.value:
        lines.append(
            f"The clock is not believed ({found.doubt.value}), so nothing is due. A privacy officer confirms it."
        )
    for name in wanted:
        one = due.get(name)
        law = f"  {one.law}" if one is not None and one.law else ""
        lines.append(f"{one.count if one is not None else 0:>9}  {name}{law}")
        if one is not None:
            lines += [f"{'':11}{sample.hex()}" for sample in one.samples]
    if is_whole:
        lines.append(f"Customers of whom nothing would stay: {found.customers}.")
        lines.append(f"Held by a legal hold: {found.held}. Without any date: {found.unknown}.")
    return lines
