"""Settings of the machine policy: who brings updates, and what the program writes down for IT."""

from app.domain.machine_policy.setting import Group, Kind, Setting

UPDATES = (
    Setting(
        key="updates",
        kind=Kind.CHOICE,
        group=Group.PROGRAM,
        title="Who brings updates",
        title_id="Siapa yang membawa pembaruan",
        text="`managed`: your own tools (apt, dnf, Intune); Tirai asks nobody. `check`: `tirai update check` may look. "
        "`install`: the timer of the package brings and installs them, too.",
        text_id="`managed`: alat Anda sendiri (apt, dnf, Intune); Tirai tidak bertanya kepada siapa pun. `check`: "
        "`tirai update check` boleh melihat. `install`: pewaktu paket juga membawa dan memasangnya.",
        default="managed",
        choices=("managed", "check", "install"),
    ),
    Setting(
        key="updates_from",
        kind=Kind.TEXT,
        group=Group.PROGRAM,
        title="Where updates come from",
        title_id="Asal pembaruan",
        text="The address of the repository, https://... Packages are believed by their signatures, not by the "
        "address.",
        text_id="Alamat repositori, https://... Paket dipercaya karena tanda tangannya, bukan karena alamatnya.",
    ),
    Setting(
        key="updates_proxy",
        kind=Kind.TEXT,
        group=Group.PROGRAM,
        title="Proxy for updates",
        title_id="Proksi untuk pembaruan",
        text="The proxy on the way to them, http://host:port. Proxies of the environment are not read.",
        text_id="Proksi menuju ke sana, http://host:port. Proksi dari lingkungan tidak dibaca.",
    ),
)
LOGS = (
    Setting(
        key="log_level",
        kind=Kind.CHOICE,
        group=Group.PROGRAM,
        title="What the log holds",
        title_id="Isi log",
        text="From which level on lines go into `log/tirai.log` of each home. `info` adds starts, sessions, locks and "
        "ends, without names; no level adds a value.",
        text_id="Mulai tingkat mana baris ditulis ke `log/tirai.log` di setiap home. `info` menambahkan mulai, sesi, "
        "kunci, dan akhir, tanpa nama; tidak ada tingkat yang menambahkan nilai.",
        default="warning",
        choices=("error", "warning", "info"),
    ),
)
