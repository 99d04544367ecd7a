"""The publisher's command (`make updates ARGS="..."`): keys, repository, releases; docs/release.md says who holds what.

A key's password is asked for at the terminal, or is the first line of `--password-file`; it stands in no argument.
"""

import argparse
import getpass
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from securesystemslib.exceptions import Error as SignerError
from tuf.api.exceptions import RepositoryError

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from updates.publishing import ROOT_KEYS, Keys, Publisher, read_key, write_key

FAILED, REFUSED = 1, 3


def main(words: list[str] | None = None) -> int:
    """Do what the words say; 0 when done, 3 when refused."""
    asked = _parser().parse_args(words)
    try:
        print(asked.do(asked))
    except (RepositoryError, SignerError, ValueError, TypeError, KeyError, OSError) as error:
        print(f"Not done: {error or type(error).__name__}", file=sys.stderr)
        return REFUSED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make updates", description=__doc__)
    parser.add_argument("--password-file", type=Path, help="first line: the password of all keys named here")
    steps = parser.add_subparsers(required=True, metavar="STEP")
    for name, do, told, arguments in _STEPS:
        step = steps.add_parser(name, help=told)
        step.set_defaults(do=do)
        for words, more in arguments:
            step.add_argument(*words, **more)
    return parser


def _password(asked: argparse.Namespace) -> bytes | None:
    if asked.password_file is not None:
        text = asked.password_file.read_text("utf-8").partition("\n")[0]
    elif sys.stdin.isatty():
        text = getpass.getpass("Password of the keys (none: press Enter): ")
    else:
        text = ""
    return text.encode() or None


def _keys(asked: argparse.Namespace) -> Keys:
    password = _password(asked)
    return Keys(targets=read_key(asked.targets_key, password), online=read_key(asked.online_key, password))


def _new(asked: argparse.Namespace) -> str:
    password, folder = _password(asked), asked.keys
    root = [write_key(folder / f"root-{n}.pem", password) for n in range(1, ROOT_KEYS + 1)]
    targets, online = write_key(folder / "targets.pem", password), write_key(folder / "online.pem", password)
    Publisher(asked.repository).make(root, targets, online)
    kept = "Carry each of root-1 to root-3 and targets to a medium of its own now, and leave online alone here."
    return f"{asked.repository} stands. {kept} Ship metadata/1.root.json as the root of trust."


def _publish(asked: argparse.Namespace) -> str:
    publisher = Publisher(asked.repository)
    publisher.publish(asked.package, version=asked.version, kind=asked.kind, rollout=asked.rollout, keys=_keys(asked))
    return f"{asked.package.name}: version {asked.version} for {asked.kind}, {asked.rollout} % of the workstations."


def _widen(asked: argparse.Namespace) -> str:
    Publisher(asked.repository).widen(asked.name, asked.rollout, _keys(asked))
    return f"{asked.name}: {asked.rollout} % of the workstations."


def _withdraw(asked: argparse.Namespace) -> str:
    Publisher(asked.repository).withdraw(asked.name, _keys(asked))
    return f"{asked.name} is off the list. Workstations that have it keep it: publish a newer one."


def _freshen(asked: argparse.Namespace) -> str:
    Publisher(asked.repository).freshen(read_key(asked.online_key, _password(asked)))
    return "Fresh for another two days; do it daily."


def _change_root(asked: argparse.Namespace) -> str:
    password = _password(asked)
    signers = [read_key(file, password) for file in asked.root_key]
    added = [write_key(file, password) for file in asked.add]
    Publisher(asked.repository).change_root([*signers, *added], retire=asked.retire, add=added)
    return "The next root is published. Ship it as the root of trust from the next version on."


def _change_online(asked: argparse.Namespace) -> str:
    password = _password(asked)
    signers = [read_key(file, password) for file in asked.root_key]
    Publisher(asked.repository).change_online(signers, asked.old, write_key(asked.new, password))
    return "The old online key signs nothing more."


_REPOSITORY = (("repository",), {"type": Path, "help": "folder of the repository"})
_ONLINE = (("--online-key",), {"type": Path, "required": True})
_SIGNERS = (_REPOSITORY, (("--targets-key",), {"type": Path, "required": True}), _ONLINE)
_ROLLOUT = (("--rollout",), {"type": int, "default": 100, "choices": range(101), "metavar": "0-100"})
_ROOT_KEYS = (("--root-key",), {"type": Path, "action": "append", "required": True, "help": "two of three"})
_STEPS: tuple[tuple[str, Callable[[argparse.Namespace], str], str, tuple[Any, ...]], ...] = (
    ("new", _new, "make keys and a repository", (_REPOSITORY, (("--keys",), {"type": Path, "required": True}))),
    (
        "publish",
        _publish,
        "put a package on the list",
        (
            *_SIGNERS,
            _ROLLOUT,
            (("--package",), {"type": Path, "required": True}),
            (("--version",), {"required": True}),
            (("--kind",), {"required": True, "help": "deb-amd64, rpm-x86_64, msi-x86_64"}),
        ),
    ),
    ("widen", _widen, "let more workstations have it", (*_SIGNERS, _ROLLOUT, (("name",), {}))),
    ("withdraw", _withdraw, "take a package off the list", (*_SIGNERS, (("name",), {}))),
    ("freshen", _freshen, "sign the list anew, daily", (_REPOSITORY, _ONLINE)),
    (
        "change-root",
        _change_root,
        "put new keys of root in the place of old ones",
        (
            _REPOSITORY,
            _ROOT_KEYS,
            (("--retire",), {"action": "append", "required": True, "help": "id of a key, as the root lists it"}),
            (("--add",), {"type": Path, "action": "append", "required": True, "help": "file of a key to make"}),
        ),
    ),
    (
        "change-online",
        _change_online,
        "put a new online key in the place of one that was lost or stolen",
        (
            _REPOSITORY,
            _ROOT_KEYS,
            (("--old",), {"required": True, "help": "id of the old key, as the root lists it"}),
            (("--new",), {"type": Path, "required": True, "help": "file of the key to make"}),
        ),
    ),
)  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
