"""What is left out or said otherwise for the protocol before, and how a console learns which one its office speaks."""

from enum import StrEnum
from typing import Annotated, Literal

import httpx
import pytest
from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from app.api.client.client import ApiClient
from app.api.client.errors import NOT_SPOKEN, OFFICE_TOO_OLD, NotSpokenError, UpdateNeededError
from app.api.client.protocol import Agreed
from app.api.messages.since import Before, all_said, nothing_else, route_since, since, speaking, words
from app.api.messages.wire import (
    OLDEST,
    PROBLEM_TYPE,
    PROTOCOL,
    PROTOCOL_HEADER,
    SILENT,
    UPDATE_NEEDED,
    Id16,
    Message,
    Problem,
)
from tests.unit.api.test_client import Scripted

NEW = PROTOCOL


class Colour(StrEnum):
    RED = "red"
    PINK = "pink"


class Inner(Message):
    size: int = 0
    weight: Annotated[int | None, since(NEW)] = None


class Outer(Message):
    inner: Inner
    many: tuple[Inner, ...] = ()
    maybe: Inner | None = None
    key: Annotated[Id16 | None, Before(NEW, nothing_else, Id16)] = bytes(16)
    colour: Annotated[Colour, Before(NEW, words({"pink": "red"}), Literal["red"])] = Colour.RED
    word: Annotated[Literal["a", "b"], Before(NEW, words({"b": None}), Literal["a"])] = "a"
    limit: Annotated[int | None, since(NEW, tightens=True)] = None


def said(message: Message, protocol: int) -> str:
    with speaking(protocol):
        return message.model_dump_json()


def test_that_a_newer_field_is_left_out_wherever_its_message_stands() -> None:
    one = Inner(size=1, weight=2)
    message = Outer(inner=one, many=(one,), maybe=one)
    assert said(message, PROTOCOL).count('"weight":2') == 3
    assert "weight" not in said(message, OLDEST)
    assert said(message, OLDEST).count('"size":1') == 3


def test_that_everything_is_said_where_nobody_is_spoken_to() -> None:
    """What is kept or hashed must not depend on who asked last."""
    message = Outer(inner=Inner(weight=2))
    assert message.model_dump_json() == said(message, PROTOCOL)
    said(message, OLDEST)
    assert message.model_dump_json() == said(message, PROTOCOL)


def test_that_what_is_kept_while_an_older_console_is_answered_is_whole() -> None:
    message = Outer(inner=Inner(weight=2))
    with speaking(OLDEST):
        with all_said():
            assert message.model_dump_json() == said(message, PROTOCOL)
        assert message.model_dump_json() == said(message, OLDEST)


def test_that_a_message_without_what_is_newer_is_read() -> None:
    message = Outer(inner=Inner(size=1, weight=2))
    assert Outer.model_validate_json(said(message, OLDEST)).inner == Inner(size=1)


def test_that_a_newer_word_is_said_with_an_older_one() -> None:
    message = Outer(inner=Inner(), colour=Colour.PINK)
    assert '"colour":"pink"' in said(message, PROTOCOL)
    assert '"colour":"red"' in said(message, OLDEST)
    assert Outer.model_validate_json(said(message, PROTOCOL)) == message


@pytest.mark.parametrize("change", [{"word": "b"}, {"key": None}, {"limit": 3}])
def test_that_what_has_no_older_word_is_not_said(change: dict[str, object]) -> None:
    message = Outer(inner=Inner()).model_copy(update=change)
    said(message, PROTOCOL)
    said(Outer(inner=Inner()), OLDEST)
    with pytest.raises(PydanticSerializationError):
        said(message, OLDEST)


def test_that_a_marked_place_is_as_strict_as_it_was() -> None:
    for wrong in ('{"inner":{"size":"1"}}', '{"inner":{},"key":"AA=="}', '{"inner":{"weight":"2"}}'):
        with pytest.raises(ValidationError):
            Outer.model_validate_json(wrong)


def test_that_a_route_is_known_by_its_address() -> None:
    assert route_since("GET", "/v1/readmissions") == 2
    assert route_since("POST", "/v1/readmissions/AAAAAAAAAAAAAAAAAAAAAA==/approve") == 2
    assert route_since("GET", "/v1/hello") == 1
    assert route_since("DELETE", "/v1/readmissions") == 1


# what is agreed


def refusal(number: int) -> httpx.Response:
    said = Problem.of(426, UPDATE_NEEDED, "update", number=number).model_dump()
    return httpx.Response(426, json=said, headers={"Content-Type": PROBLEM_TYPE})


def fine(protocol: int | None = PROTOCOL) -> httpx.Response:
    headers = {} if protocol is None else {PROTOCOL_HEADER: str(protocol)}
    return httpx.Response(200, json={"classes": []}, headers=headers)


def spoken(transport: Scripted) -> list[str]:
    return [request.headers[PROTOCOL_HEADER] for request in transport.requests]


OLD = OLDEST
SAYS = [OLD, 0] if OLD == SILENT else [OLD]
"""What an office of the protocol before says that it speaks; the first one's says nothing."""


@pytest.mark.parametrize("says", SAYS)
def test_that_a_refused_protocol_is_answered_with_the_one_before_and_kept(says: int) -> None:
    transport = Scripted(refusal(says), fine(None))
    client = ApiClient(transport)
    client.quota()
    client.quota()
    assert spoken(transport) == [str(PROTOCOL), str(OLD), str(OLD)]
    assert client.protocol == OLD


def test_that_an_answer_of_a_newer_office_brings_it_back() -> None:
    transport = Scripted(refusal(OLD), fine(PROTOCOL), fine(PROTOCOL + 1), fine())
    client = ApiClient(transport)
    for _ in range(3):
        client.quota()
    assert spoken(transport) == [str(one) for one in (PROTOCOL, OLD, PROTOCOL, PROTOCOL)]


def test_that_a_console_says_who_is_too_old() -> None:
    too_old = ApiClient(Scripted(refusal(PROTOCOL + 2)))
    with pytest.raises(UpdateNeededError, match="update this workstation") as here:
        too_old.quota()
    assert here.value.code == UPDATE_NEEDED
    with pytest.raises(UpdateNeededError, match="update the office") as there:
        Agreed().refused(PROTOCOL, OLDEST - 1 or -1)
    assert there.value.code == OFFICE_TOO_OLD


@pytest.mark.parametrize("says", [PROTOCOL, PROTOCOL + 1])
def test_that_an_office_that_refuses_what_it_speaks_is_not_asked_for_ever(says: int) -> None:
    transport = Scripted(refusal(says))
    with pytest.raises(UpdateNeededError):
        ApiClient(transport).quota()
    assert len(transport.requests) == 1


def test_that_refused_twice_is_refused() -> None:
    transport = Scripted(refusal(OLD))
    with pytest.raises(UpdateNeededError):
        ApiClient(transport).quota()
    assert spoken(transport) == [str(PROTOCOL), str(OLD)]


def test_that_a_request_goes_down_once_whatever_other_threads_hear() -> None:
    """Two gateways behind one name: a newer one's answer to somebody else does not send it up again."""
    transport = Scripted(refusal(OLD), refusal(OLD))
    client = ApiClient(transport)
    refused = client._agreed.refused

    def and_up_again(spoke: int, office: int) -> int:
        lower = refused(spoke, office)
        client._agreed.heard(str(PROTOCOL))
        return lower

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client._agreed, "refused", and_up_again)
        with pytest.raises(UpdateNeededError):
            client.quota()
    assert spoken(transport) == [str(PROTOCOL), str(OLD)]


@pytest.mark.parametrize("header", ["", "x", "-1", "٢", "9" * 30, "2 "])
def test_that_a_header_of_another_form_changes_nothing(header: str) -> None:
    agreed = Agreed()
    agreed.refused(PROTOCOL, OLD)
    agreed.heard(header)
    assert agreed.protocol == OLD


def test_that_a_route_which_the_office_has_not_is_not_asked_for() -> None:
    transport = Scripted(refusal(OLD), fine(None))
    client = ApiClient(transport)
    client.quota()
    with pytest.raises(NotSpokenError) as refused:
        client.call("GET", "/v1/readmissions", Inner)
    assert refused.value.code == NOT_SPOKEN
    assert len(transport.requests) == 2
