"""Settings of the machine policy: what may leave the screen, and what may happen at the desk."""

from app.domain.machine_policy.setting import Group, Kind, Setting, Tighter
from app.domain.posture.words import Part

LEAVING = (
    Setting(
        key="clipboard_allowed",
        kind=Kind.BOOL,
        group=Group.LEAVING,
        title="Copying revealed values",
        title_id="Menyalin nilai yang dibuka",
        text="Whether a revealed value may be copied where the office's policy lets its class be copied.",
        text_id="Apakah nilai yang dibuka boleh disalin bila kebijakan kantor mengizinkan kelasnya disalin.",
        default=True,
        tighter=Tighter.OFF,
    ),
    Setting(
        key="clipboard_s",
        kind=Kind.NUMBER,
        group=Group.LEAVING,
        title="Time in the clipboard",
        title_id="Lama di papan klip",
        text="A copied value is cleared after so many seconds.",
        text_id="Nilai yang disalin dihapus setelah sekian detik.",
        tighter=Tighter.LOWER,
        least=5,
        most=20,
        unit="s",
    ),
    Setting(
        key="capture_exception_allowed",
        kind=Kind.BOOL,
        group=Group.LEAVING,
        title="Exceptions to the block of captures",
        title_id="Pengecualian blokir tangkapan layar",
        text="Whether an exception of the office's policy lets screenshots through on this workstation.",
        text_id="Apakah pengecualian dalam kebijakan kantor mengizinkan tangkapan layar di komputer ini.",
        default=True,
        tighter=Tighter.OFF,
    ),
    Setting(
        key="capture_block_required",
        kind=Kind.BOOL,
        group=Group.LEAVING,
        title="Only where captures are blocked",
        title_id="Hanya bila tangkapan layar diblokir",
        text="true: nobody signs in to a console where the system cannot keep windows out of screenshots. Linux "
        "cannot.",
        text_id="true: tidak seorang pun masuk ke konsol bila sistem tidak dapat mencegah tangkapan layar. Linux tidak "
        "dapat.",
        default=False,
        tighter=Tighter.ON,
    ),
)
DESK = (
    Setting(
        key="calls_allowed",
        kind=Kind.BOOL,
        group=Group.DESK,
        title="Word from softphones",
        title_id="Pesan dari softphone",
        text="Whether consoles here heed `tirai call` and `tirai pop`: a call then delays the lock, and a number opens "
        "a "
        "card.",
        text_id="Apakah konsol di sini menuruti `tirai call` dan `tirai pop`: panggilan menunda penguncian, dan nomor "
        "membuka kartu.",
        default=True,
        tighter=Tighter.OFF,
    ),
    Setting(
        key="desk_approval_allowed",
        kind=Kind.BOOL,
        group=Group.DESK,
        title="Approval at the desk",
        title_id="Persetujuan di meja",
        text="Whether a supervisor may sign in beside an agent's session to decide a request. Whoever types a password "
        "in "
        "another person's account trusts that account.",
        text_id="Apakah penyelia boleh masuk di samping sesi agen untuk memutuskan permintaan. Siapa pun yang mengetik "
        "kata sandi di akun orang lain mempercayai akun itu.",
        default=True,
        tighter=Tighter.OFF,
    ),
    Setting(
        key="protection_required",
        kind=Kind.TEXTS,
        group=Group.DESK,
        title="Protection that is required",
        title_id="Pelindungan yang diwajibkan",
        text="Parts of the system's own protection without which this console opens no value, besides those of the "
        "office's "
        "policy.",
        text_id="Bagian pelindungan sistem yang tanpanya konsol ini tidak membuka nilai, di samping yang ditentukan "
        "kebijakan kantor.",
        tighter=Tighter.MORE,
        choices=tuple(part.value for part in Part),
    ),
)
