"""The doctor's own window: prints, as JSON lines, which keys reached it and what text it holds.

Run as a file, so that it starts without the rest of the project; it goes when its standard input closes.
"""

import json
import os
import sys
import threading
import tkinter

TITLE = "Screenhand doctor"


def _main() -> None:
    window = tkinter.Tk()
    window.title(TITLE)
    window.geometry("480x160+200+200")
    window.attributes("-topmost", True)
    field = tkinter.Text(window, font=("sans", 14), background="white", foreground="black")
    field.pack(fill="both", expand=True)
    field.focus_set()

    def tell(event: "tkinter.Event[tkinter.Text]") -> None:
        line = {"key": event.keysym, "text": field.get("1.0", "end-1c")}
        print(json.dumps(line), flush=True)  # noqa: T201 - standard output is how it tells

    def leave() -> None:
        sys.stdin.read()
        os._exit(0)  # no thread but tkinter's own may end it properly

    field.bind("<KeyRelease>", tell)
    threading.Thread(target=leave, daemon=True).start()
    window.mainloop()


if __name__ == "__main__":
    _main()
