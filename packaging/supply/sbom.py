"""A CycloneDX 1.6 bill of materials for an artefact: what is in it, from which locked file, under which licence.

Names, versions and hashes come from the locked lists; which of them are in, and their licences, from the environment
that was frozen; Python and Qt are named besides, since vulnerabilities are looked up by them.
Invariant: the same sources give the same bytes: no time of day, no random serial number (it is made from the artefact's
own hash, RFC 9562 version 8). https://cyclonedx.org/docs/1.6/json/
"""

import hashlib
import json
import platform
import time
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from steps import ROOT, epoch, sha256
from supply.licences import bundled, canonical, licence_of
from supply.locks import Locked, locked

SPEC = "1.6"
_SPDX = {
    "Apache Software License": "Apache-2.0",
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Python Software Foundation License": "PSF-2.0",
}


def bill(artefact: Path, version: str, environment: Path, lists: Iterable[str]) -> str:
    """The bill of one artefact as JSON text.

    Args:
        artefact: the file that is handed on; named with its hash.
        version: the program's.
        environment: what it was frozen from.
        lists: names of the locked lists below requirements/.
    """
    entries = {(each.name, each.version): each for each in locked(*(ROOT / "requirements" / name for name in lists))}
    components = [
        _component(canonical(each), each.version, licence_of(each), entries.get((canonical(each), each.version)))
        for each in bundled(environment)
    ]
    components.append(_interpreter())
    return written(artefact.name, version, sha256(artefact), components)


def bill_of_lock(artefact: Path, version: str, entries: Iterable[Locked]) -> str:
    """The bill of an artefact that was laid out from a list alone, as the Windows package is.

    Args:
        artefact: the file that is handed on.
        version: the program's.
        entries: what the list names for that system.
    """
    components = [_component(each.name, each.version, "", each) for each in entries]
    return written(artefact.name, version, sha256(artefact), components)


def written(name: str, version: str, digest: str, components: list[dict[str, Any]]) -> str:
    """The document."""
    main = f"{name}@{version}"
    serial = hashlib.sha256(f"{main} {digest}".encode()).digest()[:16]
    document = {
        "$schema": f"http://cyclonedx.org/schema/bom-{SPEC}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SPEC,
        "serialNumber": uuid.UUID(bytes=_version_8(serial)).urn,
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(epoch())),
            "component": {
                "type": "application",
                "bom-ref": main,
                "name": name,
                "version": version,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
                "hashes": [{"alg": "SHA-256", "content": digest}],
            },
        },
        "components": sorted(components, key=lambda each: str(each["bom-ref"])),
        "dependencies": [{"ref": main, "dependsOn": sorted(str(each["bom-ref"]) for each in components)}],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _version_8(content: bytes) -> bytes:
    """Mark 16 bytes as a UUID of one's own making (RFC 9562, 5.8)."""
    marked = bytearray(content)
    marked[6] = marked[6] & 0x0F | 0x80
    marked[8] = marked[8] & 0x3F | 0x80
    return bytes(marked)


def _component(name: str, version: str, licence: str, entry: Locked | None) -> dict[str, Any]:
    purl = f"pkg:pypi/{name}@{version}"
    found: dict[str, Any] = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    if licence:
        found["licenses"] = [_licence(licence)]
    if entry is not None:
        # One of these files was installed: pip refuses any other.
        found["properties"] = [{"name": "tirai:locked:sha256", "value": digest} for digest in entry.hashes]
    return found


def _licence(text: str) -> dict[str, Any]:
    if text in _SPDX:
        return {"license": {"id": _SPDX[text]}}
    if any(word in text for word in (" AND ", " OR ", " WITH ")):
        return {"expression": text}
    return {"license": {"name": text}}


def _interpreter() -> dict[str, Any]:
    version = platform.python_version()
    return {
        "type": "platform",
        "bom-ref": f"pkg:generic/python@{version}",
        "name": "python",
        "version": version,
        "purl": f"pkg:generic/python@{version}",
        "licenses": [{"license": {"id": "PSF-2.0"}}],
    }
