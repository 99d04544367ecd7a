"""An enrolment and a set-up in memory, for screens. Codes: 000000 does not fit, 111111 is too late."""

from app.auth.password_strength import Strength, strength_of
from app.domain.errors import InputRefusedError, NotAllowedError, TiraiError
from app.domain.role import Role
from app.session.enrol import Offer
from app.session.make_office import AuthenticatorOffer, Kit
from app.session.shown import Secret

KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
URI = f"otpauth://totp/Tirai%20Nusantara%20Care:ratna.dewanti?secret={KEY}&issuer=Tirai%20Nusantara%20Care"
ACTIVATION = "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-4567-ABCD-EFGH-IJKL-MNOP-QRST"
PASSWORD = "kata sandi yang panjang 12"
RECOVERY_CODES = tuple(f"ABCD-EFGH-IJKL-MN{n}{n}" for n in "OPQRSTUVWX")
KIT_CODES = ("QZ7K-4MXA-TT2B-9WLD", "MMP4-RRA7-KX2C-ZZ3D", "B7YQ-A2KD-PLM4-W6TT")


def judge(code: str) -> None:
    """The office's word on a code."""
    if code == "000000":
        raise NotAllowedError("no", code="wrong_code")
    if code == "111111":
        raise NotAllowedError("no", code="enrolment_over")


class FakeEnrol:
    """One enrolment that knows one activation code."""

    lasts_s = 300

    def __init__(self, refusal: TiraiError | None = None) -> None:
        self.refusal = refusal
        self.finished: list[tuple[str, str]] = []
        self.offers: list[Offer] = []
        self.closed = 0

    def begin(self, account: str, code: str) -> Offer:
        if self.refusal is not None:
            raise self.refusal
        if code.replace("-", "").upper() != ACTIVATION.replace("-", ""):
            raise NotAllowedError("no", code="activation")
        self.offers.append(Offer(account.strip(), "Ratna Dewanti", "agent", Secret(KEY), Secret(URI)))
        return self.offers[-1]

    def check_password(self, password: str) -> None:
        if len(password) < 15:
            raise InputRefusedError("no", code="password_short")

    def strength(self, password: str) -> Strength:
        return strength_of(password, "ratna.dewanti", "Ratna Dewanti")

    def finish(self, password: str, code: str) -> tuple[Secret, ...]:
        judge(code)
        self.finished.append((password, code))
        return tuple(Secret(code) for code in RECOVERY_CODES)

    def close(self) -> None:
        self.closed += 1


class FakeMaking:
    """An office in the making, in memory."""

    def __init__(self) -> None:
        self.office = ""
        self.people: list[tuple[Role, str, str]] = []
        self.pending: tuple[Role, str, str] | None = None
        self.is_made = False
        self.cancelled = 0
        self.refuse_finish: TiraiError | None = None
        self.offers: list[AuthenticatorOffer] = []

    def begin(self, office_name: str) -> None:
        if len(office_name) > 40:
            raise InputRefusedError("no", code="office_name")
        self.office = office_name

    def person(self, role: Role, account: str, display_name: str, password: str) -> AuthenticatorOffer:
        if account in [p[1] for p in self.people]:
            raise InputRefusedError("no", code="name_taken")
        if len(password) < 15:
            raise InputRefusedError("no", code="password_short")
        self.pending = (role, account, display_name)
        self.offers.append(AuthenticatorOffer(display_name, Secret(KEY), Secret(URI)))
        return self.offers[-1]

    def strength(self, account: str, display_name: str, password: str) -> Strength:
        return strength_of(password, account, display_name)

    def prove(self, code: str) -> tuple[Secret, ...]:
        judge(code)
        assert self.pending is not None
        self.people.append(self.pending)
        return tuple(Secret(code) for code in RECOVERY_CODES)

    def finish(self) -> Kit:
        if self.refuse_finish is not None:
            raise self.refuse_finish
        self.is_made = True
        file = "/home/dian/.local/share/tirai/office/recovery-kit.json"
        return Kit(self.office, tuple(Secret(code) for code in KIT_CODES), file)

    def cancel(self) -> None:
        self.cancelled += 1
        self.people.clear()
