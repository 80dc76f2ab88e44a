"""Rules for Python: sizes, names, first sentences, money without floats."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from financeflow.tests.house.places import name_of

MOST_LINES, MOST_LINES_WITH_REASON = 300, 400
MOST_FUNCTION_LINES = 40
MOST_VIEW_LINES = 12
BANNED = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "data", "process", "handle"}
DOORS = {"member", "passer_by", "signed_in", "listening_member"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def complaints(path: Path, *, long_for: dict[str, str] | None = None) -> list[str]:
    """What is wrong with one module."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    found = [
        *_size(path, text, long_for or {}),
        *_first_sentence(tree),
        *_functions(tree),
        *_names(path, tree),
        *_imports(tree),
    ]
    return [f"{name_of(path)}: {complaint}" for complaint in found]


def _size(path: Path, text: str, long_for: dict[str, str]) -> Iterator[str]:
    lines = text.count("\n")
    most = MOST_LINES_WITH_REASON if name_of(path) in long_for else MOST_LINES
    if lines > most:
        yield f"has {lines} lines, not at most {most}: make it a folder of the same name"


def _first_sentence(tree: ast.Module) -> Iterator[str]:
    first = (ast.get_docstring(tree) or "").partition("\n\n")[0]
    if not first:
        yield "opens with no sentence that says what it is"
    elif not first.endswith(".") or "\n" in first:
        yield f"opens with something that is not a sentence on one line: {first!r}"


def _functions(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, Function):
            if (lines := _length(node, node.lineno)) > MOST_FUNCTION_LINES:
                yield f"{node.name} has {lines} lines, not at most {MOST_FUNCTION_LINES}"
            if _is_view(node) and (lines := _length(node, _first_line(node))) > MOST_VIEW_LINES:
                yield f"the view {node.name} has {lines} lines, not at most {MOST_VIEW_LINES}"


def _length(node: Function, first: int) -> int:
    return (node.end_lineno or first) - first + 1


def _first_line(node: Function) -> int:
    """Where the body begins, after its docstring."""
    told = ast.get_docstring(node) is not None and len(node.body) > 1
    return node.body[1 if told else 0].lineno


def _is_view(node: Function) -> bool:
    calls = [each.func if isinstance(each, ast.Call) else each for each in node.decorator_list]
    return any(isinstance(call, ast.Name) and call.id in DOORS for call in calls)


def _names(path: Path, tree: ast.Module) -> Iterator[str]:
    if path.stem in BANNED:
        yield f"no module may be called {path.stem}"
    inherited = set(_methods_of_heirs(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and _is_banned_class(node):
            yield f"no class may be called {node.name}"
        elif isinstance(node, Function) and node.name in BANNED and node not in inherited:
            yield f"no function may be called {node.name}"


def _methods_of_heirs(tree: ast.Module) -> Iterator[ast.AST]:
    """Methods whose name may have been chosen by the class they come from, such as Command.handle."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.bases:
            yield from node.body


def _is_banned_class(node: ast.ClassDef) -> bool:
    name = node.name.lower()
    bases = {each.id if isinstance(each, ast.Name) else getattr(each, "attr", "") for each in map(_bare, node.bases)}
    if name.endswith("manager") and any(base.endswith("Manager") for base in bases):
        return False
    return any(name.endswith(banned) for banned in BANNED)


def _bare(base: ast.expr) -> ast.expr:
    return base.value if isinstance(base, ast.Subscript) else base


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        named = (
            [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else [getattr(node, "attr", "")]
        )
        if "post_save" in named:
            yield "listens to post_save: say it in an action"


def float_complaints(path: Path) -> list[str]:
    """Where a module that has to do with money uses a number that is not exact."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        if name in {"float", "FloatField", "DecimalField"}:
            found.append(f"{name_of(path)}:{node.lineno}: {name} is no money")  # type: ignore[attr-defined]
        elif isinstance(node, ast.Constant) and isinstance(node.value, float):
            found.append(f"{name_of(path)}:{node.lineno}: {node.value} is a float")
    return found
