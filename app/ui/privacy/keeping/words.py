"""Words of erasure, holds and retention."""

from app.domain.erasure.words import Action, Fate, Ground, HoldReason, OrderState, Unusual
from app.domain.errors import TiraiError
from app.domain.field import RetentionStart
from app.session.errors import DocumentStopped
from app.session.privacy.erasing import ShownConflict, ShownDue, ShownOrder, ShownRule, ShownTerm
from app.ui.faults import fault_of
from app.ui.language import tr as _tr
from app.ui.words import day_and_time, number, one_or_many


def action_name(action: Action) -> str:
    """What is done."""
    return {Action.ERASE: _tr("Erase (art. 43)"), Action.DESTROY: _tr("Destroy (art. 44)")}[action]


def ground_name(ground: Ground) -> str:
    """Why it is done."""
    names = {
        Ground.NOT_NEEDED: _tr("No longer needed"),
        Ground.WITHDRAWN: _tr("Consent withdrawn"),
        Ground.REQUESTED: _tr("Asked for by the person"),
        Ground.UNLAWFUL: _tr("Obtained unlawfully"),
        Ground.TIME_OVER: _tr("Time of retention over"),
        Ground.NO_CASE: _tr("Tied to no legal case"),
    }
    return names[ground]


def state_name(state: OrderState) -> str:
    """What has become of an order."""
    names = {
        OrderState.WAITING: _tr("Waits for approval"),
        OrderState.RUNNING: _tr("Running"),
        OrderState.DONE: _tr("Carried out"),
        OrderState.HELD: _tr("Nothing erased"),
        OrderState.WITHDRAWN: _tr("Taken back"),
        OrderState.REFUSED: _tr("Refused"),
        OrderState.EXPIRED: _tr("Not approved in time"),
    }
    return names[state]


def fate_name(fate: Fate) -> str:
    """What has become of a customer."""
    names = {
        Fate.PENDING: _tr("still there"),
        Fate.ERASED: _tr("erased"),
        Fate.HELD: _tr("held, stays"),
        Fate.NOT_DUE: _tr("not due, stays"),
        Fate.GONE: _tr("gone before"),
    }
    return names[fate]


def unusual_sentence(what: Unusual) -> str:
    """What the second person should look at."""
    sentences = {
        Unusual.PROPOSER_OPENED: _tr("Whoever proposes this has worked on this customer in the last 90 days."),
        Unusual.NO_REQUEST: _tr("It says that the person asked for it, and names no request."),
        Unusual.LAW_KEEPS: _tr("A law that comes first wants some of it kept still: the page Retention says which."),
    }
    return sentences[what]


def untold_sentence(people: int) -> str:
    """What an order waits for."""
    one = _tr("{n} person is not told of this yet (UU PDP art. 45), and not erased before their letter is written.")
    many = _tr("{n} people are not told of this yet (UU PDP art. 45), and not erased before their letter is written.")
    return one_or_many(people, one, many).format(n=number(people))


def hold_reason_name(reason: HoldReason) -> str:
    """Why something is held."""
    names = {
        HoldReason.DISPUTE: _tr("Dispute"),
        HoldReason.LAWSUIT: _tr("Lawsuit"),
        HoldReason.INVESTIGATION: _tr("Investigation"),
        HoldReason.REGULATOR: _tr("Asked for by an authority"),
    }
    return names[reason]


def start_name(start: RetentionStart) -> str:
    """From when months count."""
    names = {
        RetentionStart.COLLECTED: _tr("collected"),
        RetentionStart.LAST_CONTACT: _tr("last contact"),
        RetentionStart.CONTRACT_END: _tr("end of contract"),
        RetentionStart.CONSENT_WITHDRAWN: _tr("consent withdrawn"),
    }
    return names[start]


def months_words(months: int) -> str:
    """How long."""
    return one_or_many(months, _tr("{n} month"), _tr("{n} months")).format(n=number(months))


def term_words(term: ShownTerm) -> str:
    """Months, their event, and the article where one says it."""
    words = _tr("{months}, {event} ({law})") if term.law else _tr("{months}, {event}")
    return words.format(months=months_words(term.months), event=start_name(term.start), law=term.law)


def terms_in_two(terms: tuple[ShownTerm, ...]) -> str:
    """For a cell of two lines: one time and its event, or the first two and how many more there are."""
    if not terms:
        return "–"
    if len(terms) == 1:
        return f"{months_words(terms[0].months)}\n{start_name(terms[0].start)}"
    first, second = (term_words(ShownTerm(one.start, one.months)) for one in terms[:2])
    more = f" (+{number(len(terms) - 2)})" if len(terms) > 2 else ""
    return f"{first}\n{second}{more}"


def rule_words(rule: ShownRule) -> tuple[str, ...]:
    """A field's times in full, what contradicts and what decides, and what is due by which."""
    return (_times(rule), *map(_conflict, rule.conflicts), *map(_due, rule.by))


def contradict_words() -> str:
    """Below the name of a field whose times contradict each other."""
    return _tr("times contradict")


def _times(rule: ShownRule) -> str:
    most = _tr("; or ").join(map(term_words, rule.most))
    words = _tr("{field} ({purposes}): at most {most}. At least {least}.")
    if not rule.least:
        words = _tr("{field} ({purposes}): at most {most}. No least time.")
    least = "; ".join(map(term_words, rule.least))
    return words.format(field=rule.label, purposes=", ".join(rule.purposes), most=most, least=least)


def _conflict(one: ShownConflict) -> str:
    words = _tr("At least {least} stands against at most {most}: the longest time decides.")
    if one.wins:
        words = _tr("At least {least} stands against at most {most}: the least time decides, its law comes first.")
    return words.format(least=term_words(one.least), most=term_words(one.most))


def _due(one: ShownDue) -> str:
    words = one_or_many(
        one.count,
        _tr("Due by {term}: {n} customer, by pseudonym {ids}."),
        _tr("Due by {term}: {n} customers, some by pseudonym: {ids}."),
    )
    return words.format(term=term_words(one.term), n=number(one.count), ids=", ".join(one.samples))


def progress(order: ShownOrder) -> str:
    """How far an order is, and which request it answers; empty where the state says it all."""
    said = _progress(order)
    if not order.request:
        return said
    answers = _tr("It answers request {n}.").format(n=number(order.request))
    return f"{said} {answers}".strip()


def told_words(order: ShownOrder) -> tuple[str, ...]:
    """That letters to its people were made, where it was so."""
    if not order.told_at:
        return ()
    return (_tr("Letters to its people were written {t}.").format(t=day_and_time(order.told_at)),)


def _progress(order: ShownOrder) -> str:
    if order.state is OrderState.WAITING:
        return _tr("Proposed by {name}. It can be approved until {t}.").format(
            name=order.proposed_by, t=day_and_time(order.until)
        )
    if order.state is OrderState.RUNNING:
        return _running(order)
    if order.state is OrderState.DONE:
        return _tr(
            "{done} of {n} customers are erased; {held} are held. Ordered by {first}, approved by {second}."
        ).format(
            done=number(order.done),
            n=number(order.customers),
            held=number(order.held),
            first=order.proposed_by,
            second=order.decided_by,
        )
    return ""


def _running(order: ShownOrder) -> str:
    left = order.customers - order.done - order.held - order.left_out
    if left:
        return one_or_many(
            left, _tr("{n} customer is still to be erased."), _tr("{n} customers are still to be erased.")
        ).format(n=number(left))
    if order.waits_for:
        one = _tr("Erased here. {n} workstation has not heard of it yet; at {t} its copy is gone by itself.")
        many = _tr(
            "Erased here. {n} workstations have not heard of it yet; at {t} their copies are gone by themselves."
        )
        return one_or_many(order.waits_for, one, many).format(
            n=number(order.waits_for), t=day_and_time(order.copies_until)
        )
    if order.backups:
        return _tr("Erased here. The certificate waits until these keys of backups are destroyed: {keys}").format(
            keys=", ".join(order.backups)
        )
    return _tr("Erased here. The database is being written over.")


def busy_words(button: str) -> str:
    """What a button says while its work runs, by its object name."""
    names = {
        "propose_erasure": _tr("Proposing…"),
        "approve_erasure": _tr("Approving…"),
        "set_hold": _tr("Holding…"),
        "destroy_due": _tr("Proposing…"),
        "dry_run": _tr("Counting…"),
        "erasure_letters": _tr("Making the letters…"),
    }
    return names.get(button, _tr("Working…"))


def why_refused(error: Exception) -> str:
    """The sentence for a refusal of these pages, else the general one."""
    if isinstance(error, DocumentStopped):
        return _tr("Stopped. Nothing was saved, and nobody counts as told.")
    sentences = {
        "role": _tr("Supervisors and privacy officers do this; one of the two people is a privacy officer."),
        "own": _tr("You did the first part; somebody else does this."),
        "over": _tr("This was decided, taken back, or is over."),
        "held": _tr("A legal hold stands on this customer. Nothing is erased until it is lifted."),
        "waits": _tr("Another order names this customer already."),
        "no_customer": _tr("No customer of your queues has this number."),
        "not_in_queue": _tr("This customer is not in your queues."),
        "ground": _tr("This ground does not belong to this action."),
        "nothing_due": _tr("Nothing is due."),
        "clock": _tr("The clocks of this workstation and of the office differ. Have them set first."),
        "signature": _tr("The office shows an order that nobody has signed like this. Refuse it."),
        "reference": _tr("A reference has letters, digits and . / _ - alone: no name and no address."),
        "no_certificate": _tr("There is no certificate yet."),
    }
    code = error.code if isinstance(error, TiraiError) else ""
    return sentences.get(code) or fault_of(error).sentence
