"""Rules of retention as an inventory declares them: class x purpose x event, at least and at most, and by which law.

Permenkominfo 20/2016, article 15 (3), asks for five years where no law of the sector says otherwise; UU PDP article 43
for an end once data is not needed or consent is withdrawn. Where a least and a longest time contradict each other, the
longest one decides, unless the rule of the least time says that its law comes first (`wins`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NoReturn, Protocol

from app.domain.data_class import FIELD_CLASSES
from app.domain.field import Field, LegalBasis, Purpose, RetentionStart
from app.domain.privacy.grounds import bases_of

MOST_RULES: Final = 100
LONGEST_LAW: Final = 80
MONTHS_LIMIT: Final = 1_200
_KEYS: Final = frozenset({"class", "purpose", "from", "least", "most", "law", "wins"})


@dataclass(frozen=True, slots=True)
class DeclaredRule:
    """One rule.

    Attributes:
        data_class: of which class; empty: of each.
        purpose: for which purpose; empty: for each.
        start: the event; None: the field's own, whichever it is.
        least, most: months, 0: not said.
        law: the article that says it; empty: the office itself does.
        wins: whether the least time stands above a longest one that is over before.
    """

    data_class: str
    purpose: str
    start: RetentionStart | None
    least: int
    most: int
    law: str = ""
    wins: bool = False

    def is_for(self, field: Field, purpose: Purpose) -> bool:
        """Whether it speaks of a field as it serves a purpose; a withdrawal ends what rests on consent alone."""
        if self.data_class not in {"", field.data_class.value} or self.purpose not in {"", purpose.name}:
            return False
        return self.start is not RetentionStart.CONSENT_WITHDRAWN or bases_of(field, purpose) == (LegalBasis.CONSENT,)


class Judge(Protocol):
    """Whoever reads the file: refuses it at a line."""

    def refuse(self, reason: str, table: str, key: str = "", index: int = 0) -> NoReturn:
        """Refuse the file at the line of a key of the index-th table of that name."""
        ...

    def only_keys(self, table: str, found: dict[str, Any], known: frozenset[str], index: int = 0) -> None:
        """Refuse keys that nobody reads."""
        ...


def read_rules(judge: Judge, found: object, purposes: frozenset[str]) -> tuple[DeclaredRule, ...]:
    """The rules of the tables `[[retention]]`; `judge` refuses what is wrong."""
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        judge.refuse("rules stand in [[retention]]", "retention")
    if len(found) > MOST_RULES:
        judge.refuse(f"more than {MOST_RULES} rules", "retention", "", MOST_RULES)
    return tuple(_rule(judge, one, index, purposes) for index, one in enumerate(found))


def _rule(judge: Judge, said: dict[str, Any], index: int, purposes: frozenset[str]) -> DeclaredRule:
    def refuse(reason: str, key: str) -> NoReturn:
        judge.refuse(reason, "retention", key, index)

    judge.only_keys("retention", said, _KEYS, index)
    if said.get("class", "") not in {"", *(one.value for one in FIELD_CLASSES)}:
        refuse("class must name a class of fields", "class")
    if said.get("purpose", "") not in {"", *purposes}:
        refuse("purpose must name a declared purpose", "purpose")
    if said.get("from") not in set(RetentionStart):
        refuse(f"from must be one of: {', '.join(RetentionStart)}", "from")
    for key in ("least", "most"):
        if not _is_months(said.get(key, 1)):
            refuse(f"{key} needs months from 1 to {MONTHS_LIMIT}", key)
    rule = DeclaredRule(
        said.get("class", ""), said.get("purpose", ""), RetentionStart(said["from"]), said.get("least", 0),
        said.get("most", 0), said.get("law", ""), said.get("wins", False),
    )  # fmt: skip
    if not rule.least and not rule.most:
        refuse("a rule needs least, most or both", "from")
    if rule.most and rule.least > rule.most:
        refuse(f"at most {rule.most} months and at least {rule.least} contradict each other", "least")
    if not isinstance(rule.law, str) or len(rule.law) > LONGEST_LAW or not rule.law.isprintable():
        refuse(f"law must be one printable line of at most {LONGEST_LAW} characters", "law")
    if not isinstance(rule.wins, bool) or (rule.wins and not (rule.least and rule.law.strip())):
        refuse("wins is true only for a least time that a law asks for", "wins")
    if rule.least and rule.start is RetentionStart.CONSENT_WITHDRAWN:
        refuse("a withdrawal that never comes would keep it for ever: no least time counts from it", "least")
    return rule


def read_minimums(
    judge: Judge, found: object, declared: Sequence[Field], purposes: frozenset[str]
) -> tuple[DeclaredRule, ...]:
    """The older form: months at least by class and by purpose, from each field's own event; none may contradict."""
    if not isinstance(found, dict):
        judge.refuse("minimum must be a table", "minimum")
    judge.only_keys("minimum", found, frozenset({"classes", "purposes"}))
    classes = _months(judge, "classes", found.get("classes", {}), {one.value for one in FIELD_CLASSES})
    of_purposes = _months(judge, "purposes", found.get("purposes", {}), set(purposes))
    for index, one in enumerate(declared):
        least = max(classes.get(one.data_class.value, 0), *(of_purposes.get(name, 0) for name in one.purposes))
        if least > one.retention.months:
            reason = f"{one.name!r} is kept {one.retention.months} months at most and {least} at least"
            judge.refuse(reason, "field", "retention", index)
    of_class = (DeclaredRule(name, "", None, months, 0, wins=True) for name, months in classes.items())
    of_purpose = (DeclaredRule("", name, None, months, 0, wins=True) for name, months in of_purposes.items())
    return (*of_class, *of_purpose)


def _months(judge: Judge, key: str, said: object, known: set[str]) -> dict[str, int]:
    if not isinstance(said, dict) or not set(said) <= known:
        judge.refuse(f"{key} must name declared {key} with months", "minimum", key)
    if not all(map(_is_months, said.values())):
        judge.refuse(f"{key} need months from 1 to {MONTHS_LIMIT}", "minimum", key)
    return said


def _is_months(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MONTHS_LIMIT
