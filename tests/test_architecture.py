"""The house keeps its shape: imports point one way, the loop stays short, and nothing runs what it reads."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path, PurePath

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = {"devices": {"devices"}, "tasks": {"devices", "tasks"}, "agent": {"devices", "tasks", "agent"}}
TEXTS = {
    path.relative_to(ROOT): path.read_text() for package in ALLOWED for path in sorted((ROOT / package).rglob("*.py"))
}
TREES = {path: ast.parse(text) for path, text in TEXTS.items()}
FILES = {".".join(path.with_suffix("").parts).removesuffix(".__init__"): path for path in TREES}
FOLDERS = sorted({path.parent for path in TREES})


def imports(tree: ast.AST) -> Iterator[str]:
    """The dotted names of what is imported, in functions and for types too: modules, and names in modules."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide which way they point"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def file_of(name: str) -> PurePath | None:
    """Our file that the dotted `name` is, or is defined in; None for what is not ours."""
    return FILES.get(name) or FILES.get(name.rpartition(".")[0])


Arrow = tuple[PurePath, PurePath]
ARROWS: list[Arrow] = [
    (path, file) for path, tree in TREES.items() for file in map(file_of, imports(tree)) if file is not None
]


def circle_in(arrows: Iterable[Arrow]) -> list[str]:
    """The nodes of one circle that the arrows form; empty when there is none."""
    graph: dict[PurePath, set[PurePath]] = defaultdict(set)
    for begin, end in arrows:
        if begin != end:
            graph[begin].add(end)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [str(node) for node in error.args[1]]
    return []


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def test_imports_point_one_way() -> None:
    assert len(TREES) > 300
    for path, tree in TREES.items():
        ours = {name.split(".")[0] for name in imports(tree)} & ALLOWED.keys()
        assert ours <= ALLOWED[path.parts[0]], f"{path} reaches back into {ours - ALLOWED[path.parts[0]]}"


def test_a_circle_is_seen_where_there_is_one() -> None:
    one, two, three = map(PurePath, ("one", "two", "three"))
    assert set(circle_in([(one, two), (two, three), (three, two)])) == {"two", "three"}
    assert len(ARROWS) > 1000
    assert circle_in([*ARROWS, (PurePath("devices/device.py"), PurePath("agent/loop.py"))])


def test_no_file_is_imported_in_a_circle() -> None:
    assert circle_in(ARROWS) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_no_room_is_imported_in_a_circle(folder: PurePath) -> None:
    """What lies in one folder, files and rooms, forms no circle; the folder's own front door is no part of it."""
    depth = len(folder.parts) + 1
    rooms = (
        (PurePath(*begin.parts[:depth]), PurePath(*end.parts[:depth]))
        for begin, end in ARROWS
        if folder in begin.parents and folder in end.parents and folder / "__init__.py" not in (begin, end)
    )
    assert circle_in(rooms) == []


def test_nothing_that_is_read_is_ever_run_and_nobody_sleeps() -> None:
    for path, tree in TREES.items():
        assert not {"pickle", "marshal", "shelve", "dill"} & {name.split(".")[0] for name in imports(tree)}, path
        for name, call in calls(tree):
            where = f"{path}: {ast.unparse(call)}"
            assert name not in {"eval", "exec", "compile", "__import__", "os.system", "os.popen"}, where
            assert name not in {"time.sleep", "sleep"}, f"waiting has one owner, Stop: {where}"
            assert not any(keyword.arg == "shell" for keyword in call.keywords), where


def test_a_file_starts_with_a_sentence_and_stays_small() -> None:
    for path, text in TEXTS.items():
        assert ast.get_docstring(TREES[path]), f"say in one sentence what {path} is"
        assert len(text.splitlines()) <= 250, f"past 250 lines the shape of {path} is wrong"


def test_no_class_is_named_twice_for_two_ideas() -> None:
    """One name, one idea: what stands twice on purpose is listed here, each with its reason."""
    homes: dict[str, list[PurePath]] = defaultdict(list)
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(path)
    twice = {name: [str(path) for path in paths] for name, paths in homes.items() if len(paths) > 1}
    assert {name: paths for name, paths in twice.items() if name not in SAME_IDEA} == {}


SAME_IDEA = {
    "Capture": "the screen as pixels, of a desktop and of a phone",
    "Deadline": "how long one call may take, to a phone and to a model's server",
    "InputEvent": "one event of an input device, as X and as Android's kernel report it",
    "Key": "a key by the names people use, and its number on a desktop and on a phone",
}


def test_the_loop_is_read_in_two_minutes() -> None:
    assert len((ROOT / "agent" / "loop.py").read_text().splitlines()) < 100
