"""A bank whose windows no screenshot may show: FLAG_SECURE."""

from devices.simphone.components import app_bar, button, column, field, item, page, scroll_column, section, space
from devices.simphone.phone_system import App, AppScreen, Package, PhoneSystem
from devices.simphone.widget_types import Group, Icon, Text, Widget

PACKAGE = "com.example.bank"
CODE = "2468"
BOOKED = (("Bakery Flora", "-4.20"), ("Salary", "+2,450.00"), ("Rent", "-890.00"), ("Book shop", "-23.90"))


def sign_in(system: PhoneSystem, screen: AppScreen) -> Widget:
    """The code opens the account; the hint tells it, this is a play bank."""

    def enter() -> None:
        if screen.text("code") == CODE:
            system.pop()
            system.push(AppScreen(PACKAGE, f"{PACKAGE}.AccountActivity", account, secure=True))
        else:
            screen.extra["wrong"] = "Wrong code"
            screen.buffer("code").put("")

    wrong = Text(text=screen.extra.get("wrong") or " ", size=15, color="danger", align="center")
    mark = Group(children=(Icon(name="bank", size=64, color="primary"),), align="center")
    title = Text(text="Harbour Bank", size=26, bold=True, align="center")
    code = field("code", "Access code", numeric=True, password=True, submit=enter, id=f"{PACKAGE}:id/code")
    form = column(space(40), mark, title, space(8), code, wrong, button("Sign in", enter), gap=14, pad=(32, 0, 32, 0))
    return Group(children=(scroll_column(form),), fill="background")


def account(system: PhoneSystem, screen: AppScreen) -> Widget:
    lines = (item(name, trailing=(Text(text=f"{amount} €", size=16),)) for name, amount in BOOKED)
    card = Group(
        children=(
            Text(text="Current account", size=15, color="on_primary"),
            Text(text="1,532.40 €", size=32, bold=True, color="on_primary"),
        ),
        fill="primary", radius=20, pad=(22, 18, 22, 18), gap=4,
    )  # fmt: skip

    top = column(card, gap=14, pad=(20, 8, 20, 8))
    return page(app_bar("Harbour Bank"), scroll_column(top, section("Bookings"), *lines))


def open_screen(system: PhoneSystem, activity: str, uri: str) -> AppScreen | None:
    return AppScreen(PACKAGE, activity, sign_in, secure=True) if activity == APP.package.activity else None


APP = App(Package("Bank", PACKAGE, f"{PACKAGE}.SignInActivity"), "bank", "#7a2e3a", open_screen)
