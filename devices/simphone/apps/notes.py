"""Notes: a list, and a page for each note that saves itself."""

from devices.simphone.components import (
    app_bar,
    button,
    field,
    floating_button,
    icon_button,
    margin,
    over,
    page,
    scroll_column,
    search_box,
)  # fmt: skip
from devices.simphone.dialogs import confirm, menu
from devices.simphone.phone_system import App, AppScreen, Package, PhoneSystem
from devices.simphone.widget_types import Field, Group, Text, Widget

PACKAGE = "org.simphone.notes"


def notes(system: PhoneSystem, screen: AppScreen) -> Widget:
    """All notes, the newest first; held, a note can be deleted or copied."""
    wanted = screen.text("search").lower()
    rows = [row for row in reversed(system.tables["notes"]) if wanted in f"{row['title']}\n{row['body']}".lower()]
    cards = [_card(system, row) for row in rows]
    nothing = Text(text="No notes found" if wanted else "No notes yet", color="dim", align="center", pad=(0, 60, 0, 0))
    listing = scroll_column(*(cards or [nothing]), gap=12, pad=(16, 8, 16, 90))
    plus = floating_button("plus", "New note", lambda: system.push(note()))
    return page(app_bar("Notes"), search_box("Search notes", f"{PACKAGE}:id/search"), over(listing, plus))


def _card(system: PhoneSystem, row: dict[str, str]) -> Widget:
    identity = row["_id"]

    def held() -> None:
        items = [
            ("Delete", lambda: _delete(system, identity)),
            ("Duplicate", lambda: _duplicate(system, identity)),
            ("Copy text", lambda: _copy(system, identity)),
        ]
        menu(system, items)

    title = Text(text=row["title"] or "(No title)", size=18, bold=True, lines=1, id=f"{PACKAGE}:id/title")
    body = Text(text=" ".join(row["body"].split("\n")) or " ", size=15, color="dim", lines=2, id=f"{PACKAGE}:id/body")
    return Group(
        children=(title, body), gap=4, pad=(18, 14, 18, 14), fill="surface", radius=16, hold=held,
        press=lambda: system.push(note(identity)),
    )  # fmt: skip


def _duplicate(system: PhoneSystem, identity: str) -> None:
    if row := system.row("notes", identity):
        system.add("notes", {"title": f"{row['title']} (copy)", "body": row["body"]})


def _copy(system: PhoneSystem, identity: str) -> None:
    if row := system.row("notes", identity):
        system.clipboard = f"{row['title']}\n{row['body']}"
        system.toast("Copied")


def _delete(system: PhoneSystem, identity: str) -> None:
    row = system.row("notes", identity)

    def gone() -> None:
        system.remove("notes", identity)
        if system.top.activity.endswith("NoteActivity"):
            system.pop()
        system.toast("Note deleted")

    if row:
        confirm(system, "Delete note?", f"“{row['title'] or 'No title'}” will be deleted.", "Delete", gone)


def note(identity: str = "") -> AppScreen:
    """One note to read and write; Save keeps it, going back asks when something was not saved."""

    def view(system: PhoneSystem, screen: AppScreen) -> Widget:
        row = system.row("notes", identity) if identity else None
        old = (row or {}).get("title", ""), (row or {}).get("body", "")
        title, body = screen.text("title", old[0]), screen.text("body", old[1])

        def save() -> None:
            new = {"title": title.strip(), "body": body}
            if not any(new.values()):
                system.toast("Nothing to save")
                return
            if row:
                row.update(new)
            else:
                system.add("notes", new)
            system.pop()
            system.toast("Note saved")

        def leave() -> None:
            if (title, body) == old:
                system.pop()
            else:
                confirm(system, "Discard changes?", "This note is not saved.", "Discard", system.pop)

        def back() -> bool:
            leave()
            return True

        screen.back = back
        erase = icon_button("trash", "Delete note", lambda: _delete(system, identity), f"{PACKAGE}:id/delete")
        kept = button("Save", save, id=f"{PACKAGE}:id/save")
        bar = app_bar("Edit note" if row else "New note", *((erase,) if row else ()), kept, margin(8), back=leave)
        text = Field(
            key="body", hint="Note", multiline=True, bare=True, size=17, rows=12,
            id=f"{PACKAGE}:id/body",
        )  # fmt: skip
        inner = Group(children=(field("title", "Title", id=f"{PACKAGE}:id/title"), text), gap=16, pad=(20, 14, 20, 14))
        return page(bar, scroll_column(inner, key="note", pad=(0, 0, 0, 0)))

    return AppScreen(PACKAGE, f"{PACKAGE}.NoteActivity", view)


def open_screen(system: PhoneSystem, activity: str, uri: str) -> AppScreen | None:
    identity = uri.rpartition("/")[2]
    match activity.removeprefix(f"{PACKAGE}."):
        case "NotesActivity":
            return AppScreen(PACKAGE, activity, notes)
        case "NoteActivity" if not identity or system.row("notes", identity):
            return note(identity)
    return None


APP = App(Package("Notes", PACKAGE, f"{PACKAGE}.NotesActivity"), "note", "#c98a00", open_screen)
