"""A console that keeps every answer of the office: it has one field used, and its memory is then read from outside.

Run with account, password, code and the office's places on standard input as JSON. It prints what it got and waits for
the end of its input. With `reveal` it opens another field first, as the control of whoever reads its memory.
"""

import base64
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


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

    answers: list[bytes] = []

    def connect() -> ApiClient:
        client = ApiClient(SocketTransport(places.socket("office")))
        client._http.event_hooks["response"] = [lambda response: answers.append(response.read())]
        return client

    places = Places(*(Path(told[name]) for name in ("home", "cache_root", "runtime")))
    shelf = DictShelf()
    shelf.entries.update(told["lasting"])
    door = SignIn(
        places,
        connect,
        lambda: KeyStore(DictShelf(), shelf),
        load_policy(resource_text("policy", "default.toml")),
        start_office=lambda: None,
        announce=QuietGuardian(),
    )
    desk = door.sign_in(told["account"], told["password"], told["code"])
    desk.fill(lambda _done, _total: None)
    control = desk.reveal(told["record"], told["control"], "confirm_delivery").value.reveal()
    acted = desk.acting.act(told["record"], told["field"], told["action"])
    said = {"how": acted.how.value, "answers": [base64.b64encode(answer).decode() for answer in answers]}
    print(json.dumps(said), flush=True)
    sys.stdin.read()
    desk.end("signed_out")
    return 0 if control else 1


if __name__ == "__main__":
    sys.exit(main())
