"""What each role gets from each call of `tests/security/route_calls.py`, and what each kind of session is for."""

from app.api.messages.door import SessionKind
from tests.security.route_calls import CALLS, OK, ROLES

EVERYBODY = dict.fromkeys(ROLES, OK)
NOBODY = dict.fromkeys(ROLES, "role")
IMPORTERS = ("supervisor", "privacy officer")
MATRIX: dict[str, dict[str, str]] = {
    "customers": {**EVERYBODY, "administrator": "role"},
    "customer changes": {**EVERYBODY, "administrator": "role"},
    "reveal contact": {**EVERYBODY, "new agent": "no_class_key", "administrator": "not_in_queue"},
    "reveal identity": {**EVERYBODY, "agent": "role", "new agent": "role", "administrator": "not_in_queue"},
    "reveal financial": {**EVERYBODY, "agent": "role", "new agent": "role", "administrator": "not_in_queue"},
    "reveal special": {
        "agent": "privacy_officer_only", "new agent": "privacy_officer_only", "supervisor": "privacy_officer_only",
        "privacy officer": OK, "administrator": "not_in_queue",
    },
    "actions": EVERYBODY,
    "prepare use": {**EVERYBODY, "new agent": "no_class_key", "administrator": "role"},
    "use": {**dict.fromkeys(ROLES, "half"), "new agent": "no_class_key", "administrator": "role"},
    "stop use": EVERYBODY,
    "ask": {**EVERYBODY, "supervisor": "role", "privacy officer": "role", "administrator": "role"},
    "ask special": {
        "agent": "role", "new agent": "role", "supervisor": OK, "privacy officer": "role", "administrator": "role",
    },
    "approve": dict.fromkeys(ROLES, "expired"),
    "refuse": dict.fromkeys(ROLES, "expired"),
    "withdraw": dict.fromkeys(ROLES, "unlock"),
    "quota": EVERYBODY,
    "own requests": EVERYBODY,
    "waiting requests": EVERYBODY,
    "decision desk": EVERYBODY,
    "deciders": {**EVERYBODY, "administrator": "not_in_queue"},
    "agent's past": dict.fromkeys(ROLES, "expired"),
    "revoke": dict.fromkeys(ROLES, "expired"),
    "ask back": dict.fromkeys(ROLES, "expired"),
    "check a caller": {**EVERYBODY, "administrator": "not_in_queue"},
    "answer": dict.fromkeys(ROLES, "check_over"),
    "look up": {**EVERYBODY, "administrator": "role"},
    "calls": {**EVERYBODY, "administrator": "role"},
    "save note": {**EVERYBODY, "administrator": "not_in_queue"},
    "read notes": {**EVERYBODY, "new agent": "no_class_key", "administrator": "role"},
    "count notes": {**EVERYBODY, "administrator": "not_in_queue"},
    "finish contact": {**EVERYBODY, "administrator": "not_in_queue"},
    "contacts of one": {**EVERYBODY, "administrator": "not_in_queue"},
    "standing": {**EVERYBODY, "administrator": "role"},
    "in front": {**EVERYBODY, "administrator": "not_in_queue"},
    "edit contact": {**EVERYBODY, "administrator": "role_edits"},
    "edit identity": {**EVERYBODY, "agent": "role_edits", "new agent": "role_edits", "administrator": "role_edits"},
    "empty contact": {**EVERYBODY, "administrator": "role_edits"},
    "empty identity": {**EVERYBODY, "agent": "role_edits", "new agent": "role_edits", "administrator": "role_edits"},
    "empty name": {**dict.fromkeys(ROLES, "required"), "administrator": "role_edits"},
    "field versions": {**EVERYBODY, "administrator": "not_in_queue"},
    "make customer": {**EVERYBODY, "administrator": "role_edits"},
    "cache replaced": EVERYBODY,
    "import": {**EVERYBODY, "agent": "role", "new agent": "role", "administrator": "role"},
    "invite": {**dict.fromkeys(ROLES, "role"), "administrator": OK},
    "accounts": {**NOBODY, "administrator": OK, "supervisor": OK},
    "change account": {**NOBODY, "administrator": "no_account"},
    "close account": {**NOBODY, "administrator": "no_account"},
    "new code": {**NOBODY, "administrator": "no_account"},
    "end sessions": {**NOBODY, "administrator": "no_account"},
    "propose": {**NOBODY, "administrator": "no_account"},
    "proposals": {**NOBODY, "administrator": OK, "supervisor": OK},
    "confirm": {**NOBODY, "administrator": "over", "supervisor": "over"},
    "drop": {**NOBODY, "administrator": "over", "supervisor": "over"},
    "colleagues": {**EVERYBODY, "agent": "role", "new agent": "role", "administrator": "role"},
    "grant": {**dict.fromkeys(ROLES, "input"), "agent": "role", "new agent": "role", "administrator": "role"},
    "class keys": {**EVERYBODY, "agent": "role", "new agent": "role"},
    "boxes": {**EVERYBODY, "agent": "role", "new agent": "role", "administrator": "role"},
    "new boxes": {**EVERYBODY, "agent": "role", "new agent": "role", "administrator": "role"},
    "own grants": EVERYBODY,
    "book": EVERYBODY,
    "lease": EVERYBODY,
    "policy": EVERYBODY,
    "policy versions": EVERYBODY,
    "propose policy": {**NOBODY, "administrator": "policy_moved"},
    "confirm policy": {**NOBODY, "supervisor": "over", "privacy officer": "over"},
    "drop policy": {**NOBODY, "supervisor": "over", "privacy officer": "over", "administrator": "over"},
    "views closed": dict.fromkeys(ROLES, "no_view"),
    "watched": {**NOBODY, "supervisor": OK, "privacy officer": OK},
    "exposures": {**NOBODY, "supervisor": OK, "privacy officer": OK},
    "exposures of one": {**NOBODY, "supervisor": OK, "privacy officer": OK},
    "flags": {**NOBODY, "supervisor": OK, "privacy officer": OK},
    "acknowledge": {**NOBODY, "supervisor": "no_flag", "privacy officer": "no_flag"},
    "erase comment": {**NOBODY, "privacy officer": "no_comment"},
    "thresholds": {**NOBODY, "supervisor": OK, "privacy officer": OK},
    "set threshold": {**NOBODY, "supervisor": "changed", "privacy officer": "changed"},
    "exports": {**NOBODY, "supervisor": OK, "privacy officer": OK},
    "propose export": {**NOBODY, "privacy officer": "clock"},
    "approve export": {**NOBODY, "supervisor": "over", "privacy officer": "over"},
    "drop export": {**NOBODY, "supervisor": "over", "privacy officer": "over"},
    "begin export": {**NOBODY, "privacy officer": "over"},
    "export rows": dict.fromkeys(ROLES, "over"),
    "end export": {**NOBODY, "privacy officer": "over"},
    "erasures": {**NOBODY, "supervisor": OK, "privacy officer": OK},
    "propose erasure": {**NOBODY, "supervisor": "clock", "privacy officer": "clock"},
    "customer to erase": {**NOBODY, "supervisor": "no_customer", "privacy officer": "no_customer"},
    "erasure": {**NOBODY, "supervisor": "no_order", "privacy officer": "no_order"},
    "erasure letters": {**NOBODY, "supervisor": "no_order", "privacy officer": "no_order"},
    "erasure letters kept": {**NOBODY, "supervisor": "no_order", "privacy officer": "no_order"},
    "approve erasure": {**NOBODY, "supervisor": "over", "privacy officer": "over"},
    "drop erasure": {**NOBODY, "supervisor": "over", "privacy officer": "over"},
    "certificate": {**NOBODY, "supervisor": "no_certificate", "privacy officer": "no_certificate"},
    "retention": {**NOBODY, "supervisor": OK, "privacy officer": OK},
    "confirm date": {**NOBODY, "privacy officer": "clock"},
    "certificate on paper": {**NOBODY, "supervisor": "no_certificate", "privacy officer": "no_certificate"},
    "readmissions": {**NOBODY, "supervisor": OK, "privacy officer": OK},
    "propose readmission": {**NOBODY, "supervisor": "not_kept_out", "privacy officer": "not_kept_out"},
    "approve readmission": {**NOBODY, "supervisor": "over", "privacy officer": "over"},
    "drop readmission": {**NOBODY, "supervisor": "over", "privacy officer": "over"},
    "holds": {**NOBODY, "supervisor": OK, "privacy officer": OK},
    "hold": {**NOBODY, "supervisor": OK, "privacy officer": OK},
    "lift hold": {**NOBODY, "privacy officer": "over"},
    "audit": {**EVERYBODY, "agent": "role", "new agent": "role"},
    "checkpoints": {**EVERYBODY, "agent": "role", "new agent": "role"},
    "verified": {**EVERYBODY, "agent": "role", "new agent": "role"},
    "audit search": {**EVERYBODY, "agent": "role", "new agent": "role"},
    "audit entry": {**EVERYBODY, "agent": "role", "new agent": "role"},
    "audit export": {**EVERYBODY, "agent": "role", "new agent": "role"},
    "audit exported": {**EVERYBODY, "agent": "role", "new agent": "role"},
    "who saw": {**dict.fromkeys(ROLES, "role_who_saw"), "supervisor": OK, "privacy officer": OK},
    "who saw pdf": {**dict.fromkeys(ROLES, "role_who_saw"), "privacy officer": OK},
    "who saw pdf, how far": EVERYBODY,
    "stop who saw pdf": EVERYBODY,
    "controls": {**dict.fromkeys(ROLES, "role_privacy"), "privacy officer": OK},
    "proof, how far": EVERYBODY,
    "stop proof": EVERYBODY,
    "compliance figures": {**dict.fromkeys(ROLES, "role_privacy"), "privacy officer": OK},
    "compliance document": {**dict.fromkeys(ROLES, "role_privacy"), "privacy officer": OK},
    "evidence pack": {**dict.fromkeys(ROLES, "role_privacy"), "privacy officer": OK},
    "field uses": {**dict.fromkeys(ROLES, "role_privacy"), "supervisor": OK, "privacy officer": OK},
    "record pdf": {**dict.fromkeys(ROLES, "role_privacy"), "supervisor": OK, "privacy officer": OK},
    "open request": {**dict.fromkeys(ROLES, "purposes"), "administrator": "role"},
    "requests": {**NOBODY, "supervisor": OK, "privacy officer": OK},
    "request words": {**NOBODY, "supervisor": "no_request", "privacy officer": "no_request"},
    "request identity": {**NOBODY, "privacy officer": "no_request"},
    "attach request": {**NOBODY, "privacy officer": "no_request"},
    "detach request": {**NOBODY, "privacy officer": "no_request"},
    "request letter sent": {**NOBODY, "privacy officer": "no_request"},
    "propose for request": {**NOBODY, "privacy officer": "no_request"},
    "decide on request": {**NOBODY, "supervisor": "no_request", "privacy officer": "no_request"},
    "end request": {**NOBODY, "privacy officer": "no_request"},
    "lift request": {**NOBODY, "privacy officer": "no_request"},
    "request bundle": {**NOBODY, "privacy officer": "no_request"},
    "request letter": {**NOBODY, "privacy officer": "no_request"},
    "report": dict.fromkeys(ROLES, "words"),
    "bring suspicions": dict.fromkeys(ROLES, OK),
    "incidents": {**NOBODY, "privacy officer": OK},
    "read incident": {**NOBODY, "privacy officer": "no_incident"},
    "confirm incident": {**NOBODY, "privacy officer": "no_incident"},
    "dismiss incident": {**NOBODY, "privacy officer": "no_incident"},
    "incident scope": {**NOBODY, "privacy officer": "no_incident"},
    "affected": {**NOBODY, "privacy officer": "no_incident"},
    "incident texts": {**NOBODY, "privacy officer": "no_incident"},
    "incident note": {**NOBODY, "privacy officer": "no_incident"},
    "incident told": {**NOBODY, "privacy officer": "no_incident"},
    "incident letter": {**NOBODY, "privacy officer": "no_incident"},
    "letters to each": {**NOBODY, "privacy officer": "no_incident"},
    "close incident": {**NOBODY, "privacy officer": "no_incident"},
    "privacy panel": {**EVERYBODY, "administrator": "not_in_queue"},
    "page at desk": {**dict.fromkeys(ROLES, "no_customer"), "administrator": "role_privacy"},
    "send page": {**dict.fromkeys(ROLES, "page_not_offered"), "administrator": "role_privacy"},
    "record consent": {**dict.fromkeys(ROLES, "no_purpose"), "administrator": "role_privacy"},
    "consent receipt": {**dict.fromkeys(ROLES, "no_receipt"), "administrator": "role_privacy"},
    "consent counts": {**dict.fromkeys(ROLES, "role_privacy"), "supervisor": OK, "privacy officer": OK},
    "notices": {**dict.fromkeys(ROLES, "role_privacy"), "supervisor": OK, "privacy officer": OK},
    "notice told": {**EVERYBODY, "administrator": "role_edits"},
    "write notice": {
        **dict.fromkeys(ROLES, "role_privacy"), "supervisor": "notice_text", "privacy officer": "notice_text"
    },
    "publish notice": {
        **dict.fromkeys(ROLES, "role_privacy"), "supervisor": "no_notice", "privacy officer": "no_notice"
    },
    "drop notice": {**dict.fromkeys(ROLES, "role_privacy"), "supervisor": "no_notice", "privacy officer": "no_notice"},
    "training": EVERYBODY,
    "training report": {**dict.fromkeys(ROLES, "role_privacy"), "supervisor": OK, "privacy officer": OK},
    "lesson": EVERYBODY,
    "begin test": EVERYBODY,
    "answer test": dict.fromkeys(ROLES, "quiz_over"),
    "rules": EVERYBODY,
    "accept rules": dict.fromkeys(ROLES, "rules_moved"),
    "workstations": {**NOBODY, "administrator": OK},
    "wipe workstation": {**NOBODY, "administrator": "no_seat"},
    "revoke workstation": {**NOBODY, "administrator": "no_seat"},
    "allow workstation": {**NOBODY, "administrator": "no_seat"},
    "invite workstations": {**NOBODY, "administrator": "own_office"},
    "withdraw invitation": {**NOBODY, "administrator": "no_invitation"},
    "sources": {**NOBODY, **dict.fromkeys(IMPORTERS, "no_sources")},
    "add source": {**NOBODY, **dict.fromkeys(IMPORTERS, "no_sources")},
    "run source": {**NOBODY, **dict.fromkeys(IMPORTERS, "no_source")},
    "remove source": {**NOBODY, **dict.fromkeys(IMPORTERS, "no_source")},
    "end check": EVERYBODY,
    "check state": dict.fromkeys(ROLES, "check_over"),
    "copied": dict.fromkeys(ROLES, "clipboard"),
    "fill": {**EVERYBODY, "administrator": "role"},
    "changes": EVERYBODY,
    "end import": EVERYBODY,
    "deliver": EVERYBODY,
    "look into outbox": EVERYBODY,
    "bring boxes": {**NOBODY, "supervisor": "signature", "privacy officer": "signature"},
    "bring new boxes": {**NOBODY, "supervisor": "signature", "privacy officer": "signature"},
    "back up": {**NOBODY, "administrator": "backup_place"},
    "backup state": {**NOBODY, "administrator": OK},
    "backup keys": {**NOBODY, "administrator": "backup_place"},
    "destroy period": {**NOBODY, "administrator": "backup_place"},
    "own account": EVERYBODY,
    "own sign-ins": EVERYBODY,
    "own sessions": EVERYBODY,
    "end own others": EVERYBODY,
    "own password": EVERYBODY,
    "change password": dict.fromkeys(ROLES, "input"),
    "strengthen password": dict.fromkeys(ROLES, "input"),
    "begin authenticator": dict.fromkeys(ROLES, "wrong_password"),
    "finish authenticator": dict.fromkeys(ROLES, "change_over"),
    "recovery codes": dict.fromkeys(ROLES, "wrong_password"),
    "throttled": {**NOBODY, "supervisor": OK, "administrator": OK},
    "release throttle": {**NOBODY, "supervisor": "not_throttled"},
    "bring card": dict.fromkeys(ROLES, "session_over"),
    "step up": dict.fromkeys(ROLES, "wrong_code"),
    "lock": EVERYBODY,
    "end": EVERYBODY,
}  # fmt: skip


KEYS = {"class keys", "boxes", "new boxes"}
AUDIT = {"audit", "checkpoints", "verified", "audit search", "audit entry", "audit export", "audit exported"}
KINDS: dict[SessionKind, set[str]] = {
    "command": {"import", "invite", "colleagues"} | AUDIT | KEYS,
    "approval": {"ask", "ask special", "approve", "refuse", "withdraw", "own requests", "waiting requests"},
}
KINDS["approval"] |= {"decision desk", "deciders", "agent's past", "revoke", "ask back"}
KINDS["approval"] |= {"report", "incidents"}
KINDS["command"] |= {
    "accounts", "change account", "close account", "new code", "end sessions",
    "propose", "proposals", "confirm", "drop",
}  # fmt: skip
KINDS["command"] |= {"training", "lesson", "begin test", "answer test", "rules", "accept rules"}
KINDS["command"] |= {"training report", "compliance figures", "record pdf", "field uses"}
KINDS["command"] |= {"controls", "compliance document", "evidence pack", "proof, how far", "stop proof"}
KINDS["command"] |= {"privacy panel", "page at desk", "send page", "record consent", "consent receipt"}
KINDS["command"] |= {"consent counts"}
KINDS["command"] |= {"open request", "requests"}
KINDS["command"] |= {"policy versions", "propose policy", "confirm policy", "drop policy"}
KINDS["command"] |= {
    "end import", "back up", "backup state", "backup keys", "destroy period", "bring boxes", "bring new boxes",
    "own account", "own sign-ins", "own sessions", "end own others", "own password", "change password",
    "strengthen password", "begin authenticator", "finish authenticator", "recovery codes", "throttled",
    "release throttle", "workstations", "wipe workstation", "revoke workstation", "allow workstation",
    "invite workstations", "withdraw invitation",
    "sources", "add source", "run source", "remove source",
}  # fmt: skip
KINDS["command"] |= {
    "exports", "propose export", "approve export", "drop export", "begin export", "export rows", "end export",
}  # fmt: skip
KINDS["command"] |= {
    "erasures", "propose erasure", "erasure", "approve erasure", "drop erasure", "certificate", "holds", "hold",
    "erasure letters", "erasure letters kept", "incidents", "report", "letters to each",
    "lift hold", "certificate on paper", "customer to erase", "retention", "confirm date",
    "readmissions", "propose readmission", "approve readmission", "drop readmission",
}  # fmt: skip
_ANY_KIND = {"grant", "own grants", "book", "lease", "policy", "changes", "step up", "bring card", "end"}
_COMMANDS = {
    "import", "end import", "back up", "backup state", "backup keys", "destroy period", "sources", "add source",
    "run source", "remove source",
}  # fmt: skip
KINDS = {
    "console": {*CALLS} - _COMMANDS,
    "command": KINDS["command"] | _ANY_KIND,
    "approval": KINDS["approval"] | _ANY_KIND,
    "replace": {"lease", "begin authenticator", "finish authenticator", "bring card", "end"},
}
"""What each kind of session is for; the rest is refused to it whoever asks."""
OTHERWISE: dict[tuple[SessionKind, str], str] = {("replace", "begin authenticator"): OK}
"""A recovery code has shown already what another session has to show here."""


AT_GATEWAY: dict[tuple[str, str], str] = {("invite workstations", "administrator"): OK}
"""Codes of workstations are a gateway's alone; every other answer is the same in each home."""


def expected(call: str, role: str, kind: SessionKind, *, is_gateway: bool) -> str:
    """What comes of a call by somebody of a role in a session of a kind."""
    if call not in KINDS[kind]:
        return "kind"
    if is_gateway and (call, role) in AT_GATEWAY:
        return AT_GATEWAY[call, role]
    return OTHERWISE.get((kind, call), MATRIX[call][role])
