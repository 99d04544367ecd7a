"""Settings of the machine policy: which office a workstation works with, and which program."""

from app.domain.machine_policy.setting import Group, Kind, Setting, Tighter

OFFICE = (
    Setting(
        key="gateway_url",
        kind=Kind.TEXT,
        group=Group.OFFICE,
        title="Address of the gateway",
        title_id="Alamat gateway",
        text="Every home on this workstation works with this gateway, https://host or https://host:port, whatever its "
        "own "
        "file says.",
        text_id="Setiap home di komputer ini bekerja dengan gateway ini, https://host atau https://host:port, apa "
        "pun isi berkasnya sendiri.",
    ),
    Setting(
        key="gateway_pins",
        kind=Kind.TEXTS,
        group=Group.OFFICE,
        title="Keys of the gateway",
        title_id="Kunci gateway",
        text="SHA-256 of public keys (SPKI) in hex, one of which the gateway's certificate must be for; at most 8.",
        text_id="SHA-256 kunci publik (SPKI) dalam heksadesimal, salah satunya harus dimiliki sertifikat gateway; "
        "paling "
        "banyak 8.",
        tighter=Tighter.MORE,
        most=8,
    ),
    Setting(
        key="gateway_ca",
        kind=Kind.TEXT,
        group=Group.OFFICE,
        title="Authority of the gateway",
        title_id="Otoritas gateway",
        text="The whole path of a file (PEM): the only authority that the gateway's certificate may come from. "
        "Otherwise "
        "the machine's trust store counts.",
        text_id="Jalur lengkap berkas (PEM): satu-satunya otoritas penerbit sertifikat gateway. Jika tidak, "
        "penyimpanan "
        "kepercayaan mesin yang berlaku.",
        tighter=Tighter.MORE,
    ),
    Setting(
        key="own_office_allowed",
        kind=Kind.BOOL,
        group=Group.OFFICE,
        title="Offices of one's own",
        title_id="Kantor sendiri",
        text="Whether an office may be made and opened on this workstation itself, in one person's folder. false: "
        "people "
        "sign in to a gateway or nowhere.",
        text_id="Apakah kantor boleh dibuat dan dibuka di komputer ini sendiri, di folder seseorang. false: orang "
        "masuk ke gateway atau tidak sama sekali.",
        default=True,
        tighter=Tighter.OFF,
    ),
    Setting(
        key="other_homes_allowed",
        kind=Kind.BOOL,
        group=Group.OFFICE,
        title="Other folders by --home",
        title_id="Folder lain dengan --home",
        text="Whether `--home` may name another folder than the person's own data folder.",
        text_id="Apakah `--home` boleh menunjuk folder selain folder data milik orang itu.",
        default=True,
        tighter=Tighter.OFF,
    ),
)
PROGRAM = (
    Setting(
        key="minimum_version",
        kind=Kind.TEXT,
        group=Group.PROGRAM,
        title="Oldest version",
        title_id="Versi tertua",
        text="An older program than this signs nobody in. Set it when a rollout is over.",
        text_id="Program yang lebih lama dari ini tidak melayani siapa pun. Tetapkan setelah pembaruan selesai.",
        tighter=Tighter.MORE,
    ),
    Setting(
        key="commands_allowed",
        kind=Kind.BOOL,
        group=Group.PROGRAM,
        title="Commands that sign somebody in",
        title_id="Perintah yang memerlukan masuk",
        text="Whether commands of the terminal may sign a person in here (import, export, backup, accounts...). false: "
        "such work is done elsewhere.",
        text_id="Apakah perintah terminal boleh memakai akun seseorang di sini (impor, ekspor, cadangan, akun...). "
        "false: pekerjaan itu dilakukan di tempat lain.",
        default=True,
        tighter=Tighter.OFF,
    ),
)
