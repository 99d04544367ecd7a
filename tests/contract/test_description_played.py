"""The API asked by requests made up from its own description: with a session and without, right ones and wrong ones.

No answer is a fault, and each is one that the description names: its status, its kind of content, its form. They go
to an office over PostgreSQL, which refuses more than a file does; the bounds are those of both homes.
"""

import contextlib
import functools
import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from jsonschema_rs import Draft202012Validator
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi import checks

from app.api.messages.door import SessionKind
from app.api.messages.wire import PROTOCOL, PROTOCOL_HEADER, WORKSTATION_HEADER, workstation_header
from app.api.server.application import bare_application
from app.api.server.description import described
from app.api.server.rates import RequestRates
from app.api.server.service import reaches
from app.domain.request_limits import Rate, RateLimits
from tests.demo.customers import demo_customers
from tests.office.door import rows_of, seat_of
from tests.office.made import SEAT, Bare, MadeOffice
from tests.office.team import PrivateTeam, team_office
from tests.patience import TESTS_S

Request = Case[Any]
Operation = APIOperation[Any, Any, Any, Any]
EXAMPLES = {GenerationMode.POSITIVE: 2, GenerationMode.NEGATIVE: 1}
"""Of each operation: the simplest right one, one of the tester's choice, and the simplest wrong one."""
DESCRIBED = described(bare_application(), "Tirai: an office")
STREAMS = {"/v1/session/changes", "/v1/customers/fill"}
"""They end with whoever hears them; `test_live` and `test_filling` hold them to their form."""
PEOPLE: dict[str, SessionKind] = {"hendra": "console", "adi": "command"}
NOBODY = ""
ROOM = Rate(1_000_000, 1_000_000)
JUDGED = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
]
_SAID = {"params": "params", "json": "json", "content": "data"}
"""Words of httpx, and of the tester's."""
_LIVES = "/v1/own/sessions"


class Asked:
    """One office, and who asks it: a console, a command, nobody. Whoever has no session any more signs in again."""

    def __init__(self, office: MadeOffice) -> None:
        self._office = office
        office.hire("ratna", "Ratna Dewanti")
        office.bring_in([row | {"queue": "billing"} for row in demo_customers(2, 7)])
        office.service.rates = RequestRates(RateLimits(ROOM, ROOM, ROOM, ROOM))
        self._http = httpx.Client(transport=office.transport(), base_url="http://office", timeout=TESTS_S)
        self._sessions: dict[str, Bare] = {}
        self._real = {
            "record": b64encode(rows_of(office, "customers")[0].record).decode(),
            "account": "ratna",
            "field": "mobile_phone",
            "reason": "call_back",
        }
        self._says = {
            PROTOCOL_HEADER: str(PROTOCOL),
            WORKSTATION_HEADER: workstation_header(SEAT, seat_of(office)["seat_id"]),
        }
        self.statuses: list[int] = []

    def answer(self, case: Request, who: str, *, is_real: bool) -> httpx.Response:
        """What the office says to one request.

        Args:
            case: the request.
            who: by whom.
            is_real: whether it names a customer and an account that are there, where it names any.
        """
        sent = case.as_transport_kwargs(base_url="http://office")
        body, told = sent.get("json"), self._says
        if is_real and isinstance(body, dict):
            sent["json"] = body | {name: value for name, value in self._real.items() if name in body}
        if who:
            told = told | {"Authorization": f"Bearer {b64encode(self._token(who, PEOPLE[who])).decode()}"}
        content = {name: sent[said] for name, said in _SAID.items() if said in sent}
        answer = self._http.request(sent["method"], sent["url"], headers=told, **content)
        answer.elapsed = timedelta()  # no time is judged here
        if answer.status_code == 401 and who and self._http.get(_LIVES, headers=told).status_code == 401:
            self._sessions.pop(who).end()
        self.statuses.append(answer.status_code)
        return answer

    def _token(self, who: str, kind: SessionKind) -> bytes:
        if who not in self._sessions:
            self._sessions[who] = self._office.bare(who, kind)
        return self._sessions[who].client._token

    def close(self) -> None:
        """Sign everybody out."""
        self._http.close()
        for session in self._sessions.values():
            session.end()


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    with team_office(tmp_path_factory.mktemp("office"), kind=PrivateTeam) as office:
        asked = Asked(office)
        yield asked
        asked.close()


def made_up(operation: Operation) -> list[Request]:
    """Requests of one operation, as its description has them and otherwise; each run makes the same ones."""
    cases: list[Request] = []
    for mode, count in EXAMPLES.items():
        quietly = settings(max_examples=count, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        with contextlib.suppress(Unsatisfiable):  # nothing of it can be wrong
            quietly(
                given(operation.as_strategy(mode, headers={PROTOCOL_HEADER: str(PROTOCOL)}))(
                    lambda case: cases.append(case)  # noqa: PLW0108  (a function of Python's, with a code to look at)
                )
            )()
    return cases


def broken_by(case: Request, answer: httpx.Response) -> str:
    """What of an answer the description lacks; empty: nothing. Nothing of the answer itself."""
    try:
        case.validate_response(answer, checks=JUDGED)
    except FailureGroup as e:
        return " ".join(f"{type(one).__name__}: {one}" for one in e.exceptions)
    described_answer = DESCRIBED["paths"][case.path][case.method.lower()]["responses"][str(answer.status_code)]
    wrong = form_of(json.dumps(described_answer)).iter_errors(answer.json())
    return " ".join(f"form: {one.instance_path} is not as {one.schema_path}" for one in wrong)


@functools.cache
def form_of(described_answer: str) -> Draft202012Validator:
    """What holds an answer to its form. Schemathesis' own check takes no tuples (`prefixItems`) in answers."""
    parts = DESCRIBED["components"]
    answer = json.loads(described_answer)
    if "$ref" in answer:
        answer = parts["responses"][answer["$ref"].rpartition("/")[2]]
    (content,) = answer["content"].values()
    return Draft202012Validator(content["schema"] | {"components": parts})


@pytest.mark.slow
def test_that_no_request_finds_a_fault_or_an_answer_that_the_description_lacks(asked: Asked) -> None:
    """Each made-up request goes out by whoever may come to its route, the first of each route by nobody, too."""
    broken: list[str] = []
    for found in schemathesis.openapi.from_dict(DESCRIBED).get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if operation.path in STREAMS:
            continue
        people = [who for who, kind in PEOPLE.items() if reaches(kind, operation.path)]
        for number, case in enumerate(made_up(operation)):
            for who in [*people, NOBODY] if number == 0 else people or [NOBODY]:
                answer = asked.answer(case, who, is_real=number % 2 == 1)
                if why := broken_by(case, answer):
                    broken.append(f"{who or 'nobody'}, {operation.label}, {answer.status_code}: {why}")
    assert broken == []
    assert {200, 401, 403, 422} <= set(asked.statuses), "the control: all kinds of answers came"
    assert not form_of('{"$ref": "#/components/responses/Forbidden"}').is_valid({}), "the control: a form is one"
