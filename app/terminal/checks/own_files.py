"""Whether the installed program's own files are those that were built, and which are not."""

from app.integrity.installed import OwnFilesError, installed
from app.terminal.checks.finding import CheckState, Detail, Told

_NAMED = 5


def own_files() -> Told:
    """Signature, folder and every file (F1, F2)."""
    program = installed()
    if program is None:
        return Told("not an installed program", CheckState.UNKNOWN, {"files": 0})
    try:
        looked = program.look()
    except OwnFilesError as error:
        return Told(f"{error.code}: {error.detail}", CheckState.NOT, {"files": 0}, is_proof=True)
    details: dict[str, Detail] = {"files": looked.files, "bytes": looked.size, "faults": len(looked.faults)}
    details |= {"key": looked.key, "test_key": looked.is_test}
    details |= {f"{name}_ms": round(seconds * 1000) for name, seconds in looked.seconds.items()}
    if looked.faults:
        named = ", ".join(f"{fault.path} ({fault.kind})" for fault in looked.faults[:_NAMED])
        more = f" and {len(looked.faults) - _NAMED} more" if len(looked.faults) > _NAMED else ""
        return Told(f"F1: {named}{more}", CheckState.NOT, details, is_proof=True)
    key = "a test key" if looked.is_test else f"key {looked.key[:8]}"
    cost = f"{looked.seconds['folder'] + looked.seconds['start']:.2f} s before a start"
    all_of_it = sum(looked.seconds.values())
    size = f"{looked.files} files, {looked.size / 1e6:.0f} MB"
    return Told(f"{size}, signed with {key}; {cost}, {all_of_it:.2f} s in all", CheckState.OK, details)
