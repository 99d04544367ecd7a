"""The documents speak of what exists: files, functions, tests, links, commands."""

import ast
import functools
import re
import shlex
from pathlib import Path

import pytest
import typer

from app.cli import app as tirai

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
DECISIONS = sorted((ROOT / "docs" / "adr").glob("0*.md"))
TRACED = ("docs/request-flow.md", "docs/threat-model.md")

REFERENCE = re.compile(r"`((?:app|tests|resources)/[\w./-]*)(?::([A-Za-z_][\w.]*))?`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`((?:make|tirai) [^`]+)`")


def named(documents: list[Path]) -> list[str]:
    return [str(document.relative_to(ROOT)) for document in documents]


def without_fences(text: str) -> str:
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


@functools.cache
def names_in(module: Path) -> frozenset[str]:
    """Functions, classes and constants of a module, and a class's own as `Class.name`."""
    names: set[str] = set()
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        names |= _names_of(node)
        if isinstance(node, ast.ClassDef):
            names |= {f"{node.name}.{name}" for inner in node.body for name in _names_of(inner)}
    return frozenset(names)


def _names_of(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return {node.target.id}
    if isinstance(node, ast.Assign):
        return {target.id for target in node.targets if isinstance(target, ast.Name)}
    return set()


def anchors_of(document: Path) -> set[str]:
    """Headings as a web view names them."""
    headings = re.findall(r"^#+ (.+)$", without_fences(document.read_text(encoding="utf-8")), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=named(DOCUMENTS))
def test_that_every_file_and_function_that_a_document_names_exists(document: Path) -> None:
    missing = []
    for path, name in REFERENCE.findall(document.read_text(encoding="utf-8")):
        target = ROOT / path
        if not target.exists() or (name and name not in names_in(target)):
            missing.append(f"{path}:{name}")
    assert not missing


@pytest.mark.parametrize("document", TRACED)
def test_that_the_traced_documents_name_files_at_all(document: str) -> None:
    assert len(REFERENCE.findall((ROOT / document).read_text(encoding="utf-8"))) > 20


def test_that_each_adversary_has_a_row_and_each_security_test_a_place() -> None:
    text = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| (T\d+) \|", text, flags=re.MULTILINE)) == {f"T{n}" for n in range(1, 11)}
    tests = {f"tests/security/{path.name}" for path in (ROOT / "tests" / "security").glob("test_*.py")}
    assert not {test for test in tests if f"`{test}`" not in text}, "name it in docs/threat-model.md, at what it shows"


def test_that_each_claim_of_the_threat_model_names_its_enforcer_and_a_test() -> None:
    text = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if re.match(r"\| T\d+ \|", line)]
    for row in rows:
        who, claim, enforcer, shown = (cell.strip() for cell in row.strip("|").split("|")[1:])
        assert who, row
        assert claim, row
        assert set(re.split(r"[,;] ", enforcer)) <= {"key", "authority", "process", "software"}, row
        assert re.fullmatch(r"`tests/[^`]+\.py`(, `tests/[^`]+\.py`)*", shown), row
    rules = text.partition("## Rules that carry several rows")[2].partition("Sealed values are claimed")[0]
    for rule in re.split(r"^- ", rules, flags=re.MULTILINE)[1:]:
        assert re.search(r"`tests/[^`]+\.py`", rule), rule


@pytest.mark.parametrize("document", DOCUMENTS, ids=named(DOCUMENTS))
def test_that_every_link_leads_somewhere(document: Path) -> None:
    broken = []
    for link in LINK.findall(without_fences(document.read_text(encoding="utf-8"))):
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            broken.append(link)
    assert not broken


def test_that_every_decision_is_listed_and_has_its_four_parts() -> None:
    index = (ROOT / "docs" / "adr" / "index.md").read_text(encoding="utf-8")
    for decision in DECISIONS:
        text = decision.read_text(encoding="utf-8")
        title = text.splitlines()[0]
        assert title.startswith(f"# {decision.name[:4]} ")
        assert f"[{decision.name[:4]}]({decision.name})" in index
        for part in ("**Context.**", "**Decision.**", "**Weighed.**", "**Consequences.**"):
            assert part in text, f"{decision.name} lacks {part}"


def commands_in(text: str) -> list[list[str]]:
    """Lines of the shell blocks and commands within sentences, split into words, without comments."""
    lines = [line for block in FENCE.findall(text) for line in block.splitlines()] + INLINE.findall(text)
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def check_command(words: list[str]) -> None:
    """Follow a line to its command; a name or an option that is not there fails."""
    command, rest = typer.main.get_command(tirai), words[1:]
    while (commands := getattr(command, "commands", None)) and rest and not rest[0].startswith("-"):
        assert rest[0] in commands, f"no command {' '.join(words)}"
        command, rest = commands[rest[0]], rest[1:]
    known = {option for parameter in command.params for option in parameter.opts}
    unknown = {word for word in rest if word.startswith("--")} - known
    assert not unknown, f"{' '.join(words)}: no {unknown}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=named(DOCUMENTS))
def test_that_every_command_that_a_document_shows_exists(document: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    tasks = next(line for line in makefile.splitlines() if line.startswith("TASKS :=")).split()[2:]
    shown = commands_in(document.read_text(encoding="utf-8"))
    for words in shown:
        if words[0] == "make":
            assert words[1] in tasks
        elif words[0] == "tirai":
            check_command(words)


def test_that_the_readme_shows_the_two_commands_and_the_way_of_a_real_office() -> None:
    shown = {" ".join(words[:3]) for words in commands_in((ROOT / "README.md").read_text(encoding="utf-8"))}
    assert {"make run", "make test", "tirai setup", "tirai"} <= shown
    assert {"tirai account add", "tirai account activate", "tirai account grant", "tirai audit verify"} <= shown
    assert "tirai import customers.csv" in shown
