"""The privacy desk's use cases in memory, with invented data: an attribute for each page, from a fake of its own."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from app.domain.inventory_reader import load_inventory
from app.domain.policy_reader import load_policy
from app.domain.privacy.consent import Limit, Said
from app.domain.privacy.notice import Content, Notice, Toggle
from app.domain.privacy.notice_draft import draft
from app.domain.privacy.notice_lint import lint
from app.domain.privacy.processing_record import processing_record
from app.domain.privacy.purpose_state import PurposeState
from app.domain.privacy.record_words import RecordSaid
from app.domain.privacy.unused import FieldUse, field_uses
from app.domain.role import Role
from app.resource_files import resource_text
from app.session.privacy.customer import ConsentWords, ShownLimit, ShownPrivacy, ShownPurpose
from app.session.privacy.notices import ShownNotice
from app.session.privacy.record import Form
from app.session.shown_who_saw import Language
from tests.ui.fake_erasing import FakeErasing
from tests.ui.fake_exporting import FakeExporting
from tests.ui.fake_incidents import FakeIncidents
from tests.ui.fake_proofs import FakeProofs
from tests.ui.fake_readmitting import FakeReadmitting
from tests.ui.fake_requests import FakeRequests
from tests.ui.fake_training_report import FakeTrainingReport

SHIPPED = load_inventory(resource_text("inventory", "customer.toml"))
POLICY = load_policy(resource_text("policy", "default.toml"))
NOTICED_AT = 1_772_000_000.0
TOLD = '[controller]\nname = "PT Uji"\ncontact = "privasi@uji.example"\n[purposes]'


class FakeRecord:
    """The record of the inventory that ships; nothing is written."""

    def __init__(self) -> None:
        self.inventory, self.policy = SHIPPED, POLICY
        self.saved: list[tuple[Language, Path]] = []
        self.refusal: Exception | None = None

    def said(self, language: Language) -> RecordSaid:
        return RecordSaid(processing_record(self.inventory), self.inventory, self.policy, language)

    def uses(self) -> tuple[FieldUse, ...]:
        return field_uses(self.inventory, {"nik": (12, 1_772_000_000_000)}, 0, 1_772_000_100_000)

    def save(self, language: Language, form: Form, path: Path) -> int:
        assert path.suffix == f".{form}"
        if self.refusal is not None:
            raise self.refusal
        self.saved.append((language, path))
        return 1204


def purpose(name: str, label: str, state: PurposeState, **more: object) -> ShownPurpose:
    shown = ShownPurpose(name, label, ("contract",), ("Full name", "City"), (), False, state)
    return replace(shown, **more)  # type: ignore[arg-type]


QUESTIONS = (("en", "I agree that my data is used to: serve special needs."), ("id", "Saya setuju data saya dipakai."))


def told_notice() -> Notice:
    """The notice that is told here: in both languages, but for one content that is in Indonesian alone."""
    texts = {language: {one: f"{one.value} ({language})" for one in Content} for language in ("id", "en")}
    texts["en"][Content.PERIOD] = ""
    return Notice("2026-01", texts, (Toggle(("offers",), dict(QUESTIONS)),))


def shown_privacy(record: str) -> ShownPrivacy:
    """A customer with one purpose in each state."""
    asked = {"asks": True, "bases": ("consent",), "questions": QUESTIONS}
    gave = {
        "said": Said.GIVEN,
        "said_at": 1_772_000_000.0,
        "channel": "spoken",
        "account": "ratna",
        "receipt": "ab" * 16,
    }
    withdrew = {**gave, "said": Said.WITHDRAWN}
    return ShownPrivacy(
        record=record,
        purposes=(
            purpose("service", "Serve the customer's requests", PurposeState.BASIS),
            purpose("delivery", "Deliver goods and documents", PurposeState.RESTRICTED),
            purpose(
                "accessibility", "Serve special needs", PurposeState.SOURCES, under_consent=("Health note",), **asked
            ),
            purpose("offers", "Offer other services", PurposeState.MISSING, **asked),
            purpose("billing", "Bill and refund", PurposeState.GIVEN, under_consent=("Income",), **asked, **gave),
            purpose("survey", "Ask how it was", PurposeState.WITHDRAWN, **asked, **withdrew),
        ),
        limits=(ShownLimit("delivery", "Deliver goods and documents", Limit.RESTRICTED, 7, 1_772_000_000.0),),
        notice="2026-01",
        notice_digest="11" * 32,
        told=told_notice(),
    )


class FakeCustomers:
    """One customer's panel; what is said is kept."""

    def __init__(self) -> None:
        self.said: list[ConsentWords] = []
        self.saved: list[Path] = []
        self.refusal: Exception | None = None
        self.is_child = False
        self.sends_page = True
        self.pages: list[str] = []

    def panel(self, record: str) -> ShownPrivacy:
        return replace(shown_privacy(record), is_child=self.is_child, sends_page=self.sends_page)

    def send_page(self, record: str) -> float:
        if self.refusal is not None:
            raise self.refusal
        self.pages.append(record)
        return 1_772_259_200.0

    def say(self, shown: ShownPrivacy, words: ConsentWords) -> str:
        if self.refusal is not None:
            raise self.refusal
        self.said.append(words)
        return "{}"

    def save_receipt(self, record: str, receipt: str, path: Path) -> None:
        self.saved.append(path)


def shown_notice(id_: str, notice: Notice, by: str, *, may_publish: bool = False) -> ShownNotice:
    return ShownNotice(id_, notice, lint(notice, SHIPPED), by, NOTICED_AT, may_publish=may_publish)


@cache
def three_notices() -> tuple[ShownNotice, ...]:
    """Made once: every desk has them, and they take a third of the time that a test of a screen takes."""
    whole = draft(load_inventory(SHIPPED.text.replace("[purposes]", TOLD)), POLICY, "2026-01")
    in_force = shown_notice("c" * 32, whole, by="hendra")
    return (
        shown_notice("a" * 32, draft(SHIPPED, POLICY, "2026-02"), by="maya"),
        shown_notice("b" * 32, replace(whole, code="2026-03"), by="hendra", may_publish=True),
        replace(in_force, published_by="maya", published_at=NOTICED_AT, is_in_force=True),
    )


class FakeNotices:
    """A published notice, one that somebody else wrote and a draft with gaps; begun and kept ones are there at once."""

    def __init__(self) -> None:
        self.inventory, self.policy = SHIPPED, POLICY
        self.all = list(three_notices())
        self.published: list[str] = []
        self.dropped: list[str] = []
        self.refusal: Exception | None = None

    def listing(self) -> tuple[ShownNotice, ...]:
        return tuple(self.all)

    def begin(self) -> str:
        self.all.insert(0, shown_notice("d" * 32, draft(self.inventory, self.policy, "2026-04"), by="maya"))
        return "d" * 32

    def label(self, kind: str, name: str, language: str) -> str:
        named = self.inventory.purposes if kind == "purpose" else self.inventory.fields
        return next((one.label(language) for one in named if one.name == name), name)

    def write(self, id_: str, notice: Notice) -> None:
        at = next(at for at, one in enumerate(self.all) if one.id == id_)
        self.all[at] = shown_notice(id_, notice, by="maya")

    def publish(self, shown: ShownNotice) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.published.append(shown.id)

    def drop(self, id_: str) -> None:
        self.dropped.append(id_)
        self.all = [one for one in self.all if one.id != id_]


class FakePrivacy:
    """All pages."""

    def __init__(self, role: Role = Role.PRIVACY_OFFICER) -> None:
        self.codes: list[str] = []
        self.requests = FakeRequests(role)
        self.incidents = FakeIncidents()
        self.record = FakeRecord()
        self.proofs = FakeProofs()
        self.customers = FakeCustomers()
        self.erasing = FakeErasing()
        self.exporting = FakeExporting(role)
        self.readmitting = FakeReadmitting()
        self.notices = FakeNotices()
        self.training = FakeTrainingReport()

    def step_up(self, code: str) -> None:
        self.codes.append(code)
