"""A Tk window that tells, for every line on stdin, the pointer and key events it got since the last, as JSON."""

import json
import sys
import tkinter
from functools import partial

root = tkinter.Tk()
root.title("Tk events")
root.geometry("600x400")
seen: list[list[object]] = []

MODIFIERS = {1: "shift", 4: "ctrl", 8: "alt", 64: "super"}


def held(state: int | str) -> list[str]:
    return [name for bit, name in MODIFIERS.items() if int(state) & bit]


def button(event: "tkinter.Event[tkinter.Misc]") -> None:
    kind = "down" if event.type is tkinter.EventType.ButtonPress else "up"
    seen.append([kind, event.num, event.x_root, event.y_root, held(event.state)])


def repeated(count: str, event: "tkinter.Event[tkinter.Misc]") -> None:
    button(event)  # the more special binding of the two is the only one called
    seen.append([count])


def motion(event: "tkinter.Event[tkinter.Misc]") -> None:
    seen.append(["move", event.x_root, event.y_root, bool(int(event.state) & 0x100)])


def key(event: "tkinter.Event[tkinter.Misc]") -> None:
    kind = "key down" if event.type is tkinter.EventType.KeyPress else "key up"
    seen.append([kind, event.keysym])


def answer(*_: object) -> None:
    if not sys.stdin.readline():
        root.destroy()
        return
    root.update()
    print(json.dumps(seen), flush=True)  # noqa: T201 - its answer
    seen.clear()


for name in ("<ButtonPress>", "<ButtonRelease>"):
    root.bind(name, button)
for count in ("Double", "Triple"):
    root.bind(f"<{count}-Button-1>", partial(repeated, count))
root.bind("<Motion>", motion)
for name in ("<KeyPress>", "<KeyRelease>"):
    root.bind(name, key)
root.createfilehandler(sys.stdin, tkinter.READABLE, answer)
root.focus_set()
root.update()
print("ready", flush=True)  # noqa: T201
root.mainloop()
