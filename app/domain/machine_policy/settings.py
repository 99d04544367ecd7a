"""The table of settings of the machine policy: the one place where keys are declared.

Reader, judge, `tirai policy`, the reference page and the templates for Windows and macOS follow from it. A setting
stands here only if the program obeys it, and a test shows where (`tests/unit/test_machine_policy_obeyed.py`).

Numbers are bounded as the office's policy is (`app/domain/policy.py:CEILINGS`, `app/domain/policy_edit.py:FLOORS`), in
a copy, since those modules cost a start more than this one may; a test compares them.
"""

from app.domain.display import DENSITIES, MOTIONS, TEXT_SIZES, THEMES
from app.domain.machine_policy.setting import BOTH, RECOMMENDED_ONLY, Group, Kind, Setting, Tighter
from app.domain.machine_policy.settings_desk import DESK, LEAVING
from app.domain.machine_policy.settings_office import OFFICE, PROGRAM
from app.domain.machine_policy.settings_updates import LOGS, UPDATES

SESSION = (
    Setting(
        key="idle_lock_s",
        kind=Kind.NUMBER,
        group=Group.SESSION,
        title="Unused until the lock",
        title_id="Tidak dipakai hingga terkunci",
        text="An unused console locks after so many seconds, or sooner where the office's policy says so.",
        text_id="Konsol yang tidak dipakai terkunci setelah sekian detik, atau lebih cepat bila kebijakan kantor "
        "menentukannya.",
        tighter=Tighter.LOWER,
        least=30,
        most=300,
        unit="s",
    ),
    Setting(
        key="idle_end_s",
        kind=Kind.NUMBER,
        group=Group.SESSION,
        title="Unused until the end",
        title_id="Tidak dipakai hingga berakhir",
        text="An unused session, locked or not, ends after so many seconds, or sooner where the office's policy says "
        "so.",
        text_id="Sesi yang tidak dipakai, terkunci atau tidak, berakhir setelah sekian detik, atau lebih cepat bila "
        "kebijakan kantor menentukannya.",
        tighter=Tighter.LOWER,
        least=60,
        most=900,
        unit="s",
    ),
    Setting(
        key="call_idle_max_s",
        kind=Kind.NUMBER,
        group=Group.SESSION,
        title="Unused during a call until the lock",
        title_id="Tidak dipakai saat panggilan hingga terkunci",
        text="While a call is on, an unused console locks after so many seconds instead; never sooner than without "
        "one.",
        text_id="Selama ada panggilan, konsol yang tidak dipakai terkunci setelah sekian detik; tidak lebih cepat "
        "daripada tanpa panggilan.",
        tighter=Tighter.LOWER,
        least=30,
        most=1_800,
        unit="s",
    ),
    Setting(
        key="session_s",
        kind=Kind.NUMBER,
        group=Group.SESSION,
        title="Length of a session",
        title_id="Lama sesi",
        text="A session that is begun here ends after so many seconds; the office keeps the time.",
        text_id="Sesi yang dimulai di sini berakhir setelah sekian detik; kantor yang menjaga waktunya.",
        tighter=Tighter.LOWER,
        least=1_800,
        most=36_000,
        unit="s",
    ),
    Setting(
        key="lease_s",
        kind=Kind.NUMBER,
        group=Group.SESSION,
        title="Time without the office",
        title_id="Waktu tanpa kantor",
        text="A session whose office does not answer ends after so many seconds.",
        text_id="Sesi yang kantornya tidak menjawab berakhir setelah sekian detik.",
        tighter=Tighter.LOWER,
        least=180,
        most=1_800,
        unit="s",
    ),
    Setting(
        key="view_s",
        kind=Kind.NUMBER,
        group=Group.SESSION,
        title="Time that a value stands open",
        title_id="Lama nilai terbuka",
        text="A revealed value closes after so many seconds.",
        text_id="Nilai yang dibuka tertutup kembali setelah sekian detik.",
        tighter=Tighter.LOWER,
        least=5,
        most=30,
        unit="s",
    ),
)
SCREEN = (
    Setting(
        key="language",
        kind=Kind.CHOICE,
        group=Group.SCREEN,
        title="Language of the screens",
        title_id="Bahasa layar",
        text="What the screens speak: en (English) or id (Indonesian).",
        text_id="Bahasa yang dipakai layar: en (Inggris) atau id (Indonesia).",
        levels=BOTH,
        choices=("en", "id"),
    ),
    Setting(
        key="theme",
        kind=Kind.CHOICE,
        group=Group.SCREEN,
        title="Colours",
        title_id="Warna",
        text="The theme. People who need high contrast are better served by a recommended value.",
        text_id="Tema. Bagi orang yang memerlukan kontras tinggi, nilai yang disarankan lebih baik.",
        levels=BOTH,
        choices=THEMES,
    ),
    Setting(
        key="rows",
        kind=Kind.CHOICE,
        group=Group.SCREEN,
        title="Height of rows",
        title_id="Tinggi baris",
        text="How high rows of lists are.",
        text_id="Seberapa tinggi baris daftar.",
        levels=BOTH,
        choices=DENSITIES,
    ),
    Setting(
        key="text_percent",
        kind=Kind.NUMBER,
        group=Group.SCREEN,
        title="Size of the text",
        title_id="Ukuran teks",
        text="In percent of the design's. Only recommended: nobody is kept from larger letters.",
        text_id="Dalam persen dari rancangan. Hanya disarankan: tidak seorang pun dihalangi memakai huruf lebih besar.",
        levels=RECOMMENDED_ONLY,
        choices=tuple(map(str, TEXT_SIZES)),
        least=TEXT_SIZES[0],
        most=TEXT_SIZES[-1],
        unit="%",
    ),
    Setting(
        key="motion",
        kind=Kind.CHOICE,
        group=Group.SCREEN,
        title="Motion",
        title_id="Gerakan",
        text="`still` moves nothing, `system` does as the desktop says. Only recommended, for people whom motion makes "
        "ill.",
        text_id="`still` tidak menggerakkan apa pun, `system` mengikuti desktop. Hanya disarankan, demi orang yang "
        "terganggu oleh gerakan.",
        levels=RECOMMENDED_ONLY,
        choices=MOTIONS,
    ),
)
SETTINGS: tuple[Setting, ...] = (*OFFICE, *SESSION, *SCREEN, *LEAVING, *DESK, *PROGRAM, *UPDATES, *LOGS)
BY_KEY = {setting.key: setting for setting in SETTINGS}
