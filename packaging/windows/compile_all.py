"""Compile every Python source below a folder to a `.pyc` beside it, and remove the source.

Run by `layout` in a process of its own, so that one build's bytes equal another's. The code in them is not checked
against a source at each start (PEP 552, unchecked hash): there is none.
"""

import py_compile
import sys
from pathlib import Path


def main() -> int:
    """Compile; a source that does not compile stops the build, but for those that are not meant to be imported."""
    library = Path(sys.argv[1])
    for source in sorted(library.rglob("*.py"), key=lambda path: path.as_posix()):
        told = source.relative_to(library).as_posix()
        try:
            py_compile.compile(
                str(source),
                cfile=str(source.with_suffix(".pyc")),
                dfile=told,
                doraise=True,
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            )
        except (py_compile.PyCompileError, UnicodeDecodeError) as error:
            if told.startswith("app/"):
                raise
            print(f"left out: {told} ({type(error).__name__})")
        source.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
