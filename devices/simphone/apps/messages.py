"""Messages: conversations, and a thread with a field to write in."""

from collections.abc import Callable

from devices.simphone.apps.contacts import name_of
from devices.simphone.components import (
    app_bar,
    avatar,
    field,
    floating_button,
    icon_button,
    item,
    margin,
    over,
    page,
    scroll_column,
)  # fmt: skip
from devices.simphone.dialogs import confirm, menu
from devices.simphone.phone_system import App, AppScreen, Package, PhoneSystem
from devices.simphone.widget_types import Field, Group, Text, Widget

PACKAGE = "com.android.messaging"


def conversations(system: PhoneSystem, screen: AppScreen) -> Widget:
    """Who one has written with, the last message first."""
    last: dict[str, dict[str, str]] = {}
    for row in sorted(system.tables["sms"], key=lambda row: int(row.get("date") or 0)):
        last.pop(row["address"], None)
        last[row["address"]] = row
    lines = [_conversation(system, row) for row in reversed(last.values())]
    nothing = Text(text="No conversations", color="dim", align="center", pad=(0, 60, 0, 0))
    plus = floating_button("message", "Start chat", lambda: system.push(_recipient()))
    return page(app_bar("Messages"), over(scroll_column(*(lines or [nothing]), pad=(0, 0, 0, 90)), plus))


def _conversation(system: PhoneSystem, row: dict[str, str]) -> Widget:
    address = row["address"]
    unread = row.get("read") == "0"

    def gone() -> None:
        system.tables["sms"][:] = [old for old in system.tables["sms"] if old["address"] != address]
        system.toast("Conversation deleted")

    def ask() -> None:
        confirm(system, "Delete conversation?", f"All messages with {address} will be deleted.", "Delete", gone)

    dot = (Group(width=12, height=12, radius=6, fill="primary", desc="Unread"),) if unread else ()
    body = ("You: " if row["type"] == "2" else "") + row["body"]
    return item(
        address,
        body,
        leading=avatar(address),
        trailing=dot,
        press=lambda: system.push(thread(system, address)),
        hold=lambda: menu(system, [("Delete", ask)]),
    )


def _recipient() -> AppScreen:
    def view(system: PhoneSystem, screen: AppScreen) -> Widget:
        wanted = screen.text("to").strip()

        def write(to: str) -> None:
            if to:
                system.pop()
                system.push(thread(system, to))

        names = [name_of(row) for row in system.tables["contacts"] if wanted.lower() in name_of(row).lower()]
        lines = [_person(name, write) for name in sorted(names)]
        if wanted and wanted not in names:
            lines.insert(0, item(f"Send to {wanted}", icon="send", press=lambda: write(wanted)))
        to = Group(
            children=(field("to", "To", submit=lambda: write(wanted), id=f"{PACKAGE}:id/to"),), pad=(20, 12, 20, 8)
        )
        return page(app_bar("New conversation", back=system.pop), to, scroll_column(*lines))

    return AppScreen(PACKAGE, f"{PACKAGE}.ui.ContactPickerActivity", view, focus="to")


def _person(name: str, write: Callable[[str], None]) -> Widget:
    return item(name, leading=avatar(name), press=lambda: write(name))


def thread(system: PhoneSystem, address: str) -> AppScreen:
    """The messages with one person; opening it marks them as read."""
    for row in system.tables["sms"]:
        if row["address"] == address:
            row["read"] = "1"

    def view(system: PhoneSystem, screen: AppScreen) -> Widget:
        def send() -> None:
            text = screen.text("compose").strip()
            if text:
                date = str(int(system.now().timestamp()))
                row = {"address": address, "body": text, "type": "2", "date": date, "read": "1"}
                system.add("sms", row)
                screen.buffer("compose").put("")
                screen.scrolls.pop("thread", None)

        rows = [row for row in system.tables["sms"] if row["address"] == address]
        call = icon_button("phone", f"Call {address}", lambda: system.toast(f"Calling {address}..."))
        compose = Field(
            key="compose", hint="Text message", bare=True, size=16, weight=1, submit=send, id=f"{PACKAGE}:id/compose"
        )
        around = Group(
            axis="across", children=(compose,), fill="surface", radius=24, pad=(18, 0, 12, 0), weight=1, height=48,
            align="center",
        )  # fmt: skip
        ready = "primary" if screen.text("compose").strip() else "outline"
        sending = icon_button("send", "Send message", send, f"{PACKAGE}:id/send", ready)
        below = Group(axis="across", children=(around, sending), gap=6, pad=(12, 8, 8, 8), align="center")
        talk = scroll_column(
            *(_bubble(system, row) for row in rows), key="thread", gap=8, pad=(14, 12, 14, 12), end=True
        )
        return page(app_bar(address, call, margin(4), back=system.pop), talk, below)

    return AppScreen(PACKAGE, f"{PACKAGE}.ui.conversation.ConversationActivity", view)


def _bubble(system: PhoneSystem, row: dict[str, str]) -> Widget:
    mine = row["type"] == "2"
    words = Text(text=row["body"], size=16, color="on_primary" if mine else "text", id=f"{PACKAGE}:id/message_text")
    bubble = Group(children=(words,), fill="primary" if mine else "surface", radius=18, pad=(16, 10, 16, 10))
    held = Group(children=(bubble,), hold=lambda: _held(system, row))
    lane = Group(children=(held,), align="end" if mine else "start", weight=1)
    return Group(axis="across", children=(margin(48), lane) if mine else (lane, margin(48)))


def _held(system: PhoneSystem, row: dict[str, str]) -> None:
    def copy() -> None:
        system.clipboard = row["body"]
        system.toast("Copied")

    menu(system, [("Copy", copy), ("Delete", lambda: system.remove("sms", row["_id"]))])


def open_screen(system: PhoneSystem, activity: str, uri: str) -> AppScreen | None:
    address = uri.partition(":")[2]
    if address:
        return thread(system, address)
    return AppScreen(PACKAGE, activity, conversations) if activity == APP.package.activity else None


APP = App(
    Package("Messages", PACKAGE, f"{PACKAGE}.ui.conversationlist.ConversationListActivity"),
    "message",
    "#1a66d0",
    open_screen,
)
