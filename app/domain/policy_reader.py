"""How a policy's text becomes a policy: every key is known, every table whole, every number within its bounds.

Invariants: what is refused says line and reason, and nothing of it is used. The first fault ends the reading.
"""

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final, NoReturn

from app.domain.caller_check import CallerCheckRule
from app.domain.capture_exception import CaptureException, CaptureExceptionError, read_capture_exception
from app.domain.data_class import FIELD_CLASSES, SEALED_CLASSES, DataClass
from app.domain.kept_find import KeepReason, KeepReasonError, read_keep_reasons
from app.domain.off_hours import OffHoursError, Outside, read_off_hours
from app.domain.office_hours import OfficeHours, OfficeHoursError, read_office_hours
from app.domain.policy import (
    CEILINGS,
    LONGEST_CHECK_S,
    STEPPED_UP,
    Numbers,
    Policy,
    PolicyError,
    PolicyFault,
    Reason,
    RoleRights,
    WhoSawRule,
)
from app.domain.posture.demands import Demand, DemandError, read_demands
from app.domain.posture.words import Part
from app.domain.quota import Quota, QuotaError, read_quotas
from app.domain.role import Role
from app.domain.toml_places import TomlError, TomlPlaces, parse_toml
from app.domain.training.rule import TrainingRule, TrainingRuleError, read_training
from app.domain.wrap_up import WrapUpError, WrapWord, read_wrap_words

_PURPOSE: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_EXCEPTION, _EDITS = "capture_exception", "edits"
_CLASS_KEYS: Final = frozenset({"reveals", "asks", "decides", "holds", "steps_up_for"})


def load_policy(text: str, *, over: str = "") -> Policy:
    """The policy that a TOML text declares.

    Args:
        text: TOML.
        over: a whole policy, whose tables and keys stand where the text lacks them; lists are taken whole.

    Raises:
        PolicyError: with line and reason.
    """
    try:
        tables = _laid_over(parse_toml(over), parse_toml(text))
    except TomlError as error:
        raise PolicyError(error.line, error.reason, fault=PolicyFault.NO_TOML) from error
    return _Reader(text, tables).policy()


def _laid_over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Tables by key, from above where it has one."""
    laid = dict(below)
    for key, value in above.items():
        under = below.get(key)
        laid[key] = _laid_over(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return laid


class _Reader:
    """Judges a parsed policy and builds it."""

    def __init__(self, text: str, tables: dict[str, Any]) -> None:
        self._text = text
        self._tables = tables
        self._places = TomlPlaces(text)

    def policy(self) -> Policy:
        """The whole policy.

        Raises:
            PolicyError: at the first thing that is wrong.
        """
        known = {
            "numbers",
            "role",
            "caller_check",
            "clipboard",
            "training",
            "who_saw",
            "office_hours",
            "off_hours",
            "posture",
            "quota",
            "reveal_reason",
            "ask_reason",
            "outcome",
            "tag",
            "keep_reason",
            "workstations",
        }
        self._only_keys("", {key: self._tables[key] for key in self._tables if key != _EXCEPTION}, known)
        roles = self._roles()
        return Policy(
            roles=roles,
            reveal_reasons=self._reasons("reveal_reason"),
            ask_reasons=self._reasons("ask_reason"),
            caller_check=self._caller_check(),
            quotas=self._quotas(roles),
            off_hours=self._off_hours(roles),
            copied=self._copied(),
            capture_exception=self._capture_exception(),
            training=self._training(),
            who_saw=self._who_saw(),
            office_hours=self._office_hours(),
            posture=self._posture(),
            outcomes=self._wrap_words("outcome"),
            tags=self._wrap_words("tag"),
            keep_reasons=self._keep_reasons(),
            only_known_workstations=self._workstations(),
            text=self._text,
            **self._numbers(),
        )

    def _refuse(
        self, reason: str, table: str, key: str = "", index: int = 0, fault: PolicyFault = PolicyFault.OTHER
    ) -> NoReturn:
        raise PolicyError(self._places.line(table, key, index), reason, key=key or table, fault=fault)

    def _only_keys(self, table: str, found: dict[str, Any], known: set[str], index: int = 0) -> None:
        for key in found:
            if key not in known:
                self._refuse(f"unknown key {key!r}", table or key, key if table else "", index, PolicyFault.UNKNOWN)
        for key in known:
            if key not in found:
                line = self._places.line(table, "", index)
                raise PolicyError(line, f"{key} is missing", key=key, fault=PolicyFault.MISSING)

    def _table(self, found: object, table: str, index: int = 0) -> dict[str, Any]:
        if not isinstance(found, dict):
            self._refuse(f"[{table}] must be a table", table, "", index)
        return found

    def _copied(self) -> frozenset[DataClass]:
        found = self._table(self._tables["clipboard"], "clipboard")
        self._only_keys("clipboard", found, {"classes"})
        classes = self._classes(found["classes"], "clipboard", "classes")
        if DataClass.NOTE in classes:
            self._refuse("notes are not copied", "clipboard", "classes")
        return classes

    def _training(self) -> TrainingRule:
        try:
            return read_training(self._table(self._tables["training"], "training"))
        except TrainingRuleError as error:
            self._refuse(error.reason, "training", error.key)

    def _who_saw(self) -> WhoSawRule:
        found = self._table(self._tables["who_saw"], "who_saw")
        self._only_keys("who_saw", found, {field.name for field in fields(WhoSawRule)})
        for key, value in found.items():
            if not isinstance(value, bool):
                self._refuse(f"{key} must be true or false", "who_saw", key)
        return WhoSawRule(**found)

    def _office_hours(self) -> OfficeHours:
        try:
            return read_office_hours(self._table(self._tables["office_hours"], "office_hours"))
        except OfficeHoursError as error:
            self._refuse(error.reason, "office_hours", error.key)

    def _posture(self) -> Mapping[Part, Demand]:
        try:
            return read_demands(self._table(self._tables["posture"], "posture"))
        except DemandError as error:
            self._refuse(error.reason, "posture", error.key)

    def _capture_exception(self) -> CaptureException | None:
        if _EXCEPTION not in self._tables:
            return None
        try:
            return read_capture_exception(self._table(self._tables[_EXCEPTION], _EXCEPTION))
        except CaptureExceptionError as error:
            self._refuse(error.reason, _EXCEPTION, error.key)

    def _workstations(self) -> bool:
        found = self._table(self._tables["workstations"], "workstations")
        self._only_keys("workstations", found, {"only_known"})
        only_known = found["only_known"]
        if not isinstance(only_known, bool):
            self._refuse("only_known must be true or false", "workstations", "only_known")
        return only_known

    def _quotas(self, roles: Mapping[Role, RoleRights]) -> Mapping[tuple[Role, DataClass], Quota]:
        found = self._tables["quota"]
        if not isinstance(found, list):
            self._refuse("quotas are rows: [[quota]]", "quota")
        try:
            quotas = read_quotas(found)
        except QuotaError as error:
            self._refuse(error.reason, "quota", error.key, error.index)
        for role, rights in roles.items():
            for data_class in sorted(rights.reveals):
                if (role, data_class) not in quotas:
                    self._refuse(f"no [[quota]] says how much of {data_class} is opened", f"role.{role}", "reveals")
        return quotas

    def _off_hours(self, roles: Mapping[Role, RoleRights]) -> Mapping[Role, Outside]:
        try:
            outside = read_off_hours(self._table(self._tables["off_hours"], "off_hours"))
        except OffHoursError as error:
            self._refuse(error.reason, "off_hours", error.key)
        for role, rights in roles.items():
            if rights.reveals and role not in outside:
                self._refuse(f"{role} is missing", "off_hours")
        return outside

    def _wrap_words(self, table: str) -> tuple[WrapWord, ...]:
        try:
            return read_wrap_words(table, self._tables[table])
        except WrapUpError as error:
            self._refuse(error.reason, table, error.key, error.index)

    def _keep_reasons(self) -> tuple[KeepReason, ...]:
        try:
            return read_keep_reasons(self._tables["keep_reason"])
        except KeepReasonError as error:
            self._refuse(error.reason, "keep_reason", error.key, error.index)

    def _numbers(self) -> dict[str, int]:
        found = self._table(self._tables["numbers"], "numbers")
        self._only_keys("numbers", found, {field.name for field in fields(Numbers)})
        for key, value in found.items():
            if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= CEILINGS[key]:
                reason = f"{key} must be a whole number from 1 to {CEILINGS[key]}"
                self._refuse(reason, "numbers", key, fault=PolicyFault.BOUNDS)
        if found["reason_text_min"] > found["reason_text_max"]:
            self._refuse("reason_text_min is above reason_text_max", "numbers", "reason_text_min")
        if found["idle_lock_s"] > found["idle_end_s"]:
            self._refuse("idle_lock_s is above idle_end_s", "numbers", "idle_lock_s")
        if found["call_idle_max_s"] < found["idle_lock_s"]:
            self._refuse("call_idle_max_s is below idle_lock_s", "numbers", "call_idle_max_s")
        return found

    def _caller_check(self) -> CallerCheckRule:
        table = "caller_check"
        found = self._table(self._tables[table], table)
        self._only_keys(table, found, {field.name for field in fields(CallerCheckRule)})
        names = found["fields"]
        if not isinstance(names, list) or any(not isinstance(name, str) for name in names):
            self._refuse("fields must list names of fields", table, "fields")
        if len(set(names)) != len(names):
            self._refuse("a field is listed twice", table, "fields")
        for key, least, most in (("need", 1, len(names)), ("by_eye_max", 0, 1), ("longest_s", 1, LONGEST_CHECK_S)):
            value = found[key]
            if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
                self._refuse(f"{key} must be a whole number from {least} to {most}", table, key)
        required = self._classes(found["required_for"], table, "required_for")
        return CallerCheckRule(**{**found, "fields": tuple(names), "required_for": required})

    def _roles(self) -> dict[Role, RoleRights]:
        found = self._table(self._tables["role"], "role")
        for name in found:
            if name not in set(Role):
                self._refuse(f"unknown role {name!r}", f"role.{name}")
        for role in Role:
            if role not in found:
                self._refuse(f"the role {role.value!r} is missing", "role")
        return {role: self._rights(role, self._table(found[role], f"role.{role}")) for role in Role}

    def _rights(self, role: Role, found: dict[str, Any]) -> RoleRights:
        table = f"role.{role}"
        self._only_keys(table, found, {field.name for field in fields(RoleRights)})
        sets = {key: self._classes(found[key], table, key) for key in _CLASS_KEYS}
        sets[_EDITS] = self._edited_classes(found[_EDITS], table)
        for key in found.keys() - _CLASS_KEYS - {_EDITS}:
            if not isinstance(found[key], bool):
                self._refuse(f"{key} must be true or false", table, key)
        rights = RoleRights(**{**found, **sets})
        self._judge(rights, table)
        return rights

    def _judge(self, rights: RoleRights, table: str) -> None:
        """Refuse rights that contradict each other."""
        if rights.reveals - rights.holds:
            self._refuse("a class is revealed whose key the role may not hold", table, "reveals")
        if rights.decides - rights.reveals:
            self._refuse("a class is decided that the role may not reveal", table, "decides")
        if rights.asks & rights.reveals:
            self._refuse("a class is both asked for and revealed", table, "asks")
        if rights.steps_up_for - rights.reveals:
            self._refuse("a step-up is set for a class that the role may not reveal", table, "steps_up_for")
        if rights.reveals & STEPPED_UP - rights.steps_up_for:
            named = " and ".join(sorted(rights.reveals & STEPPED_UP))
            self._refuse(f"a step-up must be set for {named}", table, "steps_up_for")
        if (rights.reveals or rights.asks) and not rights.sees_customers:
            self._refuse("the role sees no customers, so it has nothing to reveal or ask for", table, "sees_customers")
        if rights.edits and not rights.sees_customers:
            self._refuse("the role sees no customers, so it has nothing to edit", table, "edits")
        if rights.reads_who_saw and not rights.sees_customers:
            self._refuse("the role sees no customers, so it cannot ask who saw one", table, "reads_who_saw")
        if rights.makes_who_saw_pdf and not rights.reads_who_saw:
            self._refuse("the role makes a document of a list that it may not read", table, "makes_who_saw_pdf")
        for key in ("sees_all_exposures", "sets_thresholds", "erases_comments"):
            if getattr(rights, key) and not rights.sees_exposures:
                self._refuse(f"{key} is for a role that sees the exposure ledger", table, key)

    def _classes(self, value: object, table: str, key: str, index: int = 0) -> frozenset[DataClass]:
        if not isinstance(value, list) or any(word not in list(SEALED_CLASSES) for word in value):
            self._refuse(f"{key} must list sealed classes: {', '.join(SEALED_CLASSES)}", table, key, index)
        return frozenset(DataClass(word) for word in value)

    def _edited_classes(self, value: object, table: str) -> frozenset[DataClass]:
        if not isinstance(value, list) or any(word not in list(FIELD_CLASSES) for word in value):
            self._refuse(f"edits must list classes of fields: {', '.join(FIELD_CLASSES)}", table, _EDITS)
        return frozenset(DataClass(word) for word in value)

    def _reasons(self, table: str) -> tuple[Reason, ...]:
        found = self._tables[table]
        if not isinstance(found, list) or not found:
            self._refuse(f"no [[{table}]] is declared", table)
        reasons = tuple(self._reason(table, self._table(item, table, i), i) for i, item in enumerate(found))
        codes = [reason.code for reason in reasons]
        for index, code in enumerate(codes):
            if code in codes[:index]:
                self._refuse(f"the reason {code!r} is declared twice", table, "code", index)
        return reasons

    def _reason(self, table: str, found: dict[str, Any], index: int) -> Reason:
        known = {field.name for field in fields(Reason)} - {"purpose"}
        self._only_keys(table, {key: found[key] for key in found if key != "purpose"}, known, index)
        for key in ("code", "label_en", "label_id"):
            if not isinstance(found[key], str) or not found[key].strip() or not found[key].isprintable():
                self._refuse(f"{key} must be a text", table, key, index)
        for key in ("needs_text", "needs_caller"):
            if not isinstance(found[key], bool):
                self._refuse(f"{key} must be true or false", table, key, index)
        purpose = found.get("purpose", "")
        if "purpose" in found and not (isinstance(purpose, str) and _PURPOSE.fullmatch(purpose)):
            self._refuse("purpose must be the name of one", table, "purpose", index)
        return Reason(**{**found, "classes": self._classes(found["classes"], table, "classes", index)})
