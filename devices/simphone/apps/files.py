"""Files: the folders of the shared storage, and what is in a text file."""

from functools import partial

from devices.simphone.components import app_bar, icon_button, item, page, scroll_column
from devices.simphone.dialogs import ask_text, confirm, menu
from devices.simphone.phone_system import App, AppScreen, Package, PhoneSystem
from devices.simphone.widget_types import Text, Widget

PACKAGE = "com.android.documentsui"
ROOT = "/sdcard"
OPENED = 100_000  # bytes of a file that are shown


def folder(path: str) -> AppScreen:
    """What lies in one folder; a file held can be renamed and deleted."""

    def view(system: PhoneSystem, screen: AppScreen) -> Widget:
        inside = [name.removeprefix(f"{path}/") for name in sorted(system.files) if name.startswith(f"{path}/")]
        folders = sorted({name.partition("/")[0] for name in inside if "/" in name})
        lines: list[Widget] = [
            item(name, icon="folder", press=partial(_push, system, folder(f"{path}/{name}"))) for name in folders
        ]
        lines += [_file(system, f"{path}/{name}") for name in inside if "/" not in name]
        if not lines:
            lines.append(Text(text="No items", color="dim", align="center", pad=(0, 60, 0, 0)))
        title = "Files" if path == ROOT else path.rpartition("/")[2]
        return page(app_bar(title, back=None if path == ROOT else system.pop), scroll_column(*lines))

    return AppScreen(PACKAGE, f"{PACKAGE}.files.FilesActivity", view)


def _push(system: PhoneSystem, screen: AppScreen) -> None:
    system.push(screen)


def _file(system: PhoneSystem, path: str) -> Widget:
    name = path.rpartition("/")[2]

    def rename(new: str) -> None:
        if new and "/" not in new and path in system.files:
            system.files[f"{path.rpartition('/')[0]}/{new}"] = system.files.pop(path)

    def held() -> None:
        choices = [
            ("Rename", partial(ask_text, system, "Rename", name, rename)),
            ("Delete", partial(_delete, system, path)),
        ]
        menu(system, choices)

    size = len(system.files[path])
    return item(name, f"{size} bytes", icon="note", press=partial(_push, system, _reading(path)), hold=held)


def _delete(system: PhoneSystem, path: str) -> None:
    name = path.rpartition("/")[2]

    def gone() -> None:
        system.files.pop(path, None)
        if system.top.activity.endswith("ViewActivity"):
            system.pop()
        system.toast("File deleted")

    confirm(system, "Delete file?", f"{name} will be deleted.", "Delete", gone)


def _reading(path: str) -> AppScreen:
    def view(system: PhoneSystem, screen: AppScreen) -> Widget:
        text = system.files.get(path, b"")[:OPENED].decode(errors="replace")
        erase = icon_button("trash", "Delete file", partial(_delete, system, path))
        bar = app_bar(path.rpartition("/")[2], erase, back=system.pop)
        return page(bar, scroll_column(Text(text=text, size=16, pad=(20, 8, 20, 20)), key="text"))

    return AppScreen(PACKAGE, f"{PACKAGE}.files.ViewActivity", view)


def open_screen(system: PhoneSystem, activity: str, uri: str) -> AppScreen | None:
    return folder(ROOT) if activity == APP.package.activity else None


APP = App(Package("Files", PACKAGE, f"{PACKAGE}.files.FilesActivity"), "folder", "#2563a8", open_screen)
