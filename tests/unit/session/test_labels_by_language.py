"""Labels of the inventory and reasons of the policy come in the language that the screens spoke at the sign-in."""

from collections.abc import Iterator

import pytest

from app.domain.data_class import DataClass
from app.domain.inventory_reader import load_inventory
from app.domain.policy import ReasonFor
from app.session.shown import Action
from tests.office.made import MadeOffice, made_office

ROW = {"customer_number": "C-1", "full_name": "Sari Wulandari", "queue": "billing", "mobile_phone": "+62 812 0455 9147"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti")
        office.bring_in([ROW])
        yield office


@pytest.mark.parametrize(
    ("language", "label", "reason"),
    [("id", "Nomor HP", "Menelepon balik ke nomor ini"), ("en", "Mobile phone", "Call back on this line")],
)
def test_that_labels_and_reasons_follow_the_language(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch, language: str, label: str, reason: str
) -> None:
    sign_in = office.sign_in()
    monkeypatch.setattr(sign_in, "_language", lambda: language)
    desk = sign_in.sign_in("ratna", office.people["ratna"].password, office.code("ratna"))
    desk.fill(lambda _done, _total: None)
    fields = [field for _class, fields in desk.customer(desk.search("", None).ids[0]).sections for field in fields]
    assert label in [field.label for field in fields]
    assert reason in [offered.label for offered in desk.reasons(Action.REVEAL, DataClass.CONTACT)]
    desk.end("signed_out")


def test_that_a_reason_for_a_purpose_which_a_field_is_not_kept_for_is_not_offered(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    policy, inventory = desk._identity.policy, load_inventory(office.inventory_text)
    seen = set()
    for field in inventory.sealed_fields:
        for what, action in ((ReasonFor.REVEAL, Action.REVEAL), (ReasonFor.ASK, Action.ASK)):
            offered = {one.code for one in desk.reasons(action, field.data_class, field.name)}
            of_class = {one.code for one in desk.reasons(action, field.data_class)}
            purposes = {one.code: one.purpose for one in policy.reasons(what, field.data_class)}
            fitting = {code for code in of_class if purposes[code] in ("", *field.purposes)}
            assert offered == fitting
            seen.add(offered < of_class)
    assert seen == {True, False}, "the control: some field has fewer reasons than its class"
    desk.end("signed_out")


@pytest.mark.parametrize(("language", "label"), [("id", "Nomor kartu"), ("en", "Card number")])
def test_that_the_approval_speaks_it_too(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch, language: str, label: str
) -> None:
    sign_in = office.sign_in()
    monkeypatch.setattr(sign_in, "_language", lambda: language)
    approval = sign_in.sign_in_to_approve("hendra", office.people["hendra"].password, office.code("hendra"))
    assert approval._inventory.field("card_number").label(approval._language) == label
    approval.end()
