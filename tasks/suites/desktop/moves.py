"""The moves and the setup that several oracles share."""

from collections.abc import Callable

from devices import OpenApp, Press, Probe

CALCULATOR, EDITOR, FILES, TERMINAL = (
    OpenApp(name) for name in ("calculator", "text editor", "file manager", "terminal")
)
ENTER, TAB, OPEN, SAVE = Press(("enter",)), Press(("tab",)), Press(("ctrl", "o")), Press(("ctrl", "s"))
SELECT_ALL, END = Press(("ctrl", "a")), Press(("ctrl", "end"))


def holding(files: dict[str, str]) -> Callable[[Probe], None]:
    """A setup that writes `files`, from path to text, before the task begins."""

    def setup(probe: Probe) -> None:
        for path, text in files.items():
            probe.write(path, text.encode())

    return setup
