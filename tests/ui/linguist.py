"""Qt Linguist's tools: gather the sentences of the screens and compile their translation (`make translations`).

The .ts in `resources/i18n` is the source; the .qm beside it is what the program loads, and is kept in the repository
so that a checkout runs as it is. Line numbers are left out: they would change the file with every edit elsewhere.
"""

import fcntl
import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "resources" / "i18n" / "tirai_id.ts"
COMPILED = SOURCE.with_suffix(".qm")
MEMORY = ROOT / "build" / "translations.json"
"""Every translation that was ever seen here: two people who gather at once lose none of each other's."""
ALIASES = "tr+=_tr,QT_TR_NOOP+=_later"
"""What `app/ui/language.py` offers outside widgets."""


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence. `state` is Linguist's: empty when finished, else unfinished, vanished or obsolete."""

    context: str
    source: str
    translation: str
    state: str


def gather(file: Path) -> None:
    """Bring the sentences of the code into a .ts file; new ones are unfinished, those no longer said are dropped."""
    code = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "app" / "ui").rglob("*.py"))
    options = ["-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", "id"]
    _run("pyside6-lupdate", *options, "-tr-function-alias", ALIASES, *code, "-ts", str(file))


def compile_to(source: Path, compiled: Path) -> None:
    """Make the .qm of a .ts."""
    _run("pyside6-lrelease", str(source), "-qm", str(compiled))


def messages(file: Path) -> list[Message]:
    """All sentences of a .ts file of ours."""
    root = ET.parse(file).getroot()
    found = []
    for context in root.iterfind("context"):
        for message in context.iterfind("message"):
            translation = message.find("translation")
            text = "" if translation is None else translation.text or ""
            state = "unfinished" if translation is None else translation.get("type", "")
            found.append(Message(context.findtext("name") or "", message.findtext("source") or "", text, state))
    return found


def remember(known: dict[str, str], file: Path) -> None:
    """Add a file's finished translations to what is known, by context and sentence."""
    for message in messages(file):
        if message.translation.strip() and not message.state:
            known[f"{message.context}\n{message.source}"] = message.translation


def recall(known: dict[str, str], file: Path) -> int:
    """Finish the sentences of a file that somebody has translated before; how many."""
    tree, found = ET.parse(file), 0
    for context in tree.getroot().iterfind("context"):
        for message in context.iterfind("message"):
            translation = message.find("translation")
            words = known.get(f"{context.findtext('name') or ''}\n{message.findtext('source') or ''}", "")
            if words and translation is not None and translation.get("type") == "unfinished":
                translation.text = words
                del translation.attrib["type"]
                found += 1
    if found:
        body = ET.tostring(tree.getroot(), encoding="unicode", short_empty_elements=False)
        file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")
    return found


def _run(tool: str, *arguments: str) -> None:
    subprocess.run([str(Path(sys.executable).parent / tool), "-silent", *arguments], cwd=ROOT, check=True)


def main() -> int:
    """Gather, compile, and name what still has to be translated."""
    MEMORY.parent.mkdir(exist_ok=True)
    with MEMORY.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known: dict[str, str] = json.loads(MEMORY.read_text(encoding="utf-8")) if MEMORY.exists() else {}
        remember(known, SOURCE)
        gather(SOURCE)
        if recall(known, SOURCE):
            gather(SOURCE)  # in Linguist's own layout again
        MEMORY.write_text(json.dumps(known, ensure_ascii=False, indent=0), encoding="utf-8")
        compile_to(SOURCE, COMPILED)
    open_ones = [message for message in messages(SOURCE) if message.state]
    for message in open_ones:
        sys.stdout.write(f"{message.state}: {message.context}: {message.source}\n")
    sys.stdout.write(
        f"{len(messages(SOURCE))} sentences, {len(open_ones)} to translate in {SOURCE.relative_to(ROOT)}\n"
    )
    return 1 if open_ones else 0


if __name__ == "__main__":
    sys.exit(main())
