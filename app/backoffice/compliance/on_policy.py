"""Evidence from the policy in force and from the limits that no policy moves."""

from app.auth import password, throttle
from app.backoffice.compliance.look import Look
from app.domain.compliance.finding import Found
from app.domain.policy import STEPPED_UP
from app.domain.privacy.record_texts import RecordWords
from app.scanner.find import NEVER_KEPT

_IDLE_MOST_S, _SESSION_MOST_S = 15 * 60, 12 * 60 * 60
_TRIES_MOST, _WAIT_LEAST_S = 10, 30 * 60
_PASSWORD_LEAST = 15


def idle(look: Look) -> Found:
    """An unused console locks in time."""
    lock, end = look.policy.idle_lock_s, look.policy.idle_end_s
    return Found(
        0 < lock <= _IDLE_MOST_S and 0 < end <= _IDLE_MOST_S,
        f"The policy locks after {lock} s and ends the session after {end} s.",
        f"Kebijakan mengunci setelah {lock} dtk dan mengakhiri sesi setelah {end} dtk.",
    )


def throttle_waits(_look: Look) -> Found:
    """Ten tries at most, then half an hour."""
    free, longest, day = throttle.FREE_TRIES, throttle.LONGEST_WAIT_S, throttle.WRONG_CODES_A_DAY
    return Found(
        free <= _TRIES_MOST and longest >= _WAIT_LEAST_S and day <= _TRIES_MOST,
        f"{free} tries are free, waits grow to {longest} s; {day} wrong codes count in a day.",
        f"{free} percobaan bebas, jeda naik sampai {longest} dtk; {day} kode salah dihitung dalam sehari.",
    )


def password_length(_look: Look) -> Found:
    """What a new password has to have."""
    least = password.SHORTEST
    return Found(
        least >= _PASSWORD_LEAST,
        f"New passwords have {least} characters at least.",
        f"Kata sandi baru paling sedikit {least} karakter.",
    )


def step_up(look: Look) -> Found:
    """What is financial or special opens with a fresh code alone."""
    without = [
        role.value for role, rights in look.policy.roles.items() if (rights.reveals & STEPPED_UP) - rights.steps_up_for
    ]
    return Found(
        not without,
        f"{len(without)} roles open it without a code; a code counts for {look.policy.step_up_s} s.",
        f"{len(without)} peran membukanya tanpa kode; satu kode berlaku {look.policy.step_up_s} dtk.",
    )


def who_saw(look: Look) -> Found:
    """Some role makes the list of who saw a customer's data, as a document for the customer."""
    makers = sorted(role for role in look.policy.roles if look.policy.may_make_who_saw_pdf(role))
    english, indonesian = (", ".join(RecordWords(one).text(f"role.{role}") for role in makers) for one in ("en", "id"))
    return Found(
        bool(makers),
        f"The list for a customer is made by: {english or 'nobody'}.",
        f"Daftar untuk pelanggan dibuat oleh: {indonesian or 'tidak seorang pun'}.",
    )


def card_codes(look: Look) -> Found:
    """No reason lets a card number or code stay in a note."""
    never = {what.value for what in NEVER_KEPT}
    letting = [one.code for one in look.policy.keep_reasons if one.finds & never]
    return Found(
        not letting,
        f"{len(look.policy.keep_reasons)} reasons let something stay in a note; {len(letting)} of them a card or its "
        "code.",
        f"{len(look.policy.keep_reasons)} alasan membiarkan sesuatu dalam catatan; {len(letting)} di antaranya kartu "
        "atau kodenya.",
    )


def own_policy(look: Look) -> Found:
    """The book names a version of the policy that two people signed."""
    version = look.book.policy_version
    return Found(
        version > 0,
        f"Version {version} is in force, signed by two people."
        if version
        else "The policy in force is the one that Tirai brings; no version of this office's own was signed.",
        f"Versi {version} berlaku, ditandatangani dua orang."
        if version
        else "Yang berlaku adalah kebijakan bawaan Tirai; belum ada versi kantor ini yang ditandatangani.",
    )
