"""Words of the policy's workspace: rights, versions, and why something was refused."""

from app.domain.data_class import DataClass
from app.domain.errors import TiraiError
from app.domain.policy import Access, Policy
from app.domain.role import Role
from app.session.policies import WhyNotConfirm
from app.ui.faults import fault_of
from app.ui.language import tr as _tr

PEOPLE = (Role.AGENT, Role.SUPERVISOR, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR)


def access_name(access: Access) -> str:
    """What a role may do, as a cell says it."""
    names = {Access.REVEAL: _tr("Reveals"), Access.ASK: _tr("Asks"), Access.NEVER: _tr("Never")}
    return names[access]


def right_words(policy: Policy, role: Role, data_class: DataClass) -> str:
    """A cell: what the role may do, and whether a fresh code is needed."""
    words = access_name(policy.access(role, data_class))
    return words + "\n" + _tr("fresh code") if policy.needs_step_up(role, data_class) else words


def right_sentence(policy: Policy, role: Role, data_class: DataClass) -> str:
    """The same as a sentence."""
    sentences = {
        Access.REVEAL: _tr("Opens one field at a time, for a reason."),
        Access.ASK: _tr("Asks somebody who decides; one field opens, once."),
        Access.NEVER: _tr("Neither opens nor asks for it."),
    }
    return sentences[policy.access(role, data_class)]


def version_name(number: int) -> str:
    """A version by its number."""
    return _tr("Version {n}").format(n=number) if number else _tr("As it came with Tirai")


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


def why_refused(error: Exception) -> str:
    """The sentence for a refusal of this workspace, else the general one."""
    code = error.code if isinstance(error, TiraiError) else ""
    if code == "policy":
        return _tr("This edit cannot stand. {reason}").format(reason=error.args[0] if error.args else "")
    sentences = {
        "waits": _tr("An edit waits already. Confirm it or take it back."),
        "policy_moved": _tr("The policy has changed meanwhile. Look at it again."),
        "policy_same": _tr("This changes nothing."),
        "clock": _tr("The clock here is not the back office’s. Call IT to set it."),
        "over": _tr("This was decided, taken back, or is over."),
        "own": _tr("You proposed this; somebody else confirms it."),
        "role": _tr("Your role may not do this."),
        "classes": _tr("Only who holds every class of their role confirms this."),
        "book_moved": _tr("Somebody else changed something just now. Try again."),
    }
    return sentences.get(code) or fault_of(error).sentence
