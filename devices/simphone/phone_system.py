"""Which applications a phone has and which of their screens are open: what Android's activity manager keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from devices.device import Box
from devices.simphone.phone_state import PhoneState
from devices.simphone.text_buffer import TextBuffer
from devices.simphone.widget_types import Field, Widget

HOME = "com.android.launcher3"


@dataclass(eq=False)
class AppScreen:
    """One screen of an application, or a dialog over it (`floating`). `view` builds its widgets after every change.

    `extra` is what the opener passed and what the screen remembers. A dialog that is not `cancelable` stays until one
    of its buttons is pressed; one with an `anchor` stands near that box. `back` may take a press of Back for itself,
    `swipe` gets "up", "down", "left" or "right" where nothing scrolls, `typed` each character where no field has
    the focus, Enter as a newline and Delete as a backspace. A `live` screen changes by itself with time. `fields` are
    the text fields that it showed last.
    """

    package: str
    activity: str
    view: Callable[[PhoneSystem, AppScreen], Widget]
    extra: dict[str, str] = field(default_factory=dict)
    secure: bool = False
    wallpaper: bool = False
    live: bool = False
    floating: bool = False
    cancelable: bool = True
    anchor: Box | None = None
    back: Callable[[], bool] | None = None
    swipe: Callable[[str], None] | None = None
    typed: Callable[[str], None] | None = None
    buffers: dict[str, TextBuffer] = field(default_factory=dict)
    scrolls: dict[str, float] = field(default_factory=dict)
    focus: str = ""
    fields: tuple[Field, ...] = ()

    def buffer(self, key: str, initial: str = "") -> TextBuffer:
        """The field `key`; the first time it holds `initial`."""
        if key not in self.buffers:
            self.buffers[key] = TextBuffer(initial, len(initial), len(initial))
        return self.buffers[key]

    def text(self, key: str, initial: str = "") -> str:
        return self.buffer(key, initial).text


@dataclass(eq=False)
class AppTask:
    """The screens that one application has open, the last in front: what Android calls a task."""

    package: str
    screens: list[AppScreen]


@dataclass(frozen=True, slots=True)
class Package:
    """An installed application; `activity` is the class that the launcher starts."""

    label: str
    package: str
    activity: str


@dataclass(frozen=True)
class App:
    """An application: what is installed, how it looks in the launcher, and how its screens are opened.

    `open` gets an activity's full class name and a link; None when it has no such screen. `asks` is the permission
    that it wants at its start, and the words for it.
    """

    package: Package
    icon: str
    color: str
    open: Callable[[PhoneSystem, str, str], AppScreen | None]
    asks: tuple[str, str] = ("", "")


class PhoneSystem(PhoneState):
    """The open screens, and the few ways to change which one is in front. The caller holds the phone's lock.

    `ask` makes the dialog by which an application asks for a permission. `transition` is how the last change of screens
    is animated: "open", "close", "fade", or "" for none. `held_at` is where a finger was held last.
    """

    def __init__(
        self,
        apps: Sequence[App],
        home: Callable[[PhoneSystem, AppScreen], Widget],
        ask: Callable[[PhoneSystem, App], AppScreen],
        size: tuple[int, int],
        clock: Callable[[], float],
        wall: Callable[[], float],
        pin: str,
    ) -> None:
        self.apps: Mapping[str, App] = {app.package.package: app for app in apps}
        super().__init__(self.apps, size, clock, wall)
        self._ask, self.pin = ask, pin
        self.home = AppTask(HOME, [AppScreen(HOME, f"{HOME}.Launcher", home, wallpaper=True)])
        self.tasks = [self.home]
        self.awake, self.locked, self.covers = True, False, list[AppScreen]()
        self.keyboard_up = False
        self.key_page, self.shift, self.shifted_at = "letters", 0, float("-inf")
        self.transition = ""
        self.held_at: Box | None = None

    @property
    def task(self) -> AppTask:
        return self.tasks[-1]

    @property
    def top(self) -> AppScreen:
        """The screen that has the focus: a cover of the system (lock screen, recents) or the front application's."""
        return self.covers[-1] if self.covers else self.task.screens[-1]

    def push(self, screen: AppScreen) -> None:
        """Open `screen` over the one in front."""
        (self.covers if self.covers else self.task.screens).append(screen)
        self.keyboard_up = False
        self.transition = "fade" if screen.floating else "open"
        if screen.focus:
            self.focus(screen.focus)

    def pop(self) -> None:
        """Close the screen in front; an application's last goes to the home screen, which never closes."""
        closed = self.top
        if self.covers:
            self.covers.pop()
        elif self.task is not self.home:
            self.task.screens.pop()
            if not self.task.screens:
                self.tasks.pop()
                self.tasks.append(self.tasks.pop(self.tasks.index(self.home)))
        elif len(self.home.screens) > 1:
            self.home.screens.pop()
        else:
            return
        self.keyboard_up = False
        self.transition = "fade" if closed.floating else "close"

    def go_home(self) -> None:
        if not self.locked:
            self.covers.clear()
        del self.home.screens[1:]
        self._to_front(self.home)
        self.transition = "close"

    def _to_front(self, task: AppTask) -> None:
        self.tasks.remove(task)
        self.tasks.append(task)
        self.keyboard_up = False

    def launch(self, package: str, activity: str = "", uri: str = "") -> bool:
        """Bring an application to the front; False when there is none, or no such screen in it."""
        if package == self.home.package:
            self.go_home()
            return True
        app = self.apps.get(package)
        if app is None:
            return False
        running = next((task for task in self.tasks if task.package == package), None)
        main = activity in ("", app.package.activity)
        screen = None
        if running is None or not main or uri:
            screen = app.open(self, activity or app.package.activity, uri)
            if screen is None:
                return False
        if not self.locked:
            self.covers.clear()
        if running is None:
            running = AppTask(package, [])
            self.tasks.append(running)
        self._to_front(running)
        if screen is not None:
            running.screens.append(screen)
        permission = app.asks[0]
        if permission and permission not in self.permissions[package] and len(running.screens) == 1:
            running.screens.append(self._ask(self, app))
        self.transition = "open"
        return True

    def end(self, package: str) -> None:
        """Stop an application: its screens close."""
        task = next((task for task in self.tasks if task.package == package and task is not self.home), None)
        if task is None:
            return
        if task is self.task:
            self._to_front(self.home)
            self.transition = "" if self.covers else "close"
        self.tasks.remove(task)

    def focus(self, key: str) -> None:
        """Give the field `key` of the front screen the focus and show the keyboard."""
        self.top.focus = key
        self.top.buffer(key)
        self.keyboard_up = True
        self.key_page, self.shift = "letters", 0
