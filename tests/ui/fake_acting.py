"""Actions in memory: what they are told stays here, and a gate holds them as long as a test wants."""

import threading

from app.domain.action_run import Ran
from app.domain.data_class import DataClass
from app.domain.two_languages import TwoLanguages
from app.session.shown import Acted, ShownAct
from app.ui.language import spoken


def an_act(
    code: str, english: str, indonesian: str, kind: str, *, reason: bool = False, caller: bool = False
) -> ShownAct:
    """An action on contact data."""
    label = TwoLanguages(english, indonesian, spoken().value)
    return ShownAct(code, label, frozenset({kind}), frozenset({DataClass.CONTACT}), reason, caller)


def two_acts() -> tuple[ShownAct, ...]:
    """One for a telephone, one for an address."""
    return (
        an_act("dial", "Dial", "Telepon", "phone"),
        an_act("appointment", "Send the appointment", "Kirim janji temu", "email"),
    )


class FakeActing:
    """What `app.session.acting.Acting` does."""

    def __init__(self) -> None:
        self.acts: tuple[ShownAct, ...] = ()
        self.taken: list[tuple[str, str, str, str, str]] = []
        self.end = Acted(Ran.DONE)
        self.refusal: Exception | None = None
        self.no_offer: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.stops = 0

    def offered(self) -> tuple[ShownAct, ...]:
        if self.no_offer is not None:
            raise self.no_offer
        return self.acts

    def act(self, record: str, field: str, action: str, reason: str = "", text: str = "") -> Acted:
        self.taken.append((record, field, action, reason, text))
        self.gate.wait(60)
        if self.refusal is not None:
            raise self.refusal
        return self.end

    def stop(self) -> None:
        self.stops += 1
        self.end = Acted(Ran.STOPPED)
        self.gate.set()
