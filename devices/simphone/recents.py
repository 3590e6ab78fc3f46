"""The screen of recent applications."""

from devices.simphone.components import avatar, icon_button, row, scroll_column, space
from devices.simphone.phone_system import AppScreen, AppTask, PhoneSystem
from devices.simphone.widget_types import Group, Text, Widget


def recents(system: PhoneSystem) -> AppScreen:
    """The open applications as cards, the latest first; a press goes there, a cross closes."""

    def card(task: AppTask) -> Widget:
        app = system.apps[task.package]

        def close() -> None:
            system.end(task.package)

        cross = icon_button("close", f"Close {app.package.label}", close)
        name = Text(text=app.package.label, size=19, bold=True, weight=1)
        line = row(avatar(app.package.label), name, cross, gap=14, pad=(16, 12, 8, 12))
        return Group(children=(line,), fill="raised", radius=18, press=lambda: _open(system, task.package))

    def clear() -> None:
        for task in [task for task in system.tasks if task is not system.home]:
            system.end(task.package)
        system.go_home()

    def view(system: PhoneSystem, screen: AppScreen) -> Widget:
        tasks = [task for task in reversed(system.tasks) if task is not system.home]
        if not tasks:
            nothing = Text(text="No recent items", size=18, color="dim", align="center")
            return Group(children=(space(weight=1), nothing, space(weight=1)), fill="background")
        all_of_them = Text(text="Clear all", size=17, color="primary", align="center", bold=True)
        last = Group(children=(all_of_them,), press=clear, pad=(0, 14, 0, 14), cls="android.widget.Button")
        cards = scroll_column(*map(card, tasks), last, gap=14, pad=(20, 20, 20, 20))
        return Group(children=(cards,), fill="background")

    return AppScreen("com.android.launcher3", "com.android.quickstep.RecentsActivity", view)


def _open(system: PhoneSystem, package: str) -> None:
    system.covers.clear()
    system.launch(package)
