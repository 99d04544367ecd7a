"""Make the signed apt repository `dist/apt` from the packages that were built (`make apt-repo`).

Signed by the key that TIRAI_ARCHIVE_KEY names, otherwise by a test key that is made here and says so. The folder is all
that a web server needs; a new run adds packages and signs anew, which `Valid-Until` asks for once a week.
"""

import argparse
import sys

from linux.apt_repository import VALID_S, Repository
from steps import BUILD, DIST, architecture
from supply.signing import Purpose, signer_for


def main() -> int:
    """Take the packages, sign, and tell the key's fingerprint."""
    parser = argparse.ArgumentParser(prog="make apt-repo", description=__doc__)
    parser.add_argument("--days", type=int, default=VALID_S // 86_400, help="how long the index counts")
    asked = parser.parse_args()
    packages = sorted(BUILD.glob("deb/tirai-*.deb"))
    if not packages:
        print("No package is built yet: make deb ARGS=--only-build, make gateway-deb.", file=sys.stderr)
        return 5
    repository = Repository(DIST / "apt", architecture())
    repository.take(packages)
    signer = signer_for(Purpose.ARCHIVE)
    repository.sign(signer, valid_s=asked.days * 86_400)
    signer.end()
    print(f"{repository.folder}: {', '.join(each.name for each in packages)}")
    print(f"signed by {signer.fingerprint}{' (TEST key)' if signer.is_test else ''}, good for {asked.days} days")
    return 0


if __name__ == "__main__":
    sys.exit(main())
