"""One walk through every move of `test_sign_in_paths.py`, so that none depends on what hypothesis chooses."""

from typing import Any

from tests.office.made import SEAT
from tests.office.two_seats import OTHER_SEAT
from tests.security.sign_in_model import Shown
from tests.security.sign_in_stage import NEWCOMER

RATNA, YOGA = {"account": "ratna", "seat": SEAT}, {"account": "yoga", "seat": OTHER_SEAT}
SINTA = {"account": NEWCOMER, "seat": OTHER_SEAT}
RIGHT, BY_CODE = {"password": "right", "code": "fresh"}, {"n": 0, "proof": ("right", "fresh")}
GUESSES = {"n": 0, "tries": 5, "wait": False, "token": "zeros"}
Move = tuple[str, dict[str, Any]]
AT_DESK: Move = ("sign_in_rightly", RATNA | {"kind": "console"})
LOCK: Move = ("lock", {"n": 0, "cause": "by_hand"})
COME_BACK: Move = ("resume", {"n": 0, "shown": Shown()})
LOCKS: tuple[Move, ...] = (
    AT_DESK,
    ("lock", {"n": 0, "cause": "idle"}),
    ("use_the_token_of_a_locked_session", {"n": 0}),
    *(
        ("resume", {"n": 0, "shown": shown})
        for shown in (
            Shown(password="wrong", token="zeros"),
            Shown(at_home=False),
            *(Shown(token=token) for token in ("zeros", "before", "another's", "end")),
        )
    ),
    ("release", RATNA),
    *(("resume", {"n": 0, "shown": Shown(card=card)}) for card in ("another's", "elsewhere")),
    ("resume", {"n": 0, "shown": Shown(password="another's")}),
    ("resume", {"n": 0, "shown": Shown(by_another=True)}),
    ("time_passes", {"seconds": 301}),
    COME_BACK,
    ("use_a_dead_token", {"n": 0}),
    ("change_the_password", {"n": 0, "proof": ("right", "")}),
    ("give_a_fresh_code", {"n": 0, "code": "fresh"}),
    LOCK,
    ("the_office_restarts", {}),
    COME_BACK,
    LOCK,
    ("sign_in_rightly", YOGA | {"kind": "command"}),
    ("use_the_token_of_a_locked_session", {"n": 0}),
    LOCK,
    COME_BACK,
    LOCK,
    ("sign_out", {"n": 0}),
    ("sign_in_rightly", RATNA | {"kind": "command"}),
    ("change_the_password", BY_CODE),
    *(("resume", {"n": 2, "shown": Shown(password=password)}) for password in ("old", "right")),
    *(AT_DESK, LOCK),
    ("time_passes", {"seconds": 1799}),
    ("resume", {"n": 1, "shown": Shown()}),
    *(AT_DESK, LOCK),
    ("a_thief_tries_at_a_lock_screen", GUESSES | {"at_home": True}),
    ("time_passes", {"seconds": 61}),
    COME_BACK,
    ("sign_in_rightly", YOGA | {"kind": "command"}),
    *(AT_DESK, LOCK),
    ("a_thief_tries_at_a_lock_screen", GUESSES | {"at_home": True}),
    ("end_somebodys_sessions", YOGA),
    *(AT_DESK, LOCK),
    ("a_thief_tries_at_a_lock_screen", GUESSES | {"at_home": False, "tries": 6, "wait": True}),
    *(("a_guardian_reports_an_end", {"n": 0, "proof": proof}) for proof in ("zeros", "token")),
    *(COME_BACK, LOCK),
    ("a_guardian_reports_an_end", {"n": 0, "proof": "own"}),
    COME_BACK,
    *(AT_DESK, ("a_guardian_reports_an_end", {"n": 0, "proof": "own"})),
    ("lock_and_come_back", RATNA | {"tries": 4, "elsewhere": 6, "stale": True}),
    LOCK,
    ("change_somebodys_place", RATNA | {"signed_in": False}),
    COME_BACK,
    *(AT_DESK, LOCK),
    ("end_somebodys_sessions", RATNA),
    COME_BACK,
    *(AT_DESK, LOCK),
    ("propose_a_reset", RATNA | {"by": "dewi"}),
    ("confirm_a_reset", {"n": 0, "seat": SEAT, "by": "hendra"}),
    ("resume", {"n": 0, "shown": Shown(password="old")}),
    ("begin_an_enrolment", RATNA | {"choice": "right"}),
    ("finish_an_enrolment", {"n": -1, "right": True}),
    *(AT_DESK, LOCK),
    ("close", RATNA | {"signed_in": False}),
    ("resume", {"n": 0, "shown": Shown(password="old")}),
)
TOUR: tuple[Move, ...] = (
    ("sign_in", RATNA | RIGHT | {"kind": "console"}),
    ("sign_in", RATNA | RIGHT | {"kind": "console", "password": "wrong"}),
    *(
        ("sign_in", RATNA | {"password": "right", "code": code, "kind": "approval"})
        for code in ("again", "far", "told", "wrong")
    ),
    ("sign_in_rightly", YOGA | {"kind": "console"}),
    ("a_thief_tries_again_and_again", RATNA | {"tries": 7, "password": "right", "wait": True}),
    ("a_thief_tries_again_and_again", RATNA | {"tries": 7, "password": "right", "wait": True}),
    ("sign_in_rightly", RATNA | {"seat": OTHER_SEAT, "kind": "command"}),
    ("release", RATNA),
    ("sign_in", RATNA | RIGHT | {"kind": "console"}),
    *(("give_a_fresh_code", {"n": 0, "code": code}) for code in ("fresh", "again", "far", "told", "wrong")),
    ("use_a_dead_token", {"n": 0}),
    ("time_passes", {"seconds": 301}),
    ("change_the_password", {"n": 0, "proof": ("right", "")}),
    ("change_the_password", BY_CODE),
    ("sign_in", RATNA | RIGHT | {"kind": "console", "password": "old"}),
    ("take_new_recovery_codes", BY_CODE),
    ("sign_in_with_a_recovery_code", RATNA | {"password": "right", "code": "right"}),
    ("begin_another_authenticator_after_a_recovery_code", {"n": 0}),
    ("prove_another_authenticator", {"n": 0, "right": False}),
    ("time_passes", {"seconds": 299}),
    ("prove_another_authenticator", {"n": 0, "right": True}),
    *(
        ("sign_in_with_a_recovery_code", RATNA | {"password": "right", "code": code})
        for code in ("dead", "authenticator")
    ),
    ("lose_the_authenticator", RATNA),
    ("replace_the_authenticator", YOGA),
    ("sign_in_rightly", YOGA | {"kind": "command"}),
    ("begin_another_authenticator", BY_CODE | {"recovery": ""}),
    ("time_passes", {"seconds": 301}),
    ("prove_another_authenticator", {"n": 0, "right": True}),
    *(("give_a_fresh_code", {"n": 0, "code": "wrong"}) for _ in range(6)),
    ("sign_in_rightly", YOGA | {"kind": "console"}),
    ("sign_in_rightly", YOGA | {"kind": "command", "seat": SEAT}),
    ("end_ones_other_sessions", {"n": 0}),
    ("sign_out", {"n": 0}),
    ("take_new_recovery_codes", BY_CODE),
    ("sign_in_rightly", YOGA | {"kind": "console"}),
    ("end_somebodys_sessions", YOGA),
    ("sign_in_rightly", YOGA | {"kind": "console"}),
    ("propose_a_reset", YOGA | {"by": "adi"}),
    ("begin_an_enrolment", YOGA | {"choice": "waiting"}),
    *(("confirm_a_reset", {"n": 0, "seat": SEAT, "by": by}) for by in ("adi", "ratna", "hendra")),
    ("begin_an_enrolment", YOGA | {"choice": "right"}),
    ("finish_an_enrolment", {"n": 0, "right": False}),
    ("finish_an_enrolment", {"n": 0, "right": True}),
    ("finish_an_enrolment", {"n": 0, "right": True}),
    ("begin_an_enrolment", YOGA | {"choice": "dead"}),
    ("come_back_after_a_reset", YOGA),
    ("sign_in_rightly", YOGA | {"kind": "console"}),
    ("close", YOGA | {"signed_in": True}),
    ("sign_in", YOGA | RIGHT | {"kind": "console", "password": "old"}),
    ("come_back_after_a_reset", YOGA),
    ("invite_somebody", {"seat": SEAT}),
    ("give_another_activation_code", SINTA),
    *(("begin_an_enrolment", SINTA | {"choice": choice}) for choice in ("dead", "right")),
    ("give_another_activation_code", SINTA),
    ("finish_an_enrolment", {"n": 0, "right": True}),
    ("begin_an_enrolment", SINTA | {"choice": "right"}),
    ("finish_an_enrolment", {"n": -1, "right": True}),
    ("sign_in_rightly", SINTA | {"kind": "console"}),
    ("the_office_restarts", {}),
    ("give_a_fresh_code", {"n": 0, "code": "fresh"}),
    ("sign_in", SINTA | {"password": "right", "code": "again", "kind": "console"}),
    *LOCKS,
)
