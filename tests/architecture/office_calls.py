"""Finds calls of the session that are made on the GUI thread: what is said in `app/ui` of its use cases, by its syntax.

A use case is known by its annotation (`...UseCases`) and by what is taken from it. A function *blocks* if it names a
method of one outside the work that is handed to `Tasks.run`, or calls a function of its file that blocks. That is right
only if somebody hands it, or its caller, to `Tasks.run`: a function that blocks, that nobody calls in its file and that
is handed to no task is a fault.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

UI = Path(__file__).resolve().parents[2] / "app" / "ui"
RUNNERS = {"tasks.run": 0, "acting.do": 1}
"""What hands work to a task, and which of its arguments that is: `Tasks.run`, and `accounts/acting.py:Acting.do`."""
BY_NAME = {"desk": "DeskUseCases", "_desk": "DeskUseCases"}
"""Another object's attribute of this name is one, too."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class UseCase:
    """What a protocol of use cases has."""

    methods: frozenset[str]
    parts: Mapping[str, str]


def use_cases(root: Path = UI) -> dict[str, UseCase]:
    """All protocols of `use_cases.py` and its like, by name."""
    found = {}
    for path in sorted(root.rglob("*use_cases.py")):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and any("Protocol" in ast.unparse(base) for base in node.bases):
                parts = [m for m in node.body if isinstance(m, ast.FunctionDef)]
                is_part = {m.name: any("property" in ast.unparse(d) for d in m.decorator_list) for m in parts}
                returns = {m.name: type_name(m.returns) for m in parts if is_part[m.name]}
                methods = frozenset(name for name, part in is_part.items() if not part)
                found[node.name] = UseCase(methods, {name: kind for name, kind in returns.items() if kind})
    return found


def type_name(node: ast.expr | None) -> str:
    """The use case in an annotation, or empty."""
    if node is None:
        return ""
    words = ast.unparse(node).strip("'\"").replace("'", "").split("|")
    names = [word.strip().rpartition(".")[2] for word in words]
    return next((name for name in names if name.endswith("UseCases")), "")


@dataclass
class Place:
    """A function of a file.

    Attributes:
        names: methods of use cases that it names, outside the work of a task: `Protocol.method` and line.
        calls: functions of its file that it names so.
    """

    name: str
    line: int
    names: list[tuple[str, int]] = field(default_factory=list)
    calls: set[str] = field(default_factory=set)


class File:
    """One file, read."""

    def __init__(self, source: str, known: Mapping[str, UseCase], pure: frozenset[str]) -> None:
        self._known, self._pure = known, pure
        self.places: dict[str, Place] = {}
        self.handed: set[str] = set()
        tree = ast.parse(source)
        functions = [node for node in ast.walk(tree) if isinstance(node, Function)]
        classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
        self._methods = frozenset(id(inner) for node in classes for inner in node.body if isinstance(inner, Function))
        self._defined = {own(node, self._methods) for node in functions}
        self._carriers = carriers(functions, self._methods)
        for node in tree.body:
            self._read_top(node)

    def _read_top(self, node: ast.stmt) -> None:
        if isinstance(node, ast.ClassDef):
            fields = {}
            for inner in node.body:
                if isinstance(inner, ast.AnnAssign) and (kind := type_name(inner.annotation)):
                    fields[f"self.{ast.unparse(inner.target)}"] = kind
            functions = [inner for inner in node.body if isinstance(inner, Function)]
            for function in functions:
                self._learn(function, fields)
            for function in functions:
                self._read(function, dict(fields))
        elif isinstance(node, Function):
            self._read(node, {})

    def _learn(self, function: Function, types: dict[str, str]) -> None:
        """What attributes of `self` are use cases."""
        local = self._parameters(function)
        for node in ast.walk(function):
            for target, value in assignments(node):
                kind = self._kind(value, {**types, **local}) if value is not None else ""
                if kind and ast.unparse(target).startswith("self."):
                    types[ast.unparse(target)] = kind
            if isinstance(node, ast.AnnAssign) and (kind := type_name(node.annotation)):
                types[ast.unparse(node.target)] = kind

    def _parameters(self, function: Function) -> dict[str, str]:
        every = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        return {arg.arg: kind for arg in every if (kind := type_name(arg.annotation))}

    def _read(self, function: Function, types: dict[str, str]) -> None:
        types = types | self._parameters(function)
        name = own(function, self._methods)
        place = self.places.setdefault(name, Place(name, function.lineno))
        for node in ast.walk(function):
            for target, value in assignments(node):
                if value is not None and isinstance(target, ast.Name) and (kind := self._kind(value, types)):
                    types[target.id] = kind
        for statement in function.body:
            self._look(statement, types, place)

    def _look(self, node: ast.AST, types: dict[str, str], place: Place) -> None:
        if isinstance(node, Function):
            self._read(node, dict(types))
            return
        if isinstance(node, ast.Call) and (works := works_of(node, self._carriers)):
            for work in works:
                self._hand_over(work)
            for other in (node.func, *node.args, *(word.value for word in node.keywords)):
                if other not in works:
                    self._look(other, types, place)
            return
        self._note(node, types, place)
        for child in ast.iter_child_nodes(node):
            self._look(child, types, place)

    def _hand_over(self, work: ast.expr) -> None:
        for node in ast.walk(work):
            name = own_name(node)
            if name in self._defined:
                self.handed.add(name)

    def _note(self, node: ast.AST, types: dict[str, str], place: Place) -> None:
        name = own_name(node)
        if name in self._defined and name != place.name:
            place.calls.add(name)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            kind = self._kind(node.value, types)
            if kind in self._known and node.attr in self._known[kind].methods:
                full = f"{kind}.{node.attr}"
                if full not in self._pure:
                    place.names.append((full, node.lineno))

    def _kind(self, node: ast.expr, types: Mapping[str, str]) -> str:
        """Which use case an expression is, or empty."""
        if (known := types.get(ast.unparse(node))) is not None:
            return known
        if isinstance(node, ast.Attribute):
            above = self._kind(node.value, types)
            if above in self._known:
                return self._known[above].parts.get(node.attr, "")
            return BY_NAME.get(node.attr, "")
        return ""

    def faults(self) -> Iterator[str]:
        """Functions that block and are handed to no task, nor their callers, with what they ask."""
        asked = {name: [full for full, _line in place.names] for name, place in self.places.items()}
        while True:
            before = sum(map(len, asked.values()))
            for name, place in self.places.items():
                for called in place.calls:
                    asked[name] += [full for full in asked.get(called, ()) if full not in asked[name]]
            if sum(map(len, asked.values())) == before:
                break
        called_at_all = {called for place in self.places.values() for called in place.calls}
        for name, place in self.places.items():
            if asked[name] and name not in self.handed and name not in called_at_all:
                yield f"{place.line} {name}: {', '.join(sorted(set(asked[name])))}"


def own(function: Function, methods: frozenset[int]) -> str:
    """What a function is called in its file: `self.f` for a method, `f` for another."""
    return f"self.{function.name}" if id(function) in methods else function.name


def own_name(node: ast.AST) -> str:
    """The same of what is named somewhere."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"):
        return f"self.{node.attr}"
    return node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) else ""


def carriers(functions: list[Function], methods: frozenset[int]) -> dict[str, dict[str, int]]:
    """Functions of a file that hand a parameter on to a task: name and place of each such parameter, without `self`."""
    found: dict[str, dict[str, int]] = {}
    for _turn in range(3):  # one may hand it on to another one
        for function in functions:
            names = [arg.arg for arg in (*function.args.posonlyargs, *function.args.args) if arg.arg != "self"]
            at = {name: place for place, name in enumerate(names)} | {a.arg: -1 for a in function.args.kwonlyargs}
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                for work in works_of(call, found):
                    done = (node.func for node in ast.walk(work) if isinstance(node, ast.Call))
                    inside = {node.id for node in (work, *done) if isinstance(node, ast.Name)}
                    carried = {name: at[name] for name in inside & at.keys()}
                    if carried:
                        found.setdefault(own(function, methods), {}).update(carried)
    return found


def works_of(call: ast.Call, known: Mapping[str, Mapping[str, int]]) -> list[ast.expr]:
    """What a call hands to a task."""
    func = call.func
    for runner, at in RUNNERS.items():
        if ast.unparse(func).endswith(runner):
            return call.args[at : at + 1] or [word.value for word in call.keywords if word.arg == "work"]
    carried = known.get(own_name(func), {})
    works = [call.args[at] for at in carried.values() if 0 <= at < len(call.args)]
    return works + [word.value for word in call.keywords if word.arg in carried]


def assignments(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr | None]]:
    """Target and value of what is assigned, one by one where tuples are."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                yield from zip(target.elts, node.value.elts, strict=False)
            else:
                yield target, node.value
    elif isinstance(node, ast.NamedExpr):
        yield node.target, node.value


def faults_in(root: Path, pure: frozenset[str]) -> list[str]:
    """All faults below a folder: file, line, function, what it asks."""
    known = use_cases()
    return [
        f"{path.relative_to(root)}:{fault}"
        for path in sorted(root.rglob("*.py"))
        if not path.name.endswith("use_cases.py")
        and any(word in (source := path.read_text()) for word in ("desk", "UseCases"))
        for fault in File(source, known, pure).faults()
    ]
