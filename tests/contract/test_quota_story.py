"""Ratna opens until her quota is used, is told before, asks, and Hendra decides: consoles and office, no screens."""

from collections.abc import Iterator

import pytest

from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.domain.quota import Shut, is_near
from app.session.shown import Action
from tests.demo.customers import demo_customers
from tests.office.made import MadeOffice
from tests.office.quotas import with_quotas

LIMIT = 5


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    folder = tmp_path_factory.mktemp("office")
    office = MadeOffice(folder)
    office.policy = with_quotas(office.policy, LIMIT)
    office.serve()
    office.hire("ratna", "Ratna Dewanti", queues=("*",))
    office.bring_in(demo_customers(12, 7))
    yield office
    office.stop()


def test_that_a_day_goes_on_over_its_quota_with_a_supervisor(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record = desk.customer(desk.search("", None).ids[0]).record
    near = []
    for _ in range(LIMIT):
        budget = desk.budgets()[DataClass.CONTACT]
        assert budget.shut is None
        near.append(is_near(budget.used, budget.shift))
        assert desk.reveal(record, "mobile_phone", "call_back").value.reveal()
    assert near == [False, False, False, False, True], "told before the last one"
    spent = desk.budgets()[DataClass.CONTACT]
    assert (spent.used, spent.shift, spent.shut) == (LIMIT, LIMIT, Shut.QUOTA)
    assert spent.wait_s > 9 * 3600
    with pytest.raises(NotAllowedError) as refused:
        desk.reveal(record, "mobile_phone", "call_back")
    assert refused.value.code == "quota"

    assert "quota_spent" in [reason.code for reason in desk.reasons(Action.ASK, DataClass.CONTACT)]
    assert "quota_spent" not in [reason.code for reason in desk.reasons(Action.ASK, DataClass.IDENTITY)]
    asked = desk.ask(record, "mobile_phone", "quota_spent", "the caller waits for a call back")
    hendra = office.approval("hendra")
    hendra.waiting()
    hendra.approve(asked.id, 60)
    hendra.end()
    assert desk.open_unlocked(asked.id).value.reveal()
    assert desk.budgets()[DataClass.CONTACT].used == LIMIT, "what a supervisor opened does not count"
    desk.end("signed_out")

    again = office.desk("ratna")
    assert again.budgets()[DataClass.CONTACT].shut is Shut.QUOTA, "signing in anew refills nothing"
    again.end("signed_out")
