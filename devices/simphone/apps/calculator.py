"""A calculator with the keys of a pocket one."""

from decimal import Decimal, DivisionByZero, InvalidOperation

from devices.simphone.components import app_bar, page, space
from devices.simphone.phone_system import App, AppScreen, Package, PhoneSystem
from devices.simphone.widget_types import FILL, Group, Text, Widget

PACKAGE = "com.android.calculator2"
KEYS = ("C()÷", "789×", "456−", "123+", "0.⌫=")
NAMES = {"C": "clear", "÷": "divide", "×": "multiply", "−": "minus", "+": "plus", "=": "equals", "⌫": "delete"}


def value(sum_: str) -> Decimal:
    """The value of a sum with + − × ÷, brackets and a leading minus; raises `ArithmeticError` when it has none."""
    left, at = _terms(sum_, 0)
    if at != len(sum_):
        raise InvalidOperation(f"not a sum: {sum_}")
    return left


def _terms(text: str, at: int) -> tuple[Decimal, int]:
    total, at = _factors(text, at)
    while at < len(text) and text[at] in "+−":
        sign = 1 if text[at] == "+" else -1
        more, at = _factors(text, at + 1)
        total += sign * more
    return total, at


def _factors(text: str, at: int) -> tuple[Decimal, int]:
    total, at = _number(text, at)
    while at < len(text) and text[at] in "×÷":
        times = text[at] == "×"
        more, at = _number(text, at + 1)
        total = total * more if times else total / more
    return total, at


def _number(text: str, at: int) -> tuple[Decimal, int]:
    if text[at : at + 1] == "−":
        number, at = _number(text, at + 1)
        return -number, at
    if text[at : at + 1] == "(":
        number, at = _terms(text, at + 1)
        return number, at + (text[at : at + 1] == ")")
    end = at
    while end < len(text) and text[end] in "0123456789.":
        end += 1
    return Decimal(text[at:end]), end


def calculator(system: PhoneSystem, screen: AppScreen) -> Widget:
    def press(key: str) -> None:
        typed = screen.extra.get("sum", "")
        match key:
            case "C":
                screen.extra.update(sum="", result="")
            case "⌫":
                screen.extra["sum"] = typed[:-1]
            case "=":
                try:
                    result = f"{value(typed).normalize():f}".replace("-", "−")[:16]
                except DivisionByZero:
                    result = "Can't divide by 0"
                except InvalidOperation:
                    result = "Format error"
                if result[0] in "−0123456789":
                    screen.extra.update(sum=result, result="", done="1")
                else:
                    screen.extra["result"] = result
                return
            case _:
                fresh = screen.extra.get("done") and key in "0123456789.("
                screen.extra.update(sum=key if fresh else (typed + key)[:40], result="")
        screen.extra["done"] = ""

    def hardware(char: str) -> None:
        name = {"*": "×", "/": "÷", "-": "−", "\n": "=", "\b": "⌫"}.get(char, char)
        if any(name in line for line in KEYS):
            press(name)

    screen.typed = hardware

    def key(name: str) -> Widget:
        color, ink = ("surface", "text") if name in "0123456789.⌫" else ("tint", "on_tint")
        if name == "=":
            color, ink = "primary", "on_primary"
        words = Text(text=name, size=26, color=ink, align="center")
        return Group(
            axis="over", children=(words,), weight=1, height=FILL, fill=color, radius=28, align="center",
            justify="center", press=lambda: press(name), desc=NAMES.get(name, ""), cls="android.widget.Button",
        )  # fmt: skip

    high = system.frame_size[0] < system.frame_size[1]
    rows = tuple(
        Group(axis="across", children=tuple(map(key, keys)), gap=10, height=72 if high else 40, align="stretch")
        for keys in KEYS
    )
    formula = Text(
        text=screen.extra.get("sum") or "0", size=40 if high else 24, align="end", lines=2, id=f"{PACKAGE}:id/formula"
    )
    result = Text(text=screen.extra.get("result") or " ", size=22, color="dim", align="end", id=f"{PACKAGE}:id/result")
    above = (space(weight=1), formula, result, space(12)) if high else (formula, space(weight=1))
    pad = Group(children=rows, gap=10 if high else 4)
    return page(
        *((app_bar("Calculator"),) if high else (space(),)),
        Group(children=(*above, pad), pad=(16, 0, 16, 14), weight=1),
    )


def open_screen(system: PhoneSystem, activity: str, uri: str) -> AppScreen | None:
    return AppScreen(PACKAGE, activity, calculator) if activity == APP.package.activity else None


APP = App(Package("Calculator", PACKAGE, f"{PACKAGE}.Calculator"), "plus_minus", "#3d4f5c", open_screen)
