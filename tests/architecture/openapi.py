"""The API's description in OpenAPI 3.1: `python -m tests.architecture.openapi` writes docs/openapi*.json.

`tests/architecture/test_openapi.py` refuses a stale one.
"""

import json
import sys
from pathlib import Path
from typing import Any

from app.api.server.application import bare_application
from app.api.server.description import described
from app.api.server.import_child import bare_import_application
from tests.architecture.marks import ROOT

OFFICE = ROOT / "docs" / "openapi.json"
IMPORT = ROOT / "docs" / "openapi-import.json"


def descriptions() -> dict[Path, dict[str, Any]]:
    """Both: of an office, and of the process of one import, which listens beside it."""
    return {
        OFFICE: described(bare_application(), "Tirai: an office"),
        IMPORT: described(bare_import_application(), "Tirai: one import"),
    }


def as_written(description: dict[str, Any]) -> str:
    """The text of the file."""
    return json.dumps(description, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    for path, description in descriptions().items():
        path.write_text(as_written(description), encoding="utf-8")
        operations = sum(len(verbs) for verbs in description["paths"].values())
        sys.stdout.write(f"{path.relative_to(ROOT)}: {operations} operations\n")
