"""Contacts: a list to search, a page for each person, a form."""

from devices.simphone.components import (
    app_bar,
    avatar,
    button,
    column,
    field,
    floating_button,
    icon_button,
    item,
    margin,
    over,
    page,
    row,
    scroll_column,
    search_box,
    space,
)  # fmt: skip
from devices.simphone.dialogs import confirm, menu
from devices.simphone.phone_system import App, AppScreen, Package, PhoneSystem
from devices.simphone.widget_types import Group, Text, Widget

PACKAGE = "com.android.contacts"
READ = "android.permission.READ_CONTACTS"
FIELDS = (("first", "First name"), ("last", "Last name"), ("phone", "Phone"), ("email", "Email"))


def name_of(row: dict[str, str]) -> str:
    return f"{row.get('first', '')} {row.get('last', '')}".strip() or row.get("phone", "") or "(No name)"


def people(system: PhoneSystem, screen: AppScreen) -> Widget:
    """All contacts by name, or those whose name or number contains what is typed."""
    plus = floating_button("plus", "Create contact", lambda: system.push(form()))
    if READ not in system.permissions[PACKAGE]:
        return page(app_bar("Contacts"), _no_access(system))
    wanted = screen.text("search").lower()
    rows = sorted(system.tables["contacts"], key=lambda row: name_of(row).lower())
    matching = [row for row in rows if wanted in f"{name_of(row)} {row.get('phone', '')}".lower()]
    lines: list[Widget] = [_line(system, row) for row in matching]
    empty = Text(
        text="No contacts found" if wanted else "No contacts yet", color="dim", align="center", pad=(0, 60, 0, 0)
    )
    listing = scroll_column(*(lines or [empty]), pad=(0, 0, 0, 90))
    return page(app_bar("Contacts"), search_box("Search contacts", f"{PACKAGE}:id/search_view"), over(listing, plus))


def _line(system: PhoneSystem, row: dict[str, str]) -> Widget:
    name, identity = name_of(row), row["_id"]
    return item(
        name,
        leading=avatar(name),
        press=lambda: system.push(person(identity)),
        hold=lambda: _menu(system, identity),
    )


def _no_access(system: PhoneSystem) -> Widget:
    def grant() -> None:
        system.permissions[PACKAGE].add(READ)

    why = Text(text="Contacts has no access to your contacts.", size=17, color="dim", align="center")
    return column(
        space(weight=1), why, button("Allow access", grant), space(weight=1), gap=20, pad=(32, 0, 32, 0), weight=1
    )


def _menu(system: PhoneSystem, identity: str) -> None:
    menu(system, [("Edit", lambda: system.push(form(identity))), ("Delete", lambda: _delete(system, identity))])


def _delete(system: PhoneSystem, identity: str) -> None:
    row = system.row("contacts", identity)

    def gone() -> None:
        system.remove("contacts", identity)
        if system.top.activity.endswith("ContactActivity"):
            system.pop()
        system.toast("Contact deleted")

    if row:
        confirm(system, "Delete contact?", f"{name_of(row)} will be removed from this phone.", "Delete", gone)


def person(identity: str) -> AppScreen:
    """One contact: call, message, edit, delete."""

    def view(system: PhoneSystem, screen: AppScreen) -> Widget:
        row_ = system.row("contacts", identity)
        if row_ is None:
            return page(app_bar("Contact", back=system.pop), Text(text="This contact is gone.", pad=(20, 20, 20, 20)))
        name = name_of(row_)
        bar = app_bar(
            "",
            icon_button("edit", "Edit contact", lambda: system.push(form(identity)), f"{PACKAGE}:id/menu_edit"),
            icon_button("trash", "Delete contact", lambda: _delete(system, identity), f"{PACKAGE}:id/menu_delete"),
            back=system.pop,
        )
        head = column(avatar(name, 96), Text(text=name, size=26, align="center"), gap=14, pad=(20, 8, 20, 20))
        facts: list[Widget] = []
        if row_.get("phone"):
            facts.append(item(row_["phone"], "Phone", icon="phone", press=lambda: system.toast(f"Calling {name}...")))
        if row_.get("email"):
            facts.append(item(row_["email"], "Email", icon="mail", press=lambda: system.toast("No mail app installed")))
        middle = Group(children=head.children, gap=14, pad=(20, 8, 20, 20), align="center")
        write = button("Message", lambda: _write(system, name), weight=1)
        call = button("Call", lambda: system.toast(f"Calling {name}..."), weight=1)
        return page(bar, scroll_column(middle, row(call, write, gap=12, pad=(20, 0, 20, 12)), *facts))

    return AppScreen(PACKAGE, f"{PACKAGE}.quickcontact.QuickContactActivity", view)


def _write(system: PhoneSystem, name: str) -> None:
    system.launch("com.android.messaging", uri=f"smsto:{name}")


def form(identity: str = "", initial: dict[str, str] | None = None) -> AppScreen:
    """The form for a new contact, or for changing one."""

    def view(system: PhoneSystem, screen: AppScreen) -> Widget:
        row_ = (system.row("contacts", identity) if identity else initial) or {}
        for key, _ in FIELDS:
            screen.buffer(key, row_.get(key, ""))

        def save() -> None:
            typed = {key: screen.text(key).strip() for key, _ in FIELDS}
            if not any(typed.values()):
                system.toast("Nothing to save")
                return
            if identity and row_:
                row_.update(typed)
                system.pop()
            else:
                new = system.add("contacts", typed)
                system.pop()
                system.push(person(new))
            system.toast("Contact saved")

        def leave() -> None:
            if all(screen.text(key) == row_.get(key, "") for key, _ in FIELDS):
                system.pop()
            else:
                confirm(system, "Discard changes?", "Your changes are not saved.", "Discard", system.pop)

        def back() -> bool:
            leave()
            return True

        screen.back = back
        bar = app_bar(
            "Edit contact" if identity else "Create contact",
            button("Save", save, id=f"{PACKAGE}:id/editor_menu_save_button"),
            margin(8),
            back=leave,
        )
        fields = [field(key, hint, numeric=key == "phone", id=f"{PACKAGE}:id/{key}") for key, hint in FIELDS]
        return page(bar, scroll_column(*fields, gap=20, pad=(20, 16, 20, 24), key="form"))

    return AppScreen(PACKAGE, f"{PACKAGE}.activities.ContactEditorActivity", view)


def open_screen(system: PhoneSystem, activity: str, uri: str) -> AppScreen | None:
    match activity.removeprefix(f"{PACKAGE}."):
        case "activities.PeopleActivity":
            return AppScreen(PACKAGE, activity, people)
        case "activities.ContactEditorActivity":
            return form()
        case "quickcontact.QuickContactActivity" if system.row("contacts", uri.rpartition("/")[2]):
            return person(uri.rpartition("/")[2])
    return None


APP = App(
    Package("Contacts", PACKAGE, f"{PACKAGE}.activities.PeopleActivity"),
    "person",
    "#1f7a5c",
    open_screen,
    (READ, "access your contacts"),
)
