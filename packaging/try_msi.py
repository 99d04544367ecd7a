"""Try the Windows packages that `make msi` built: signatures by osslsigncode, and under Wine (`make msi-check`).

Writes `build/msi/report.json`. Exit codes: 0 all good; 1 something failed; 5 nothing is built.
"""

import sys

from make_msi import BUILD, EXIT_ENVIRONMENT, EXIT_FAILED
from windows.signing import SigningError, signer
from windows.trying import try_packages


def main() -> int:
    """Try what is there."""
    if not any(BUILD.glob("*.msi")):
        print("Nothing is built: make msi.", file=sys.stderr)
        return EXIT_ENVIRONMENT
    try:
        with signer(BUILD / "authority") as signs:
            return 0 if try_packages(BUILD, signs) else EXIT_FAILED
    except SigningError as error:
        print(error, file=sys.stderr)
        return EXIT_ENVIRONMENT


if __name__ == "__main__":
    sys.exit(main())
