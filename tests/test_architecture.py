"""The house keeps its shape: imports point one way, the loop stays short, and nothing runs what it reads."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = {"devices": {"devices"}, "tasks": {"devices", "tasks"}, "agent": {"devices", "tasks", "agent"}}
SOURCES = sorted(path for package in ALLOWED for path in (ROOT / package).rglob("*.py"))


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide which way they point"
            yield node.module or ""


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    ours = {name.split(".")[0] for name in imports(ast.parse(path.read_text()))} & ALLOWED.keys()
    assert ours <= ALLOWED[package], f"{path} reaches back into {ours - ALLOWED[package]}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_that_is_read_is_ever_run_and_nobody_sleeps(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert not {"pickle", "marshal", "shelve", "dill"} & set(imports(tree))
    for name, call in calls(tree):
        assert name not in {"eval", "exec", "compile", "__import__", "os.system", "os.popen"}, ast.unparse(call)
        assert name not in {"time.sleep", "sleep"}, f"waiting has one owner, Stop: {ast.unparse(call)}"
        assert not any(k.arg == "shell" for k in call.keywords), ast.unparse(call)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_starts_with_a_sentence_and_stays_small(path: Path) -> None:
    text = path.read_text()
    assert ast.get_docstring(ast.parse(text)), "say in one sentence what the file is"
    assert len(text.splitlines()) <= 250, "past 250 lines the shape is wrong"


def test_the_loop_is_read_in_two_minutes() -> None:
    assert len((ROOT / "agent" / "loop.py").read_text().splitlines()) < 100
