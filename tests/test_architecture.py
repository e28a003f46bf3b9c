"""The house stands as designed: every module imports, every room keeps to its size."""

import ast
import importlib
import warnings
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("directory", "bot", "web", "translations")
FILES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_every_module_imports_and_says_what_it_is_for(path: Path) -> None:
    assert importlib.import_module(module_name(path)).__doc__


def test_nothing_below_the_doors_knows_http_or_the_composition() -> None:
    """The layers are import-linter's; single modules at the top it cannot see."""
    wrong = []
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {
            alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
        }
        named |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        top = {name.split(".")[0] for name in named}
        below = path.relative_to(ROOT).parts[0] != "web"
        wrong += [f"{path}: {name}" for name in top & ({"app", "flask", "werkzeug"} if below else {"app"})]
    assert wrong == []


def test_the_shape_of_the_code_is_told() -> None:
    """Warns, never fails: people decide (STYLE: no function over 40 lines, signatures aside, no file over 400)."""
    long_ones = []
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > 400:
            long_ones.append(f"{path.relative_to(ROOT)}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > 45:
                    long_ones.append(f"{path.relative_to(ROOT)}: {node.name} has {length} lines")
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        for each in long_ones:
            warnings.warn(each, stacklevel=1)
