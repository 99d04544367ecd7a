"""One customer's privacy panel: how their purposes stand, what they say to them, what limits work for them.

What is said is signed by the session and written down by the office, whose receipt can be kept as a file. The request
of one try stays the same until the office has answered, so that nothing is written down twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from app.api.client import consents as calls
from app.api.messages.consents import (
    AskReceipt,
    CustomerPrivacy,
    PurposeLine,
    RecordConsent,
    SendPage,
)
from app.auth.session_card import consent_request
from app.domain.inventory import Inventory
from app.domain.privacy.consent import Channel, Limit, Said, Speaker, fields_under_consent
from app.domain.privacy.grounds import bases_of
from app.domain.privacy.notice import Notice, notice_from
from app.domain.privacy.purpose_state import PurposeState
from app.session.identity import Identity, new_id
from app.session.shown_who_saw import Language
from app.storage.new_file import write_new_file


@dataclass(frozen=True, slots=True)
class ShownPurpose:
    """One purpose on the panel.

    Attributes:
        name, label: in code and in words.
        bases: codes of the grounds.
        fields: labels of what is held for it.
        under_consent: labels of what the customer's word opens and shuts; empty where nobody is asked.
        asks: whether the customer is asked.
        state: how it stands.
        said, said_at, channel, account, receipt: the word that counts, if there is one.
        questions: what to read aloud, by language; empty without a notice in force.
        speaker, means: who said the word that counts, and how that was made sure of or in which way they spoke.
        asks_anew: a guardian agreed, and the customer has come of age since.
    """

    name: str
    label: str
    bases: tuple[str, ...]
    fields: tuple[str, ...]
    under_consent: tuple[str, ...]
    asks: bool
    state: PurposeState
    said: Said | None = None
    said_at: float = 0.0
    channel: str = ""
    account: str = ""
    receipt: str = ""
    questions: tuple[tuple[str, str], ...] = ()
    speaker: Speaker = Speaker.SELF
    means: str = ""
    asks_anew: bool = False

    def question(self, language: str) -> str:
        """What to read aloud in a language; empty: the notice does not ask in it."""
        return dict(self.questions).get(language, "")


@dataclass(frozen=True, slots=True)
class ShownLimit:
    """What limits work for the customer: a purpose, and the request that holds it."""

    purpose: str
    label: str
    kind: Limit
    request: int
    since: float


@dataclass(frozen=True, slots=True)
class ShownPrivacy:
    """The panel.

    Attributes:
        record: whose, hex.
        purposes: in the order of the inventory.
        limits: that hold.
        is_imported: an import brought the record; else a person typed it in.
        told_notice: code of the notice that was told then; empty: none is known.
        is_child: a guardian agrees for them.
        is_of_age: they are surely of age: no guardian speaks for them as for a child.
        notice: code of the notice in force; empty: there is none, and nobody can agree.
        notice_digest: its digest, hex.
        told: the notice itself, to be read aloud.
        may_record: whether this person writes down what the customer says.
        sends_page: whether this person has the office send the customer a link to their page.
    """

    record: str
    purposes: tuple[ShownPurpose, ...]
    limits: tuple[ShownLimit, ...] = ()
    is_imported: bool = True
    told_notice: str = ""
    is_child: bool = False
    is_of_age: bool = False
    notice: str = ""
    notice_digest: str = ""
    told: Notice | None = None
    may_record: bool = True
    sends_page: bool = False

    @property
    def way_of_speaking(self) -> str:
        """The way in which somebody with a disability was spoken with last; empty: nothing was said of one."""
        words = (one for one in self.purposes if one.said is not None and one.speaker is Speaker.ASSISTED)
        newest = max(words, key=lambda one: one.said_at, default=None)
        return newest.means if newest is not None else ""

    def purpose(self, name: str) -> ShownPurpose:
        """A purpose by its name.

        Raises:
            KeyError: there is none.
        """
        return {one.name: one for one in self.purposes}[name]


@dataclass(frozen=True, slots=True)
class ConsentWords:
    """What somebody fills in when a customer says something.

    Attributes:
        purpose: to what.
        said: which word.
        channel: how.
        language: in which it was asked.
        speaker: who said it.
        recording: reference of a recording or a letter.
        means: how a guardian was made sure of, or in which way somebody was spoken with.
    """

    purpose: str
    said: Said
    channel: Channel = Channel.SPOKEN
    language: Language = "id"
    speaker: Speaker = Speaker.SELF
    recording: str = ""
    means: str = ""


class CustomersPrivacy:
    """The panel of one customer after the other, for one session.

    Args:
        identity: who signed in.
        inventory: which purposes there are.
        language: of labels.
    """

    def __init__(self, identity: Identity, inventory: Inventory, language: str) -> None:
        self._identity, self._inventory, self._language = identity, inventory, language
        self._sent: tuple[tuple[object, ...], RecordConsent] | None = None

    def panel(self, record: str) -> ShownPrivacy:
        """The panel of a customer.

        Args:
            record: hex.

        Raises:
            NotAllowedError: code `not_in_queue`.
        """
        return self._shown(record, calls.panel(self._identity.client, bytes.fromhex(record)))

    def say(self, shown: ShownPrivacy, words: ConsentWords) -> str:
        """Have a customer's word written down; the receipt's text.

        Args:
            shown: the panel that was on the screen: its notice is the one that was told.
            words: what was said.

        Raises:
            NotAllowedError: code `not_identified`, `guardian` or `withdrawn_now`.
            InputRefusedError: code `notice`, `no_question`, `recording` or `means`.
        """
        key = (shown.record, shown.notice_digest, words)
        if self._sent is None or self._sent[0] != key:
            self._sent = (key, self._signed(shown, words))
        text = calls.record_consent(self._identity.client, self._sent[1]).text
        self._sent = None
        return text

    def _signed(self, shown: ShownPrivacy, words: ConsentWords) -> RecordConsent:
        identity = self._identity
        request = RecordConsent.model_validate(
            {
                "request": new_id(),
                "record": bytes.fromhex(shown.record),
                "purpose": words.purpose,
                "said": words.said,
                "channel": words.channel,
                "language": words.language,
                "notice": bytes.fromhex(shown.notice_digest) if shown.notice_digest else None,
                "speaker": words.speaker,
                "recording": words.recording.strip(),
                "means": words.means,
            }
        )
        signature = identity.sign(consent_request(identity.office, identity.session, request.signed_text()))
        return request.model_copy(update={"signature": signature})

    def save_receipt(self, record: str, receipt: str, path: Path) -> None:
        """Write a receipt into a new file of the person's own, for the customer.

        Raises:
            InputRefusedError: code `no_receipt`.
            FileRefusedError: it cannot be written there.
        """
        asked = AskReceipt(record=bytes.fromhex(record), id=bytes.fromhex(receipt))
        write_new_file(path, calls.receipt(self._identity.client, asked).text.encode())

    def send_page(self, record: str) -> float:
        """Have a customer sent a link to their page; until when it is good, Unix seconds.

        Raises:
            NotAllowedError: code `role_privacy`, `not_in_queue`, `page_not_offered` or `links`.
            InputRefusedError: code `no_page_notice`.
            WorkstationError: it was not sent, and its link opens nothing.
        """
        sent = calls.send_page(self._identity.client, SendPage(record=bytes.fromhex(record)))
        return sent.expires_ms / 1000

    # in words ------------------------------------------------------------------------------------------------------
    def _shown(self, record: str, told: CustomerPrivacy) -> ShownPrivacy:
        notice = notice_from(told.notice) if told.notice else None
        known = {one.name for one in self._inventory.purposes}
        return ShownPrivacy(
            record=record,
            purposes=tuple(self._purpose(line, notice) for line in told.purposes if line.name in known),
            limits=tuple(
                ShownLimit(one.purpose, self._label(one.purpose), one.kind, one.request, one.since_ms / 1000)
                for one in told.limits
            ),
            is_imported=told.is_imported,
            told_notice=told.told_notice,
            is_child=told.is_child,
            is_of_age=told.is_of_age,
            notice=notice.code if notice is not None else "",
            notice_digest=notice.digest.hex() if notice is not None else "",
            told=notice,
            may_record=told.may_record,
            sends_page=told.sends_page,
        )

    def _label(self, purpose: str) -> str:
        named = (one for one in self._inventory.purposes if one.name == purpose)
        return next((one.label(self._language) for one in named), purpose)

    def _purpose(self, line: PurposeLine, notice: Notice | None) -> ShownPurpose:
        inventory, purpose = self._inventory, self._inventory.purpose(line.name)
        held = [field for field in inventory.fields if purpose.name in field.purposes]
        toggle = notice.toggle_for(purpose.name) if notice is not None else None
        asked = fields_under_consent(inventory, purpose) if line.asks else ()
        shown = ShownPurpose(
            name=line.name,
            label=purpose.label(self._language),
            bases=tuple(dict.fromkeys(basis.value for field in held for basis in bases_of(field, purpose))),
            fields=tuple(field.label(self._language) for field in held),
            under_consent=tuple(field.label(self._language) for field in asked),
            asks=line.asks,
            state=line.state,
            questions=_questions(toggle.labels if toggle is not None else {}),
        )
        word = line.word
        if word is None:
            return shown
        return replace(
            shown,
            said=word.said,
            said_at=word.at_ms / 1000,
            channel=word.channel.value,
            account=word.account,
            receipt=word.id.hex(),
            speaker=word.speaker,
            means=word.means,
            asks_anew=line.asks_anew,
        )


def _questions(labels: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((language, text) for language, text in sorted(labels.items()) if text.strip())
