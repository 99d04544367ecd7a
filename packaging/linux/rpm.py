"""The tree of a Debian package as an RPM: same files, same times, signed by rpmsign.

Invariants: packed twice, the same bytes (fixed host, SOURCE_DATE_EPOCH, clamped times), compared before it is signed;
`Requires` are the libraries by their sonames, which every RPM system provides under the same name, and are computed
from the bundle, not written by hand. Whether Fedora and RHEL have all of them was not tried here.
"""

import os
import shutil
import subprocess
from pathlib import Path

from linux.elf import binaries_of
from steps import BUILD, MAINTAINER, REVISION, emptied, epoch, said
from supply.signing import Signer

from app import __version__

SCRIPTS = {"preinst": "pre", "postinst": "post", "prerm": "preun", "postrm": "postun"}
LEFT_OUT = ("DEBIAN", "usr/share/lintian")
_SPEC = """\
%global _build_id_links none
%global __os_install_post %{{nil}}
%global debug_package %{{nil}}
%global _buildhost tirai
%global use_source_date_epoch_as_buildtime 1
%global clamp_mtime_to_source_date_epoch 1
%global _binary_payload w9.zstdio
Name: {name}
Version: {version}
Release: {release}
Summary: {summary}
License: Apache-2.0
Vendor: {vendor}
AutoReqProv: no
{requires}
{more}
%description
{description}
%install
mkdir -p %{{buildroot}}
cp -a {tree}/. %{{buildroot}}/
{scripts}
%files
%defattr(-,root,root,-)
{files}
"""


def build(tree: Path, name: str, summary: str, description: str, bundle: Path, more: str = "") -> Path:
    """Write the unsigned RPM.

    Args:
        tree: what is installed, with its DEBIAN folder, which stays out.
        name: of the package.
        summary: one line.
        description: text.
        bundle: where the program's libraries lie in the tree.
        more: further lines of the head.

    Returns:
        Its path.
    """
    work = emptied(BUILD / "rpm" / name)
    laid = work / "tree"
    shutil.copytree(tree, laid, symlinks=True)
    for place in LEFT_OUT:
        shutil.rmtree(laid / place, ignore_errors=True)
    spec = _SPEC.format(
        name=name,
        version=__version__,
        release=REVISION,
        summary=summary,
        vendor=MAINTAINER.split(" <", maxsplit=1)[0],
        requires="\n".join(f"Requires: {each}" for each in requires(laid / bundle)),
        more=more,
        description=description,
        tree=laid,
        scripts=_scripts(tree / "DEBIAN"),
        files="\n".join(_files(laid)),
    )
    (work / f"{name}.spec").write_text(spec)
    settings = os.environ | {"SOURCE_DATE_EPOCH": str(epoch()), "HOME": str(work)}
    line = ["rpmbuild", "--quiet", "-bb", "--define", f"_topdir {work}/top", f"{work}/{name}.spec"]
    subprocess.run(line, cwd=work, env=settings, check=True)
    return next((work / "top/RPMS").rglob("*.rpm"))


def requires(bundle: Path) -> list[str]:
    """The libraries that the bundle links and does not bring, as RPM names them, and the C library's newest version."""
    binaries = binaries_of(bundle)
    told = said("objdump", "-p", *binaries)
    needed = {line.split()[1] for line in told.splitlines() if line.strip().startswith("NEEDED")}
    outside = sorted(needed - {path.name for path in bundle.rglob("*.so*")})
    versions = {word for line in told.splitlines() for word in line.split() if word.startswith("GLIBC_2.")}
    newest = max(versions, key=lambda word: [int(part) for part in word.removeprefix("GLIBC_").split(".")])
    found = [f"{soname}()(64bit)" for soname in outside if not soname.startswith("ld-linux")]
    return [*found, f"libc.so.6({newest})(64bit)"]


def _scripts(folder: Path) -> str:
    """Debian's scripts under RPM's words: it says how many versions will be there, Debian says what happens."""
    parts = []
    for name, section in SCRIPTS.items():
        file = folder / name
        if not file.is_file():
            continue
        happens = {
            "pre": 'if [ "$1" -gt 1 ]; then set -- upgrade; else set -- install; fi',
            "post": "set -- configure",
            "preun": 'if [ "$1" -eq 0 ]; then set -- remove; else set -- upgrade; fi',
            "postun": 'if [ "$1" -eq 0 ]; then set -- remove; else set -- upgrade; fi',
        }[section]
        body = file.read_text().split("\n", 1)[1].replace("%", "%%")
        parts.append(f"%{section}\n{happens}\n{body}")
    return "\n".join(parts)


def _files(tree: Path) -> list[str]:
    """The tree's own files and folders; of folders that the system has, only what lies in them."""
    found = []
    for path in sorted(tree.rglob("*")):
        place = "/" + str(path.relative_to(tree))
        if path.is_symlink() or path.is_file():
            mark = "%config(noreplace) " if place.startswith("/etc/") else ""
            found.append(f'{mark}"{place}"')
        elif any(part.startswith("tirai") or part == "policy.d" for part in path.relative_to(tree).parts):
            found.append(f'%dir "{place}"')
    return found


def sign(package: Path, signer: Signer) -> None:
    """Put the signature into the package."""
    line = ["rpmsign", "--define", f"_gpg_name {signer.fingerprint}", "--define", "_openpgp_sign gpg"]
    subprocess.run([*line, "--addsign", package], env=signer.settings, check=True, stdout=subprocess.DEVNULL)


def check(package: Path, database: Path, *, all_signed: bool = True) -> tuple[bool, str]:
    """Whether `rpm -K` takes the package by the keys of a database, and what it says.

    Args:
        package: which one.
        database: a folder of rpm's; keys come in by `trust`.
        all_signed: demand a signature (`_pkgverify_level all`), which rpm does not by itself.
    """
    database.mkdir(parents=True, exist_ok=True)
    level = ["--define", "_pkgverify_level all"] if all_signed else []
    line = ["rpm", "--dbpath", str(database), *level, "-Kv", str(package)]
    done = subprocess.run(line, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode == 0, done.stdout


def trust(database: Path, key: Path) -> None:
    """Take a public key (armored) into a database."""
    database.mkdir(parents=True, exist_ok=True)
    subprocess.run(["rpm", "--dbpath", str(database), "--import", str(key)], check=True)
