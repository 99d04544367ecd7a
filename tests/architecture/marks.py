"""Tests by what they say they show: the marks `asvs` and `attack`, read from the source without running anything."""

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]


def marked(mark: str) -> dict[str, list[str]]:
    """Tests by each argument of `@pytest.mark.<mark>(...)`, as `path:function`."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                for shown in _arguments(node, mark):
                    found[shown].append(f"{path.relative_to(ROOT)}:{node.name}")
    return dict(found)


def _arguments(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, mark: str) -> list[str]:
    calls = [d for d in node.decorator_list if isinstance(d, ast.Call) and ast.unparse(d.func) == f"pytest.mark.{mark}"]
    return [str(ast.literal_eval(argument)) for call in calls for argument in call.args]
