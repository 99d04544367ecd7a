"""A console that its agent has changed: masks that do not mask, rights that are always there, secrets that print.

Run with a folder; account, password, code and the office's places come on standard input as JSON. It signs in at the
real office, asks for all that it can think of, and tells what it got and what it holds, as JSON; then it waits for the
end of its input, so that its memory can be read. It never looks at what the office keeps.
"""

import gc
import json
import sys
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


def patch() -> None:
    """What `sitecustomize`, an edited .pyc or a debugger would do."""
    from app.domain import masks
    from app.domain.mask import Mask
    from app.domain.policy import Access, Policy
    from app.session.shown import Secret

    masks.mask_for = lambda _kind, text, *_rest: Mask(text, "", 0)
    masks.mask_of = lambda _field, text, *_rest: Mask(text, "", 0)
    for name in [n for n in vars(Policy) if n.startswith("may_")]:
        setattr(Policy, name, lambda *_given, **_named: True)
    Policy.access = lambda *_given: Access.REVEAL  # type: ignore[method-assign]
    Policy.needs_step_up = lambda *_given: False  # type: ignore[method-assign]
    for name in ("__str__", "__repr__"):
        setattr(Secret, name, lambda self: str(self.reveal()))


def tried(said: list[str], what: str, call: Callable[[], object]) -> None:
    """Try, and keep what comes back or what was refused."""
    try:
        said.append(f"{what}: {call()!r}")
    except Exception as error:  # noqa: BLE001 -- told to the judge
        said.append(f"{what}: {type(error).__name__}: {error} {traceback.format_exc()}")


def all_text() -> list[str]:
    """Every text and every bytes that any object of this process refers to."""
    found = (x for thing in gc.get_objects() for x in gc.get_referents(thing) if type(x) in (str, bytes))
    return sorted({str(x) for x in found})


def main() -> int:
    told = json.loads(sys.stdin.readline())
    from app.api.client.client import ApiClient
    from app.api.client.transport import SocketTransport
    from app.domain.policy_reader import load_policy
    from app.resource_files import resource_text
    from app.session.sign_in import SignIn
    from app.storage.keyring_store import KeyStore
    from app.storage.places import Places
    from tests.office.made import DictShelf, QuietGuardian

    patch()
    places = Places(*(Path(told[name]) for name in ("home", "cache_root", "runtime")))
    shelf = DictShelf()
    shelf.entries.update(told["lasting"])
    store = KeyStore(DictShelf(), shelf)
    door = SignIn(
        places,
        lambda: ApiClient(SocketTransport(places.socket("office"))),
        lambda: store,
        load_policy(resource_text("policy", "default.toml")),
        start_office=lambda: None,
        announce=QuietGuardian(),
    )
    desk = door.sign_in(told["account"], told["password"], told["code"])
    desk.fill(lambda _done, _total: None)
    said: list[str] = []
    client = desk._identity.client
    for id_ in desk.search("", None).ids:
        card = desk.customer(id_)
        said.append(repr(card))
        for field in told["fields"]:
            for reason in ("", "confirm_delivery", "subject_request", "no such reason"):
                tried(said, f"reveal {field}", partial(desk.reveal, card.record, field, reason))
            tried(said, f"unlock {field}", partial(desk.open_unlocked, card.record))
            tried(said, f"ask {field}", partial(desk.ask, card.record, field, "refund", "the caller insists"))
        tried(said, "notes", partial(desk.notes, card.record))
    tried(said, "allowed", partial(desk.reveal, told["record"], told["allowed"], "confirm_delivery"))
    for what in ("quota", "colleagues"):
        tried(said, what, getattr(client, what))
    tried(said, "page", lambda: client.customer_page(0, 100))
    print(json.dumps({"said": said, "held": all_text(), "customers": len(desk.search("", None).ids)}), flush=True)
    sys.stdin.read()
    desk.end("signed_out")
    return 0


if __name__ == "__main__":
    sys.exit(main())
