"""What to say to a customer when work for a purpose is shut, in both languages: the agent reads one of them aloud."""

from typing import Final

from app.domain.privacy.purpose_state import PurposeState

CODES: Final = {
    PurposeState.MISSING: "purpose_missing",
    PurposeState.WITHDRAWN: "purpose_withdrawn",
    PurposeState.RESTRICTED: "purpose_restricted",
    PurposeState.OBJECTED: "purpose_objected",
}
"""Under which code the office refuses."""

SAY: Final = {
    "purpose_missing": (
        "Untuk ini kami perlu persetujuan Anda, dan kami belum memilikinya. Bolehkah saya menanyakannya sekarang?",
        "For this we need your consent, and we do not have it yet. May I ask you for it now?",
    ),
    "purpose_withdrawn": (
        "Anda telah menarik persetujuan untuk ini, jadi kami tidak memakai data tersebut lagi.",
        "You have withdrawn your consent to this, so we do not use that data any more.",
    ),
    "purpose_restricted": (
        "Atas permintaan Anda, pemrosesan data ini sedang dibatasi, jadi saya tidak dapat membukanya.",
        "At your request, the processing of this data is restricted, so I cannot open it.",
    ),
    "purpose_objected": (
        "Anda telah menyatakan keberatan atas penggunaan ini, jadi kami tidak melakukannya.",
        "You have objected to this use, so we do not do it.",
    ),
}
"""By code: Indonesian, English."""
