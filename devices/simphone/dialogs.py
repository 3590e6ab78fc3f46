"""Dialogs, menus and the system's question for a permission."""

from collections.abc import Callable, Sequence

from devices.device import Box
from devices.simphone.components import button, column, space
from devices.simphone.phone_system import App, AppScreen, PhoneSystem
from devices.simphone.widget_types import Field, Group, Icon, ScrollView, Text, Widget

ASKING = "com.google.android.permissioncontroller"


def sheet(*children: Widget, pad: tuple[float, float, float, float] = (24, 20, 24, 12), gap: float = 12) -> Group:
    """The card that a dialog's content stands on; it scrolls where there is no room for all of it."""
    inner = ScrollView(child=column(*children, gap=gap), key="sheet", cls="android.widget.ScrollView")
    return Group(children=(inner,), fill="raised", radius=24, pad=pad)


def dialog(system: PhoneSystem, view: Callable[[PhoneSystem, AppScreen], Widget], cancelable: bool = True) -> AppScreen:
    """A floating screen that belongs to the application in front."""
    top = system.top
    return AppScreen(top.package, top.activity, view, floating=True, cancelable=cancelable, secure=top.secure)


def button_row(*buttons: Widget) -> Group:
    """A dialog's last line: its buttons, at the right."""
    return Group(axis="across", children=(space(weight=1), *buttons), gap=4, align="center")


def confirm(system: PhoneSystem, title: str, message: str, label: str, act: Callable[[], None]) -> None:
    """Open a dialog with Cancel and `label`; `act` is called after it has closed."""

    def confirmed() -> None:
        system.pop()
        act()

    def view(system: PhoneSystem, screen: AppScreen) -> Widget:
        return sheet(
            Text(text=title, size=21, bold=True, id="android:id/alertTitle"),
            Text(text=message, size=16, color="dim", id="android:id/message"),
            button_row(
                button("Cancel", system.pop, filled=False, id="android:id/button2"),
                button(label, confirmed, filled=False, id="android:id/button1"),
            ),
        )

    system.push(dialog(system, view))


def menu(system: PhoneSystem, items: Sequence[tuple[str, Callable[[], None]]], anchor: Box | None = None) -> None:
    """Open a list of choices near `anchor`, or where a finger was held; choosing closes it."""

    def choice(label: str, act: Callable[[], None]) -> Group:
        def chosen() -> None:
            system.pop()
            act()

        words = Text(text=label, size=16, id="android:id/title")
        return Group(children=(words,), height=50, pad=(20, 0, 28, 0), justify="center", press=chosen)

    def view(system: PhoneSystem, screen: AppScreen) -> Widget:
        return Group(
            children=tuple(choice(*item) for item in items), fill="raised", radius=10, pad=(0, 8, 0, 8), width=210
        )

    screen = dialog(system, view)
    screen.anchor = anchor or system.held_at or Box(0, 0, 0, 0)
    system.push(screen)


def choice_dialog(
    system: PhoneSystem, title: str, choices: Sequence[str], chosen: str, act: Callable[[str], None]
) -> AppScreen:
    """A list of which one is chosen, with a Cancel below."""

    def choice(name: str) -> Group:
        def take() -> None:
            system.pop()
            act(name)

        on = name == chosen
        ring = Group(
            axis="over", width=22, height=22, radius=11, border="primary" if on else "outline", fill="raised",
            align="center", justify="center",
            children=(Group(width=12, height=12, radius=6, fill="primary" if on else "raised"),),
        )  # fmt: skip
        words = Text(text=name, size=16, weight=1)
        return Group(
            axis="across", children=(ring, words), gap=16, height=50, align="center", press=take, checked=on,
            cls="android.widget.CheckedTextView",
        )  # fmt: skip

    def view(system: PhoneSystem, screen: AppScreen) -> Widget:
        return sheet(
            Text(text=title, size=21, bold=True, id="android:id/alertTitle"),
            column(*map(choice, choices)),
            button_row(button("Cancel", system.pop, filled=False, id="android:id/button2")),
        )

    return dialog(system, view)


def ask_text(system: PhoneSystem, title: str, initial: str, act: Callable[[str], None]) -> None:
    """Open a dialog with one field; `act` gets its text after OK."""

    def view(system: PhoneSystem, screen: AppScreen) -> Widget:
        def done() -> None:
            typed = screen.text("answer", initial)
            system.pop()
            act(typed)

        screen.buffer("answer", initial)
        return sheet(
            Text(text=title, size=21, bold=True, id="android:id/alertTitle"),
            Field(key="answer", id="android:id/edit", submit=done),
            button_row(
                button("Cancel", system.pop, filled=False, id="android:id/button2"),
                button("OK", done, filled=False, id="android:id/button1"),
            ),
        )

    screen = dialog(system, view)
    screen.buffer("answer", initial)
    screen.focus = "answer"
    system.push(screen)


def permission_dialog(system: PhoneSystem, app: App) -> AppScreen:
    """The system's question on an application's first start; it stays until it is answered."""
    permission, words = app.asks

    def choice(label: str, granted: bool, name: str) -> Group:
        def answer() -> None:
            if granted:
                system.permissions[app.package.package].add(permission)
            system.pop()

        return button(label, answer, id=f"com.android.permissioncontroller:id/{name}")

    def view(system: PhoneSystem, screen: AppScreen) -> Widget:
        question = f"Allow {app.package.label} to {words}?"
        return sheet(
            Group(children=(Icon(name=app.icon, size=32, color="primary"),), align="center"),
            Text(text=question, size=19, align="center", id="com.android.permissioncontroller:id/permission_message"),
            space(4),
            choice("Allow", True, "permission_allow_button"),
            choice("Don't allow", False, "permission_deny_button"),
            gap=10,
        )

    activity = "com.android.permissioncontroller.permission.ui.GrantPermissionsActivity"
    return AppScreen(ASKING, activity, view, floating=True, cancelable=False)
