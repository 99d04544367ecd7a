"""A process of its own that signs in once, when it is told to: `python -m tests.security.sign_in_play` with JSON.

Prints `ready` once it has derived nothing yet but everything is loaded, then waits for a line with the code, then one
word: `in`, or why it was refused.
"""

import json
import sys
from pathlib import Path

from app.api.client.client import ApiClient
from app.api.client.transport import SocketTransport
from app.domain.policy_reader import load_policy
from app.resource_files import resource_text
from app.session.errors import SignInRefusedError
from app.session.sign_in import SignIn
from app.storage.keyring_store import KeyStore
from app.storage.places import Places
from tests.office.made import DictShelf


def main() -> int:
    """Sign in and say how it went."""
    order = json.loads(sys.stdin.readline())
    places = Places(*(Path(order[name]) for name in ("home", "cache", "run")))
    lasting = DictShelf()
    lasting.entries.update(order["keyring"])
    store = KeyStore(DictShelf(), lasting)
    door = SignIn(
        places,
        lambda: ApiClient(SocketTransport(places.socket("office"))),
        lambda: store,
        load_policy(resource_text("policy", "default.toml")),
        start_office=lambda: None,
    )
    print("ready", flush=True)
    code = sys.stdin.readline().strip()
    try:
        door.sign_in_for_command(order["account"], order["password"], code)
    except SignInRefusedError as refusal:
        print(refusal.why.value, flush=True)
    else:
        print("in", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
