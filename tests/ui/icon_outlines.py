"""The outlines of the icons that Tirai shows, out of Lucide's zip: `python -m tests.ui.icon_outlines` writes them anew.

Reading the zip's list of 1,745 names costs a start more than reading the few that the code names.
"""

import ast
import json
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).parents[2]
FILE = ROOT / "resources" / "icons" / "lucide.json"


def outlines() -> str:
    """Outlines by name, of each name of Lucide's that stands as a text somewhere in the program."""
    package = find_spec("lucide")
    assert package is not None
    assert package.origin is not None
    with ZipFile(Path(package.origin).parent / "lucide.zip") as archive:
        known = {name.removesuffix(".svg") for name in archive.namelist() if name.endswith(".svg")}
        made = {name: archive.read(f"{name}.svg").decode("utf-8") for name in sorted(known & _texts())}
    return json.dumps(made, indent=0, ensure_ascii=False) + "\n"


def _texts() -> set[str]:
    trees = (ast.parse(path.read_text("utf-8")) for path in (ROOT / "app").rglob("*.py"))
    constants = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {node.value for node in constants if isinstance(node.value, str)}


if __name__ == "__main__":
    FILE.write_text(outlines(), encoding="utf-8")
    print(f"{FILE.relative_to(ROOT)} written.")
