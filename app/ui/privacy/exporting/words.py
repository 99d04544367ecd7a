"""Words of analytics exports."""

from app.domain.analytics.export_state import ExportState
from app.domain.analytics.settings import Level
from app.domain.errors import TiraiError
from app.session.errors import DocumentStopped
from app.session.privacy.exporting import ShownColumn, ShownExport
from app.ui.faults import fault_of
from app.ui.language import tr as _tr
from app.ui.saying import said
from app.ui.words import day_and_time, listed, number, one_decimal, two_decimals


@said
def level_name(level: Level) -> str:
    """How coarse a column is."""
    names = {
        Level.AS_IS: _tr("as it is"),
        Level.YEAR: _tr("year"),
        Level.FIVE_YEARS: _tr("five years"),
        Level.TEN_YEARS: _tr("ten years"),
        Level.BAND: _tr("bands"),
    }
    return names[level]


@said
def column_name(column: ShownColumn) -> str:
    """A column with its coarseness."""
    return _tr("{field}: {level}").format(field=column.label, level=level_name(column.level))


def state_name(state: ExportState) -> str:
    """How an export stands."""
    names = {
        ExportState.WAITING: _tr("Waits for approval"),
        ExportState.APPROVED: _tr("Approved"),
        ExportState.RUNNING: _tr("Being made"),
        ExportState.DONE: _tr("Made"),
        ExportState.DROPPED: _tr("Dropped"),
    }
    return names[state]


@said
def what_is_in(export: ShownExport) -> str:
    """Its columns and least k and l, in one sentence; as it was signed where the inventory has changed."""
    if export.sensitive is None:
        return export.settings
    text = _tr(
        "Known to outsiders: {known}. To be protected: {sensitive}. k at least {k}, l at least {l}, t at most {t}."
    )
    known = listed(*map(column_name, export.known))
    return text.format(
        known=known,
        sensitive=column_name(export.sensitive),
        k=number(export.least_k),
        l=number(export.least_l),
        t=two_decimals(export.most_t),
    )


@said
def in_a_row(export: ShownExport) -> str:
    """Its columns for a table: what outsiders may know, below it what is protected."""
    if export.sensitive is None:
        return export.settings
    known = "; ".join(map(column_name, export.known))
    return f"{known}\n{column_name(export.sensitive)}"


@said
def what_comes(export: ShownExport) -> str:
    """Who has done what, and what is next."""
    if export.state is ExportState.WAITING:
        text = _tr("Proposed by {first}. Somebody else approves it until {t}.")
    elif export.state is ExportState.APPROVED:
        text = _tr("Proposed by {first}, approved by {second}. {first} makes it until {t}.")
    elif export.state is ExportState.RUNNING:
        text = _tr("{first} is making it. Should that have been cut off, it can be made again until {t}.")
    else:
        return ""
    return text.format(first=export.proposed_by, second=export.decided_by, t=day_and_time(export.until))


@said
def measures(export: ShownExport) -> str:
    """What an export came to."""
    text = _tr("k = {k}, l = {l}, t = {t}. {out} of {n} customers are in it; {lost} % were left out.")
    return text.format(
        k=number(export.k),
        l=number(export.l),
        t=two_decimals(export.t),
        out=number(export.exported),
        n=number(export.customers),
        lost=one_decimal(export.lost * 100),
    )


@said
def held_words(export: ShownExport) -> str:
    """Whom an export does not have, since they said so; a legal hold keeps from erasure alone."""
    said = number(export.held) if export.held is not None else _tr("fewer than {k}").format(k=number(export.least_k))
    text = _tr("Held back, since they restricted, objected or withdrew: {n}. A legal hold holds nobody back.")
    return text.format(n=said)


@said
def linkage(export: ShownExport) -> str:
    """What the linkage test of an export came to."""
    text = _tr(
        "Linkage test: of {n} customers, {found} are re-identified by what outsiders may know; of {learned} "
        "what is to be protected is certain."
    )
    return text.format(n=number(export.customers), found=number(export.found), learned=number(export.learned))


def busy_words(button: str) -> str:
    """What a button says while its work runs, by its object name."""
    names = {
        "propose_export": _tr("Proposing…"),
        "approve_export": _tr("Approving…"),
        "make_export": _tr("Making it…"),
    }
    return names.get(button, _tr("Working…"))


def why_refused(error: Exception) -> str:
    """The sentence for a refusal of this page, else the general one."""
    if isinstance(error, DocumentStopped):
        return _tr("Stopped. Nothing was saved; the export can be made again.")
    sentences = {
        "role": _tr("A privacy officer proposes an export; another one or a supervisor approves it."),
        "own": _tr("Somebody else approves what you proposed, and whoever proposed it makes it."),
        "over": _tr("This was decided, taken back, or is over."),
        "quota": _tr("You proposed five exports within a day; go on tomorrow."),
        "clock": _tr("The clocks of this workstation and of the office differ. Have them set first."),
        "signature": _tr("The office shows an order that nobody has signed like this. Refuse it."),
        "export_settings": _tr(
            "Choose each field once: what outsiders may know, and one to be protected; l at most k."
        ),
        "export_empty": _tr("With this order nobody would be left in the file. Propose one with coarser columns."),
        "no_export": _tr("There is no such export any more."),
    }
    code = error.code if isinstance(error, TiraiError) else ""
    return sentences.get(code) or fault_of(error).sentence
