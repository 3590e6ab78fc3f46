"""Ready-made checks: what a file holds, what is on the screen, what was answered.

A check that cannot look raises; it never scores zero for that. Spacing and letter case matter in files only: a picture
read by OCR, a window's title and an answer in words are compared without them.
"""

import re
from collections.abc import Callable

from tasks.task import Check, Score, World

GRAMMAR = """\
file:PATH contains TEXT     file:~/notes.txt contains hello
file:PATH equals TEXT       file:/tmp/a.txt equals hello
file:PATH exists            file:~/Reports exists
file:PATH missing           file:~/old.txt missing
screen contains TEXT        screen contains Welcome back
window TITLE                window Mousepad
answer contains TEXT        answer contains 42
answer equals TEXT          answer equals Berlin"""
"""What `parse_check` reads, with an example for each form."""


def file_contains(path: str, text: str) -> Check:
    """The file holds `text` somewhere, to the letter."""
    return _file_check(path, f"contain {text!r}", lambda data: text.encode() in data)


def file_equals(path: str, text: str) -> Check:
    """The file holds `text` and nothing else, whether or not its last line ends with a newline."""
    wanted = text.encode().removesuffix(b"\n")
    return _file_check(path, f"equal {text!r}", lambda data: data.removesuffix(b"\n") == wanted)


def file_exists(path: str) -> Check:
    """There is a file or a folder at `path`."""

    def check(world: World) -> Score:
        return _score(_bytes_of(world, path) is not None, f"{path} exists", f"{path} does not exist")

    return check


def file_missing(path: str) -> Check:
    """There is nothing at `path`. An idle agent meets this too, unless something was there before."""

    def check(world: World) -> Score:
        return _score(_bytes_of(world, path) is None, f"{path} does not exist", f"{path} exists")

    return check


def folder_exists(path: str) -> Check:
    """There is a folder at `path`."""

    def check(world: World) -> Score:
        return _score(_bytes_of(world, path) == _FOLDER, f"{path} is a folder", f"{path} is no folder")

    return check


def screen_contains(text: str) -> Check:
    """`text` can be read on the screen."""

    def check(world: World) -> Score:
        seen = world.text_on_screen()
        return _score(_plain(text) in _plain(seen), f"{text!r} is on the screen", f"{text!r} is not among {seen!r}")

    return check


def window_titled(title: str) -> Check:
    """A window is open whose title contains `title`; on a phone, the application in front is called so."""

    def check(world: World) -> Score:
        titles = _titles(world)
        met = any(_plain(title) in _plain(each) for each in titles)
        return _score(met, f"a window is titled {title!r}", f"no window is titled {title!r}; open: {titles}")

    return check


def no_window_titled(title: str) -> Check:
    """No window is open whose title contains `title`. An idle agent meets this too, unless one was open before."""

    def check(world: World) -> Score:
        return _score(not (met := window_titled(title)(world)).passed, f"no window is titled {title!r}", met.reason)

    return check


def answer_contains(text: str) -> Check:
    """The answer has `text` in it, as whole words: 42 is not in 1420."""

    def check(world: World) -> Score:
        met = re.search(rf"(?<!\w){re.escape(_plain(text))}(?!\w)", _plain(world.answer)) is not None
        return _score(met, f"the answer has {text!r}", f"{text!r} is not in the answer {world.answer!r}")

    return check


def answer_equals(text: str) -> Check:
    """The answer is `text` and nothing else."""

    def check(world: World) -> Score:
        return _score(_plain(text) == _plain(world.answer), f"the answer is {text!r}", f"it is {world.answer!r}")

    return check


def all_of(*checks: Check) -> Check:
    """Every one of `checks`; the score is the share of them that are met."""

    def check(world: World) -> Score:
        scores = [part(world) for part in checks]
        return Score(sum(score.value for score in scores) / len(scores), "; ".join(score.reason for score in scores))

    return check


_FORMS: tuple[tuple[str, Callable[..., Check]], ...] = (
    (r"file:(.+?) contains (.+)", file_contains),
    (r"file:(.+?) equals (.+)", file_equals),
    (r"file:(.+) exists", file_exists),
    (r"file:(.+) missing", file_missing),
    (r"screen contains (.+)", screen_contains),
    (r"window (.+)", window_titled),
    (r"answer contains (.+)", answer_contains),
    (r"answer equals (.+)", answer_equals),
)


def parse_check(text: str) -> Check:
    """The check that `text` stands for; `GRAMMAR` shows the forms. Raises `ValueError` for anything else."""
    for form, make in _FORMS:
        if match := re.fullmatch(form, text.strip(), re.DOTALL):
            return make(*match.groups())
    raise ValueError(f"no such check: {text!r}. The forms, each with an example:\n{GRAMMAR}")


_FOLDER = b"\0a folder"


def _bytes_of(world: World, path: str) -> bytes | None:
    """What is in the file, `_FOLDER` for a folder, None when there is neither. Raises what else the probe raises."""
    try:
        return world.probe.read(path)
    except IsADirectoryError:
        return _FOLDER
    except (FileNotFoundError, NotADirectoryError):
        return None


def _file_check(path: str, wanted: str, met: Callable[[bytes], bool]) -> Check:
    def check(world: World) -> Score:
        data = _bytes_of(world, path)
        if data is None or data is _FOLDER:
            return Score(0.0, f"{path} does not {wanted}: {'it is a folder' if data else 'there is no such file'}")
        begins = f"{path} begins {data[:200].decode('utf-8', 'replace')!r}"
        return _score(met(data), begins, f"{begins}; it should {wanted}")

    return check


def _titles(world: World) -> list[str]:
    """The titles of the open windows; of a phone, whose screen shows one application, all its names."""
    seen = world.screen()
    windows = [element.text for element in seen.elements if element.role == "window"]
    if not windows and (component := re.match(r"[A-Za-z]\w*(\.\w+)+/\S+", seen.front)):
        return [*_labels(world, component[0]), seen.front]
    return windows


def _labels(world: World, component: str) -> list[str]:
    """What the launcher of a phone calls the application of `component`. Raises what the probe raises."""
    from devices.android.apps import LIST, read_apps

    package = component.partition("/")[0]
    return [app.label for app in read_apps(world.probe.run(tuple(LIST.split()))) if app.package == package]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _score(met: bool, reason: str, otherwise: str) -> Score:
    return Score(1.0, reason) if met else Score(0.0, otherwise)
