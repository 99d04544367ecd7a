"""The man page, from what the commands say of themselves: it cannot tell another story than `--help`."""

import time
from collections.abc import Iterator
from typing import Any

import typer
from steps import epoch

from app.cli import app

_HEAD = """\
.TH TIRAI 1 "{day}" "tirai {version}" "Tirai"
.SH NAME
tirai \\- {summary}
.SH SYNOPSIS
.B tirai
[\\fIOPTION\\fR]... [\\fICOMMAND\\fR [\\fIARGUMENT\\fR]...]
"""


def manual(summary: str, version: str, files: tuple[tuple[str, str], ...]) -> str:
    """The page, in roff (man(7))."""
    root: Any = typer.main.get_command(app)
    day = time.strftime("%Y-%m-%d", time.gmtime(epoch()))
    parts = [_HEAD.format(day=day, version=version, summary=summary), ".SH DESCRIPTION\n", _text(root.help or "")]
    parts += [".SH OPTIONS\n", *map(_option, _shown(root)), ".SH COMMANDS\n"]
    for words, command in _commands(root, ""):
        parts += [f".SS {_escaped(words)}\n", _text(command.help or ""), *map(_option, _shown(command))]
    parts += [".SH FILES\n", *(f".TP\n.I {_escaped(place)}\n{_text(what)}" for place, what in files)]
    parts += [
        ".SH EXIT STATUS\n",
        _text("0 ok, 2 usage, 3 input refused, 4 not allowed, 5 environment, 6 verification failed."),
    ]
    return "".join(parts)


def _commands(group: Any, before: str) -> Iterator[tuple[str, Any]]:
    for name, command in sorted(group.commands.items()):
        if getattr(command, "hidden", False):
            continue
        if hasattr(command, "commands"):
            yield from _commands(command, f"{before}{name} ")
        else:
            words = [p.name.upper() for p in command.params if p.param_type_name == "argument"]
            yield " ".join([before + name, *words]), command


def _shown(command: Any) -> list[Any]:
    return [p for p in command.params if not getattr(p, "hidden", False) and p.name != "help"]


def _option(parameter: Any) -> str:
    names = parameter.opts if parameter.param_type_name == "option" else [parameter.name.upper()]
    bold = ", ".join(f"\\fB{_escaped(name)}\\fR" for name in names)
    return f".TP\n{bold}\n{_text(getattr(parameter, 'help', None) or '')}"


def _text(text: str) -> str:
    """Paragraphs; a line that begins like a request is none."""
    lines = [_escaped(" ".join(paragraph.split())) for paragraph in text.split("\n\n")]
    guarded = [f"\\&{line}" if line.startswith((".", "'")) else line for line in lines]
    return "\n.PP\n".join(guarded) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\e").replace("-", "\\-")
