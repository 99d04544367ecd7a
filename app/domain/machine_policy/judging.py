"""From what sources say to one machine policy. Anything doubtful is refused; nothing is passed over.

Invariants: an unknown key, a value of another type and one that loosens are refused; so are two sources that say
different things of one key and level, since nobody could tell which of them IT meant. Mandatory counts before
recommended, recommended before what the program does by itself.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence

from app.domain.errors import InputRefusedError
from app.domain.machine_policy.errors import CONTENT, DISAGREE, MachinePolicyError
from app.domain.machine_policy.policy import NOTHING_MANAGED, MachinePolicy
from app.domain.machine_policy.said import Said
from app.domain.machine_policy.setting import Kind, Level, Setting, Tighter, Value
from app.domain.machine_policy.settings import BY_KEY, SETTINGS
from app.domain.versions import VERSION

LONGEST_TEXT = 500
MOST_TEXTS = 16


def judge(said: Sequence[Said]) -> MachinePolicy:
    """One machine policy of all sources.

    Raises:
        MachinePolicyError: the first thing that is wrong.
    """
    levels: dict[Level, dict[str, Value]] = {Level.MANDATORY: {}, Level.RECOMMENDED: {}}
    sources: dict[tuple[Level, str], str] = {}
    for one in said:
        for level, keys in ((Level.MANDATORY, one.mandatory), (Level.RECOMMENDED, one.recommended)):
            for key, untrusted in keys.items():
                value = judged_value(one, level, key, untrusted)
                if levels[level].setdefault(key, value) != value:
                    other = sources[level, key]
                    raise MachinePolicyError(
                        DISAGREE, f"{other} and {one.source}", f"they say different things of {key} ({level.value})"
                    )
                sources.setdefault((level, key), one.source)
    if not sources:
        return NOTHING_MANAGED
    mandatory, recommended = levels[Level.MANDATORY], levels[Level.RECOMMENDED]
    _judge_together(mandatory, sources)
    return MachinePolicy(mandatory, recommended, sources, _digest(mandatory, recommended))


def judged_value(said: Said, level: Level, key: str, untrusted: object) -> Value:
    """One value.

    Raises:
        MachinePolicyError: no such key, not at this level, another type, or out of bounds.
    """
    setting = BY_KEY.get(key)
    if setting is None:
        shown = key if key.isprintable() and len(key) <= 64 else "an unprintable one"
        raise MachinePolicyError(CONTENT, said.place(level, key), f"there is no setting {shown}")
    if level not in setting.levels:
        other = "recommended" if level is Level.MANDATORY else "mandatory"
        raise MachinePolicyError(CONTENT, said.place(level, key), f"{key} can only be {other}")
    try:
        return _value(setting, untrusted)
    except ValueError as error:
        raise MachinePolicyError(CONTENT, said.place(level, key), f"{key}: {error}") from error


def _value(setting: Setting, untrusted: object) -> Value:
    match setting.kind:
        case Kind.BOOL:
            return _bool(setting, untrusted)
        case Kind.NUMBER:
            return _number(setting, untrusted)
        case Kind.TEXTS:
            return _texts(setting, untrusted)
        case _:
            return _text(setting, untrusted)


def _bool(setting: Setting, untrusted: object) -> bool:
    if type(untrusted) is not bool:
        raise ValueError("this is true or false")
    loosens = {Tighter.OFF: True, Tighter.ON: False}.get(setting.tighter)
    if untrusted is loosens and untrusted is not setting.default:
        raise ValueError("this can only be tightened")
    return untrusted


def _number(setting: Setting, untrusted: object) -> int:
    if type(untrusted) is not int:
        raise ValueError("this is a whole number")
    if untrusted > setting.most and setting.tighter is Tighter.LOWER:
        raise ValueError(f"this can only be tightened, and is {setting.most} at most")
    if not setting.least <= untrusted <= setting.most:
        raise ValueError(f"this is from {setting.least} to {setting.most}")
    if setting.choices and str(untrusted) not in setting.choices:
        raise ValueError(f"this is one of {', '.join(setting.choices)}")
    return untrusted


def _text(setting: Setting, untrusted: object) -> str:
    if not isinstance(untrusted, str):
        raise ValueError("this is a text")  # noqa: TRY004 -- the caller makes one kind of refusal of it
    if setting.choices and untrusted not in setting.choices:
        raise ValueError(f"this is one of {', '.join(setting.choices)}")
    if not untrusted or len(untrusted) > LONGEST_TEXT or not untrusted.isprintable():
        raise ValueError(f"this is a line of 1 to {LONGEST_TEXT} characters")
    _FORMS.get(setting.key, lambda _text: None)(untrusted)
    return untrusted


def _texts(setting: Setting, untrusted: object) -> tuple[str, ...]:
    if not isinstance(untrusted, list | tuple):
        raise ValueError("this is a list of texts")  # noqa: TRY004 -- as above
    if len(untrusted) > (setting.most or MOST_TEXTS):
        raise ValueError(f"these are {setting.most or MOST_TEXTS} texts at most")
    return tuple(sorted({_text(setting, one) for one in untrusted}))


def _form_of_url(text: str) -> None:
    from app.domain.gateway_address import gateway_address

    try:
        gateway_address(text)
    except InputRefusedError as error:
        raise ValueError(error.message.rstrip(".")) from error


def _form_of_pin(text: str) -> None:
    if not re.fullmatch("[0-9a-fA-F]{64}", text.replace(":", "")):
        raise ValueError("a pin is the SHA-256 of a public key, 64 digits from 0 to f")


def _form_of_path(text: str) -> None:
    if not re.match(r"/|[A-Za-z]:[\\/]", text):
        raise ValueError("this is the whole path of a file")


def _form_of_version(text: str) -> None:
    if not VERSION.fullmatch(text):
        raise ValueError("this is a version, such as 1.2.0")


def _form_of_updates(text: str) -> None:
    if not re.match(r"https://[^\s/?#@]+(/[^\s?#@]*)?$|http://(127\.0\.0\.1|localhost)[:/]", text):
        raise ValueError("this is an address, https://host or https://host/folder")


def _form_of_proxy(text: str) -> None:
    if not re.match(r"https?://[^\s/?#@]+/?$", text):
        raise ValueError("this is an address, http://host:port, without a name or a password")


_FORMS = {
    "updates_from": _form_of_updates,
    "updates_proxy": _form_of_proxy,
    "gateway_url": _form_of_url,
    "gateway_pins": _form_of_pin,
    "gateway_ca": _form_of_path,
    "minimum_version": _form_of_version,
}


def _judge_together(mandatory: Mapping[str, Value], sources: Mapping[tuple[Level, str], str]) -> None:
    for key in ("gateway_pins", "gateway_ca"):
        if key in mandatory and "gateway_url" not in mandatory:
            raise MachinePolicyError(CONTENT, sources[Level.MANDATORY, key], f"{key} says nothing without gateway_url")
    lock, end = mandatory.get("idle_lock_s"), mandatory.get("idle_end_s")
    if isinstance(lock, int) and isinstance(end, int) and lock > end:
        both = sorted({sources[Level.MANDATORY, key] for key in ("idle_lock_s", "idle_end_s")})
        raise MachinePolicyError(CONTENT, " and ".join(both), "idle_lock_s is above idle_end_s")


def _digest(mandatory: Mapping[str, Value], recommended: Mapping[str, Value]) -> str:
    text = json.dumps({"mandatory": mandatory, "recommended": recommended}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def effective(policy: MachinePolicy) -> tuple[tuple[Setting, Value | None, str, str], ...]:
    """Each setting with its value, its level (`mandatory`, `recommended`, or empty) and its source."""
    return tuple(_effective(policy, setting) for setting in SETTINGS)


def _effective(policy: MachinePolicy, setting: Setting) -> tuple[Setting, Value | None, str, str]:
    for level, said in ((Level.MANDATORY, policy.mandatory), (Level.RECOMMENDED, policy.recommended)):
        if setting.key in said:
            return setting, said[setting.key], level.value, policy.sources[level, setting.key]
    return setting, setting.default, "", ""
