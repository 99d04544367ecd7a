"""Words of the policy's workspace: rights, versions, and why something was refused."""

from app.domain.data_class import DataClass
from app.domain.errors import TiraiError
from app.domain.policy import Access, Policy, PolicyError, PolicyFault
from app.domain.policy_edit import number_bounds
from app.domain.role import Role
from app.session.policies import WhyNotConfirm
from app.ui.faults import fault_of
from app.ui.language import Language, spoken
from app.ui.language import tr as _tr
from app.ui.saying import said
from app.ui.words import number

PEOPLE = (Role.AGENT, Role.SUPERVISOR, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR)


def access_name(access: Access) -> str:
    """What a role may do, as a cell says it."""
    names = {Access.REVEAL: _tr("Reveals"), Access.ASK: _tr("Asks"), Access.NEVER: _tr("Never")}
    return names[access]


@said
def right_words(policy: Policy, role: Role, data_class: DataClass) -> str:
    """A cell: what the role may do, and whether a fresh code is needed."""
    access = policy.access(role, data_class)
    if data_class is DataClass.OPEN and access is Access.REVEAL:
        return _tr("Shown")
    words = access_name(access)
    return words + "\n" + _tr("fresh code") if policy.needs_step_up(role, data_class) else words


@said
def right_sentence(policy: Policy, role: Role, data_class: DataClass) -> str:
    """The same as a sentence."""
    if data_class is DataClass.OPEN and policy.access(role, data_class) is Access.REVEAL:
        return _tr("Always shown") + "."
    sentences = {
        Access.REVEAL: _tr("Opens one field at a time, for a reason."),
        Access.ASK: _tr("Asks somebody who decides; one field opens, once."),
        Access.NEVER: _tr("Neither opens nor asks for it."),
    }
    return sentences[policy.access(role, data_class)]


def version_name(number: int) -> str:
    """A version by its number."""
    return _tr("Version {n}").format(n=number) if number else _tr("As delivered")


def why_not_words(why: WhyNotConfirm) -> str:
    """Why this person may not confirm."""
    sentences = {
        WhyNotConfirm.OWN: _tr("You proposed this; somebody else confirms it."),
        WhyNotConfirm.ROLE: _tr("A supervisor or a privacy officer confirms this."),
        WhyNotConfirm.CLASSES: _tr("Only who holds every class of their role confirms this."),
    }
    return sentences[why]


def busy_words(button: str) -> str:
    """What a button says while its work runs, by its object name."""
    names = {
        "propose_edit": _tr("Proposing…"),
        "confirm_edit": _tr("Confirming…"),
        "drop_edit": _tr("Taking it away…"),
    }
    return names.get(button, _tr("Working…"))


def bounds_words(least: int, most: int) -> str:
    """What a number may be."""
    return _tr("A whole number from {least} to {most}.").format(least=number(least), most=number(most))


@said
def text_refused(error: PolicyError, base: Policy) -> str:
    """What is wrong with a text, and in which line; a fault without words of its own says why in English alone."""
    if error.fault is PolicyFault.BOUNDS:
        least, most = number_bounds(base, error.key)
        words = _tr("Line {n}: {key} is a whole number from {least} to {most}.")
        return words.format(n=error.line, key=error.key, least=number(least), most=number(most))
    words = {
        PolicyFault.NO_TOML: _tr("Line {n} is no TOML."),
        PolicyFault.MISSING: _tr("Line {n}: {key} is missing."),
    }.get(error.fault, _tr("Line {n}: {key} is not allowed."))
    if error.fault in (PolicyFault.NO_TOML, PolicyFault.OTHER) and spoken() is Language.ENGLISH:
        return f"Line {error.line}: {error.reason}."
    return words.format(n=error.line, key=error.key)


def why_refused(error: Exception) -> str:
    """The sentence for a refusal of this workspace, else the general one."""
    code = error.code if isinstance(error, TiraiError) else ""
    if code == "policy":
        return _tr("This edit cannot stand. {reason}").format(reason=error.args[0] if error.args else "")
    sentences = {
        "waits": _tr("An edit waits already. Confirm it or take it back."),
        "policy_moved": _tr("The policy has changed meanwhile. Look at it again."),
        "policy_same": _tr("This changes nothing."),
        "own_seat_unknown": _tr(
            "The office does not know the workstation that you sit at, so you would be shut out, too. "
            "Have IT enrol it first."
        ),
        "clock": _tr("The clock here is not the back office’s. Call IT to set it."),
        "over": _tr("This was decided, taken back, or is over."),
        "own": _tr("You proposed this; somebody else confirms it."),
        "role": _tr("Your role may not do this."),
        "classes": _tr("Only who holds every class of their role confirms this."),
        "book_moved": _tr("Somebody else changed something just now. Try again."),
    }
    return sentences.get(code) or fault_of(error).sentence
