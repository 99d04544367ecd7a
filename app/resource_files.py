"""Where Tirai's data files lie: `resources/` in a checkout, `app/_resources` in a wheel.

The one function that knows both places (`decisions.md`). It stands outside the layers because screens, sources and
the office all read data files, and it imports nothing of Tirai. Invariant: a path never leaves the resource folder.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_PLACES = (_PACKAGE / "_resources", _PACKAGE.parent / "resources")


def resource_path(*parts: str) -> Path:
    """The path of a data file or folder, for example `resource_path("policy", "default.toml")`.

    Raises:
        FileNotFoundError: no such resource, or the path would leave the resource folder.
    """
    for place in _PLACES:
        path = place.joinpath(*parts)
        if path.exists() and path.resolve().is_relative_to(place):
            return path
    raise FileNotFoundError(f"no resource {'/'.join(parts)}")


def resource_text(*parts: str) -> str:
    """The text (UTF-8) of a data file.

    Raises:
        FileNotFoundError: no such resource.
    """
    return resource_path(*parts).read_text(encoding="utf-8")
