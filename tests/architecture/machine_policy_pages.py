"""What follows from the table of the machine policy: `python -m tests.architecture.machine_policy_pages` writes the
reference page for IT and the templates for Windows and macOS.

`tests/architecture/test_machine_policy_pages.py` refuses a stale one.
"""

# ruff: noqa: E501 -- rows of tables

import json
import sys
from pathlib import Path

from app.domain.machine_policy.setting import Group, Kind, Level, Setting, Tighter
from app.domain.machine_policy.settings import SETTINGS
from tests.architecture.machine_policy_templates import GROUPS, LANGUAGES, adml, admx, mobileconfig
from tests.architecture.marks import ROOT

PAGE = ROOT / "docs" / "deployment" / "policy.md"
WINDOWS = ROOT / "packaging" / "windows" / "policy"
MACOS = ROOT / "packaging" / "macos" / "tirai-policy-sample.mobileconfig"
SAMPLE = """[mandatory]
gateway_url = "https://tirai.example"
gateway_ca = "/etc/tirai/company-ca.pem"
own_office_allowed = false
idle_lock_s = 120
clipboard_allowed = false

[recommended]
language = "id"
"""

HEAD = f"""# The machine policy

What IT settles for everybody who uses Tirai on a workstation. This page is written from the program's own table.

It is not the **office's policy**. That one says who may what in an office, comes with the program, is edited by two
people who sign, and holds at every workstation of the office. The **machine policy** lies on one workstation, is written
by its administrator, and takes away or fills in. Where both say a number, the lower one holds.

## Where it lies

| system | mandatory | recommended |
|---|---|---|
| Linux | `/etc/tirai/policy.d/NN-name.toml`, table `[mandatory]` | the same files, table `[recommended]` |
| Windows | `HKLM\\Software\\Policies\\Tirai` (64-bit view) | `HKLM\\Software\\Policies\\Tirai\\Recommended` |
| macOS | forced preferences of `org.tirai.console` | the forced dictionary `Recommended` of the same domain |

Mandatory values are greyed on the screens with *Set by your organisation*; recommended ones hold until a person chooses.
Nothing that a person can write counts: no variable, no option, no `HKEY_CURRENT_USER`, no `defaults write`.

A file for Linux, owned by root, mode 0644, in folders of root's with mode 0755:

```toml
{SAMPLE}```

For Windows copy `packaging/windows/policy/Tirai.admx` with `en-US` and `id-ID` into the store of policy definitions; a
sample profile for macOS is `packaging/macos/tirai-policy-sample.mobileconfig`. The templates are made from the same table
and were not tried on a Windows domain or on a Mac. The reader of the registry ran under Wine; that of macOS never ran.

## Before and after you hand it out

```sh
tirai policy check 10-site.toml   # 0: good; 3: refused, with line and reason
tirai policy show                 # on a workstation: what holds, from where, and the hash of it
tirai policy show --json
```

A new file counts at the next sign-in or resume, without a restart. The hash is the same wherever the same is said.

## When it is wrong

It fails closed: nobody signs in, and the screen says one sentence with a code. `tirai policy show` tells source, line and
reason; `tirai wipe`, `tirai policy` and `tirai self-check` work. The office's log gets `start.refused`.

| code | what it is | what to do |
|---|---|---|
| M1 | a file, a folder or a key cannot be read, is not root's, is a link, or others could write it | `chown root`, folders 0755, files 0644 |
| M2 | syntax, an unknown setting, a wrong type, a value out of bounds or looser than the program's own | mend the line that is named |
| M3 | two files say different things of one setting | take it out of one of them |
| M4 | the program is older than `minimum_version` | update it |
| M5 | a good policy shuts this way: another folder, an office of one's own, a command, a desk approval, captures | as intended, or change the policy |

Names of files that do not fit `NN-name.toml` (two digits, small letters) are refused, so that none is passed over by
mistake; files with other endings and hidden ones are not read.

## Settings
"""


def page() -> str:
    """The reference page."""
    parts = [HEAD]
    for group in Group:
        parts.append(f"### {GROUPS[group][0]}\n")
        parts.append("| setting | type | values | level | without it |\n|---|---|---|---|---|")
        settings = [setting for setting in SETTINGS if setting.group is group]
        parts.extend(_row(setting) for setting in settings)
        parts.append("")
        parts.extend(
            f"- `{setting.key}`: {setting.text} *{setting.title_id}*: {setting.text_id}" for setting in settings
        )
        parts.append("")
    return "\n".join(parts).rstrip("\n") + "\n"


def _row(setting: Setting) -> str:
    levels = " or ".join(level.value for level in Level if level in setting.levels)
    return f"| `{setting.key}` | {setting.kind.value} | {_values(setting)} | {levels} | {_default(setting)} |"


def _values(setting: Setting) -> str:
    if setting.choices:
        return ", ".join(f"`{choice}`" for choice in setting.choices)
    if setting.kind is Kind.NUMBER:
        return f"{setting.least} to {setting.most} {setting.unit}".strip()
    if setting.kind is Kind.BOOL:
        return "only `false` changes something" if setting.tighter is Tighter.OFF else "only `true` changes something"
    return f"at most {setting.most}" if setting.kind is Kind.TEXTS and setting.most else "a line of text"


def _default(setting: Setting) -> str:
    if setting.default is not None:
        return f"`{json.dumps(setting.default)}`"
    return "as the office's policy says" if setting.tighter is Tighter.LOWER else "-"


def files() -> dict[Path, str]:
    """Every file that follows from the table."""
    words = {WINDOWS / folder / "Tirai.adml": adml(language) for language, folder in LANGUAGES.items()}
    return {PAGE: page(), WINDOWS / "Tirai.admx": admx(), **words, MACOS: mobileconfig()}


if __name__ == "__main__":
    for path, text in files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.relative_to(ROOT)}: {len(text)} characters\n")
