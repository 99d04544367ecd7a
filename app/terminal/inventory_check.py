"""`tirai inventory check`: which sealed fields could be guessed, and what rules of retention come to."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.terminal.commands import Json, text_of

if TYPE_CHECKING:
    from app.domain.guessable import Guess
    from app.domain.inventory import Inventory

inventory_app = typer.Typer(no_args_is_help=True, help="The data inventory.")


@inventory_app.callback()
def _group() -> None:
    """Keeps `check` a command of its own."""


@inventory_app.command("check")
def inventory_check(
    file: Annotated[
        Path | None, typer.Argument(help="Data inventory (TOML); default: the one that comes along.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Judge an inventory: which sealed fields could be guessed, and where times of retention contradict each other."""
    from app.domain.guessable import guesses
    from app.domain.inventory_reader import load_inventory
    from app.resource_files import resource_text

    text = text_of(file)
    inventory = load_inventory(resource_text("inventory", "customer.toml") if text is None else text)
    found = guesses(inventory)
    if as_json:
        typer.echo(json.dumps({"fields": [_guess_json(g) for g in found], "retention": _times_json(inventory)}))
        return
    typer.echo("\n".join([*_guess_lines(found), "", *_time_lines(inventory)]))


def _times_json(inventory: "Inventory") -> dict[str, Any]:
    from dataclasses import asdict

    from app.domain.retention.times import conflicts, events_without_a_field

    return {
        "conflicts": [
            {
                "field": one.field,
                "least": asdict(one.least),
                "most": asdict(one.most),
                "certain": one.is_certain,
                "decides": "least" if one.wins else "most",
                "law": one.decides.law,
            }
            for one in conflicts(inventory)
        ],
        "never": [one.value for one in events_without_a_field(inventory)],
    }


def _time_lines(inventory: "Inventory") -> list[str]:
    """Contradictions in words, with what decides; they are no fault, since each is decided."""
    from app.domain.privacy.time_words import TimeWords

    told = TimeWords("en").contradictions(inventory)
    return ["Retention:", *(f"  {line}" for line in told or ("no least time stands against a longest one.",))]


def _guess_json(guess: "Guess") -> dict[str, Any]:
    return {
        "field": guess.field.name,
        "class": guess.field.data_class.value,
        "candidates": guess.candidates,
        "bits": None if guess.bits is None else round(guess.bits, 1),
        "tags": guess.has_tags,
        "guessable": guess.is_guessable,
    }


def _guess_lines(found: "tuple[Guess, ...]") -> list[str]:
    from app.domain.guessable import FEW_BITS

    lines = [f"{'field':<24} {'class':<10} {'candidates':>12}  tags"]
    for guess in found:
        size = "free text" if guess.bits is None else f"about 2^{guess.bits:.0f}"
        tags = "none" if not guess.has_tags else "kept, can be guessed" if guess.is_guessable else "kept"
        lines.append(f"{guess.field.name:<24} {guess.field.data_class.value:<10} {size:>12}  {tags}")
    if weak := [guess.field.name for guess in found if guess.is_guessable]:
        lines += [
            "",
            f"Warning: under 2^{FEW_BITS} candidates, or free text, in {len(weak)} fields with lookup or verify tags:",
            f"  {', '.join(weak)}.",
            "Whoever holds the office's master key and database can try them all. Drop search or verify, or show less.",
        ]
    return lines
