"""The MSI: one component a file, an upgrade code that never changes, properties that IT sets, made by wixl (msitools).

Invariants: every GUID is derived from what it stands for, so that the next version's installer knows this one's files;
the package's own code is derived from its contents; nothing in it tells when or where it was built, and two builds of
the same folder are the same bytes. Nothing is run while it is installed but Windows Installer's own actions.
"""

import hashlib
import os
import subprocess
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from windows.layout import files_of

VENDOR, NAME = "The Tirai maintainers", "Tirai"
UPGRADE_CODE = "{6C9A1E4E-5E0B-4C55-8A43-7C1F4F7C0E73}"
"""Of every version of this product; never changed."""
_SPACE = uuid.UUID("2f6f0d5c-58a1-4a3a-9d8f-0b2f1a3b9c10")
POLICY_KEY, OWN_KEY = r"Software\Policies\Tirai", r"Software\Tirai"
GATEWAY_VALUE = "gateway_url"
"""The setting of the machine policy that the property GATEWAYURL writes, below `HKLM\\Software\\Policies\\Tirai`."""
MOMENT = "2026-01-01 00:00:00"
"""When every package says that it was made: the tools write a time, and equal contents must give equal bytes."""
DOWNGRADE = "A newer version of Tirai is installed here. Remove it first, if the older one is really wanted."

PROPERTIES = ("INSTALLFOLDER", "GATEWAYURL", "NOSHORTCUT", "NOAUTOSTART")
"""What IT may say on msiexec's command line; each is remembered for the next version."""


def guid(*words: str) -> str:
    """A GUID that stands for these words, always the same."""
    return "{" + str(uuid.uuid5(_SPACE, "/".join(words))).upper() + "}"


def identifier(kind: str, path: str) -> str:
    """A name inside of the database for a path: letters and digits, at most 72."""
    return f"{kind}{hashlib.sha256(path.encode()).hexdigest()[:24]}"


def build_package(folder: Path, target: Path, version: str) -> None:
    """Make the MSI of a folder, unsigned.

    Args:
        folder: what lies in Tirai's folder later.
        target: the package.
        version: of the program.
    """
    source = target.with_suffix(".wxs")
    source.write_text(description(folder, version), encoding="utf-8")
    frozen = ["faketime", "-f", MOMENT]
    run([*frozen, "wixl", "--arch", "x64", "-D", f"Source={folder}", "--output", str(target), str(source)])
    contents = package_code(folder, source)
    said = ["Installation Database", VENDOR, "x64;1033", contents]
    run([*frozen, "msibuild", str(target), "-s", *said])
    for statement in database_lines():
        run([*frozen, "msibuild", str(target), "-q", statement])


def run(line: Sequence[str]) -> None:
    """Run a tool without anything in its environment that its output could depend on."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    subprocess.run(line, check=True, env={**kept, "TZ": "UTC", "LC_ALL": "C.UTF-8"})


def package_code(folder: Path, source: Path) -> str:
    """The package's own GUID: another one as soon as a byte of its contents differs, as Windows Installer wants it."""
    digest = hashlib.sha256(source.read_bytes())
    for file in files_of(folder):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return guid("package", digest.hexdigest())


# The source for wixl


def description(folder: Path, version: str) -> str:
    """The package described in WiX's language."""
    tree, files = _directories(folder)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
 <Product Id="{guid("product", version)}" Name="{NAME}" Version="{version}" Manufacturer="{VENDOR}" Language="1033"
   UpgradeCode="{UPGRADE_CODE}">
  <Package InstallerVersion="500" Compressed="yes" InstallScope="perMachine" Manufacturer="{VENDOR}"
    Description="{NAME} {version}" Comments="Console for contact-centre agents"/>
  <MajorUpgrade DowngradeErrorMessage="{DOWNGRADE}"/>
  <Media Id="1" Cabinet="tirai.cab" EmbedCab="yes"/>
  <Icon Id="tirai.ico" SourceFile="$(var.Source)/tirai.ico"/>
  <Property Id="ARPPRODUCTICON" Value="tirai.ico"/>
  <Property Id="ARPNOMODIFY" Value="1"/>
  <Property Id="ARPSIZE" Value="{sum(path.stat().st_size for path in files_of(folder)) // 1024}"/>
{_searches()}
  <Directory Id="TARGETDIR" Name="SourceDir">
   <Directory Id="ProgramFiles64Folder">
    <Directory Id="INSTALLFOLDER" Name="Tirai">
{tree}
    </Directory>
   </Directory>
   <Directory Id="ProgramMenuFolder"/>
  </Directory>
{_own_components()}
  <Feature Id="Main" Title="{NAME}" Level="1" Absent="disallow">
   {"".join(f'<ComponentRef Id="{each}"/>' for each in (*files, *_OWN))}
  </Feature>
 </Product>
</Wix>
"""


_OWN = ("cRemembered", "cShortcut", "cAutostart", "cGateway")


def _searches() -> str:
    """What an installed version remembers of the properties."""
    rows = []
    for name in PROPERTIES:
        rows.append(
            f'  <Property Id="WAS{name}"><RegistrySearch Id="s{name}" Root="HKLM" Key="{OWN_KEY}" '
            f'Name="{name}" Type="raw" Win64="yes"/></Property>'
        )
    return "\n".join(rows)


def _own_components() -> str:
    """What is no file: memory for the next version, menu entry, sweep at each login, and values of policy."""

    def component(name: str, inside: str, condition: str = "") -> str:
        told = f"<Condition>{condition}</Condition>" if condition else ""
        return f'   <Component Id="{name}" Guid="{guid("component", name)}" Win64="yes">{told}{inside}</Component>'

    def value(key: str, name: str, text: str, *, is_key: bool = True) -> str:
        path = ' KeyPath="yes"' if is_key else ""
        return f'<RegistryValue Root="HKLM" Key="{key}" Name="{name}" Type="string" Value={quoteattr(text)}{path}/>'

    remembered = "".join(value(OWN_KEY, n, f"[{n}]", is_key=n == "INSTALLFOLDER") for n in PROPERTIES)
    shortcut = (
        '<Shortcut Id="sTirai" Directory="ProgramMenuFolder" Name="Tirai" Target="[INSTALLFOLDER]tirai-console.exe" '
        'WorkingDirectory="INSTALLFOLDER" Description="Console for contact-centre agents"/>'
    )
    sweep = '"[INSTALLFOLDER]tirai-console.exe" wipe --quiet'
    run_key = r"Software\Microsoft\Windows\CurrentVersion\Run"
    rows = (
        component("cRemembered", remembered),
        component("cShortcut", shortcut + value(OWN_KEY, "Shortcut", "1"), "NOT NOSHORTCUT"),
        component("cAutostart", value(run_key, "Tirai sweep", sweep), "NOT NOAUTOSTART"),
        component("cGateway", value(POLICY_KEY, GATEWAY_VALUE, "[GATEWAYURL]"), "GATEWAYURL"),
    )
    return '  <DirectoryRef Id="INSTALLFOLDER">\n' + "\n".join(rows) + "\n  </DirectoryRef>"


def _directories(folder: Path) -> tuple[str, list[str]]:
    """The tree of folders with a component a file, and the components' names."""
    components: list[str] = []

    def inside(place: Path, depth: int) -> Iterable[str]:
        pad = " " * (5 + depth)
        for entry in sorted(place.iterdir(), key=lambda path: path.name):
            path = entry.relative_to(folder).as_posix()
            if entry.is_dir():
                yield f"{pad}<Directory Id={quoteattr(identifier('d', path))} Name={quoteattr(entry.name)}>"
                yield from inside(entry, depth + 1)
                yield f"{pad}</Directory>"
                continue
            name = identifier("c", path)
            components.append(name)
            yield (
                f'{pad}<Component Id="{name}" Guid="{guid("file", path)}" Win64="yes">'
                f"<File Id={quoteattr(identifier('f', path))} Name={quoteattr(entry.name)} "
                f'Source={quoteattr(f"$(var.Source)/{path}")} KeyPath="yes"/></Component>'
            )

    return "\n".join(inside(folder, 0)), components


# What wixl has no words for


def database_lines() -> list[str]:
    """Statements that pass the properties to the part that has rights, and keep them for the next version.

    What IT said to the version before counts where IT says nothing now. A search overrules what stands on the command
    line, so what was found goes into properties of its own, and from there into the real ones by actions of type 51
    (set a property), after the search and before folders are costed. A removal does so, too: it has to know what was
    put there.
    """
    secure = ";".join(("WIX_DOWNGRADE_DETECTED", "WIX_UPGRADE_DETECTED", *PROPERTIES))
    lines = [f"UPDATE `Property` SET `Value` = '{secure}' WHERE `Property` = 'SecureCustomProperties'"]
    for at, name in enumerate(PROPERTIES):
        found = f"WAS{name}"
        lines += [
            "INSERT INTO `CustomAction` (`Action`, `Type`, `Source`, `Target`) "
            f"VALUES ('Keep{name}', 51, '{name}', '[{found}]')",
            *(
                f"INSERT INTO `{table}` (`Action`, `Condition`, `Sequence`) "
                f"VALUES ('Keep{name}', '{found} AND NOT {name}', {410 + at})"
                for table in ("InstallExecuteSequence", "InstallUISequence")
            ),
        ]
    return lines
