"""A Tk text field on $DISPLAY, its title the argument. For every line on stdin it tells its text and empties itself."""

import json
import sys
import tkinter

root = tkinter.Tk()
root.title((*sys.argv, "Tk field")[1])
root.geometry("400x200")
field = tkinter.Text(root)
field.pack(fill="both", expand=True)
field.focus_set()


def answer(*_: object) -> None:
    if not sys.stdin.readline():
        root.destroy()
        return
    root.update()
    print(json.dumps(field.get("1.0", "end-1c")), flush=True)  # noqa: T201 - its answer
    field.delete("1.0", "end")


root.createfilehandler(sys.stdin, tkinter.READABLE, answer)
root.update()
print("ready", flush=True)  # noqa: T201
root.mainloop()
