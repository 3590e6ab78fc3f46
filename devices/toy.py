"""A login window in memory: a whole device in one short file, to learn from and to test with."""

import time

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from devices.actions import Action, Click, LongPress, MoveTo, Press, TypeText, Wait, describe
from devices.device import ActionRefused, Box, DeviceLost, Observation
from devices.stop import Stop
from devices.validity import refuse_invalid

SIZE = (640, 400)
BOXES = {"Name": Box(200, 80, 500, 120), "Password": Box(200, 150, 500, 190), "Sign in": Box(200, 230, 340, 274)}
KEYS = ("tab", "enter", "backspace")


class Toy:
    """Two fields and a button. Signing in needs a name and a password; a message below tells how it went."""

    def __init__(self, stop: Stop | None = None) -> None:
        self.name = "toy"
        self.fields = {"Name": "", "Password": ""}
        self.focus = "Name"
        self.message = "Please sign in"
        self._stop = stop or Stop()
        self._open = True

    def observe(self) -> Observation:
        if not self._open:
            raise DeviceLost("the toy was closed; open a new one")
        picture = Image.new("RGB", SIZE, "#e8ecf1")
        draw, font = ImageDraw.Draw(picture), ImageFont.load_default(22)
        draw.text((200, 28), "Toy login", "#1d2733", font)
        for name, box in BOXES.items():
            corners = (box.left, box.top, box.right, box.bottom)
            if name in self.fields:
                shown = "*" * len(self.fields[name]) if name == "Password" else self.fields[name]
                draw.rectangle(corners, "white", "#2563eb" if self.focus == name else "#8a94a3", 2)
                draw.text((box.left - 130, box.top + 6), name, "#1d2733", font)
                draw.text((box.left + 10, box.top + 6), shown, "#1d2733", font)
            else:
                draw.rectangle(corners, "#2563eb")
                draw.text((box.left + 32, box.top + 8), name, "white", font)
        draw.text((200, 310), self.message, "#1d2733", font)
        return Observation(np.asarray(picture), "Toy login", time.time())

    def perform(self, action: Action) -> None:
        if not self._open:
            raise DeviceLost("the toy was closed; open a new one")
        self._stop.check()
        refuse_invalid(action, SIZE)
        match action:
            case Click(at, "left", holding=()) | LongPress(at):
                self._activate(next((name for name, box in BOXES.items() if at in box), ""))
            case TypeText(text):
                self._type(text)
            case Press((key,)) if key in KEYS:
                self._type({"tab": "\t", "enter": "\n", "backspace": "\b"}[key])
            case Press(("ctrl", "a")):
                self.fields[self.focus] = ""
            case Wait(seconds):
                self._stop.wait(seconds)
            case MoveTo() | Click(holding=()):
                pass
            case _:
                raise ActionRefused(
                    f"the toy knows clicks, text, ctrl+a and the keys {', '.join(KEYS)}; found: {describe(action)}"
                )

    def _activate(self, name: str) -> None:
        if name in self.fields:
            self.focus = name
        elif name == "Sign in":
            complete = all(self.fields.values())
            self.message = f"Welcome, {self.fields['Name']}" if complete else "Name and password, please"

    def _type(self, text: str) -> None:
        for character in text:
            match character:
                case "\t":
                    self.focus = "Password" if self.focus == "Name" else "Name"
                case "\n":
                    self._activate("Sign in")
                case "\b":
                    self.fields[self.focus] = self.fields[self.focus][:-1]
                case _:
                    self.fields[self.focus] += character

    def close(self) -> None:
        self._open = False
