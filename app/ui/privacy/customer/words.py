"""The words of the privacy panel: how purposes stand, who spoke, how."""

from app.domain.privacy.consent import Channel, Limit, Said, Speaker
from app.domain.privacy.purpose_state import PurposeState
from app.session.privacy.customer import ShownLimit, ShownPrivacy, ShownPurpose
from app.ui.language import tr as _tr
from app.ui.saying import joined, said
from app.ui.words import day_and_time

SIGNS = {
    PurposeState.BASIS: ("", ""),
    PurposeState.GIVEN: ("circle-check", "ok"),
    PurposeState.SOURCES: ("file-input", ""),
    PurposeState.MISSING: ("circle-question-mark", "warn"),
    PurposeState.WITHDRAWN: ("ban", "danger"),
    PurposeState.RESTRICTED: ("hand", "danger"),
    PurposeState.OBJECTED: ("hand", "danger"),
}
"""Icon and tone of a state."""


@said
def state_name(state: PurposeState) -> str:
    """How a purpose stands, in a word or two."""
    names = {
        PurposeState.BASIS: _tr("Open"),
        PurposeState.GIVEN: _tr("Agreed"),
        PurposeState.SOURCES: _tr("As the import says"),
        PurposeState.MISSING: _tr("No consent"),
        PurposeState.WITHDRAWN: _tr("Consent withdrawn"),
        PurposeState.RESTRICTED: _tr("Restricted"),
        PurposeState.OBJECTED: _tr("Objected"),
    }
    return names[state]


@said
def word_sentence(purpose: ShownPurpose) -> str:
    """What was said last, when, how and to whom; or that nothing was."""
    if purpose.said is None:
        if purpose.state is PurposeState.SOURCES:
            return _tr("There is no receipt here. Whoever imported the data answers for it.")
        return _tr("Nothing was said to this yet.")
    words = _tr("{what} {t}, {channel}, written down by {name}.")
    what = _tr("Agreed") if purpose.said is Said.GIVEN else _tr("Consent withdrawn")
    who = purpose.account or _tr("the customer alone")
    channel = channel_name(Channel(purpose.channel)).lower()
    told = words.format(what=what, t=day_and_time(purpose.said_at), channel=channel, name=who)
    if purpose.speaker is Speaker.SELF:
        return told
    by = _tr("Said by: {who} ({means}).").format(who=speaker_name(purpose.speaker), means=means_name(purpose.means))
    again = _tr("They are of age now: ask them themselves.") if purpose.asks_anew else ""
    return joined(" ", told, by, again)


@said
def sent_sentence(until: float) -> str:
    """That a link to the customer's page was sent, and until when it is good."""
    return _tr("The page was sent. The customer’s link is good once, until {t}.").format(t=day_and_time(until))


@said
def channel_name(channel: Channel) -> str:
    """How something was said."""
    names = {
        Channel.SPOKEN: _tr("On the phone"),
        Channel.DESK: _tr("In person"),
        Channel.LETTER: _tr("In writing"),
        Channel.WEB: _tr("On the web page"),
    }
    return names[channel]


@said
def speaker_name(speaker: Speaker) -> str:
    """Who says it."""
    names = {
        Speaker.SELF: _tr("The customer"),
        Speaker.GUARDIAN: _tr("A parent or guardian, for a child"),
        Speaker.ASSISTED: _tr("The customer, who has a disability"),
        Speaker.CARER: _tr("The guardian of a customer with a disability"),
    }
    return names[speaker]


@said
def means_name(means: str) -> str:
    """How it was made sure of, or in which way somebody was spoken with."""
    names = {
        "document": _tr("A document was seen"),
        "known": _tr("Known to the office"),
        "called_back": _tr("Called back on a known number"),
        "easy_words": _tr("In easy words"),
        "in_writing": _tr("In writing, read at their pace"),
        "sign_language": _tr("In sign language"),
        "large_print": _tr("In large print"),
        "helper": _tr("With a helper whom they chose"),
    }
    return names[means]


@said
def limit_sentence(limit: ShownLimit) -> str:
    """What limits work, and by which request."""
    sentences = {
        Limit.RESTRICTED: _tr("{purpose}: restricted on the customer’s request no. {n}, since {t}."),
        Limit.OBJECTED: _tr("{purpose}: the customer objects, request no. {n}, since {t}."),
        Limit.WITHDRAWN: _tr("{purpose}: consent withdrawn by request no. {n}, since {t}."),
    }
    return sentences[limit.kind].format(purpose=limit.label, n=limit.request, t=day_and_time(limit.since))


@said
def origin_sentence(shown: ShownPrivacy) -> str:
    """Where the record comes from, and which notice holds."""
    if shown.is_imported:
        origin = _tr("An import brought this record.")
    elif shown.told_notice:
        origin = _tr("This record was typed in; the customer was told of notice {code}.").format(code=shown.told_notice)
    else:
        origin = _tr("This record was typed in.")
    if shown.notice:
        notice = _tr("Notice in force: {code}.").format(code=shown.notice)
    else:
        notice = _tr("No notice is in force, so nobody can agree to anything yet.")
    return f"{origin} {notice}"
