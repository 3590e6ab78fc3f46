"""Settings: a list of pages whose switches and choices are the phone's real settings."""

from functools import partial

from devices.simphone.apps import settings_device as device
from devices.simphone.apps import settings_pages as pages
from devices.simphone.apps.settings_rows import View, open_page, toggle
from devices.simphone.components import app_bar, item, page, scroll_column, search_box
from devices.simphone.phone_system import App, AppScreen, Package, PhoneSystem
from devices.simphone.widget_types import Text, Widget

PACKAGE = "com.android.settings"

# title, summary, icon, the activity's name between `Settings$` and `Activity`, view
PAGES: tuple[tuple[str, str, str, str, View], ...] = (
    ("Wi-Fi", "", "wifi", "WifiSettings", pages.wifi),
    ("Bluetooth", "", "bluetooth", "BluetoothSettings", pages.bluetooth),
    ("Mobile network", "Sim Mobile", "phone", "MobileNetwork", pages.mobile),
    ("Apps", "Installed apps, permissions", "apps", "ManageApplications", device.apps),
    ("Notifications", "Do Not Disturb, lock screen", "bell", "NotificationSettings", pages.notifications),
    ("Sound & vibration", "Volume, vibration", "volume", "SoundSettings", pages.sound),
    ("Display", "Dark theme, font size, brightness", "sun", "DisplaySettings", pages.display),
    ("Battery", "Battery Saver, usage", "battery", "PowerUsageSummary", pages.battery),
    ("Storage", "39% used, 78 GB free", "storage", "StorageDashboard", device.storage),
    ("Security", "Screen lock, encryption", "shield", "SecurityDashboard", device.security),
    ("Location", "", "globe", "LocationSettings", pages.location),
    ("Accessibility", "Color inversion, text size", "accessibility", "AccessibilitySettings", pages.accessibility),
    ("Date & time", "Format, automatic time", "clock", "DateTimeSettings", device.date_and_time),
    ("Languages & input", "English (United States)", "message", "LanguageAndInputSettings", device.languages),
    ("Developer options", "For those who build apps", "gear", "DevelopmentSettingsDashboard", device.developer),
    ("About phone", "", "info", "MyDeviceInfo", device.about),
)


def root(system: PhoneSystem, screen: AppScreen) -> Widget:
    """The list of pages, narrowed by what is typed in the search field."""
    wanted = screen.text("search").lower()
    now = {
        "Wi-Fi": pages.wifi_state(system),
        "Bluetooth": "On" if system.is_on("global", "bluetooth_on") else "Off",
        "Location": "On" if system.is_on("secure", "location_mode") else "Off",
        "About phone": system.settings["global"].get("device_name", ""),
    }
    lines: list[Widget] = []
    for title, usual, icon, activity, view in PAGES:
        summary = now.get(title, usual)
        if wanted in f"{title} {summary}".lower():
            lines.append(item(title, summary, icon=icon, press=partial(open_page, system, activity, view)))
        if title == "Bluetooth" and wanted in "airplane mode":
            name, about = "airplane_mode_on", "Turns all radios off"
            lines.append(toggle(system, "Airplane mode", "global", name, about, icon="airplane"))
    if not lines:
        lines.append(Text(text="No results", color="dim", align="center", pad=(0, 40, 0, 0)))
    return page(app_bar("Settings"), search_box("Search settings"), scroll_column(*lines))


def open_screen(system: PhoneSystem, activity: str, uri: str) -> AppScreen | None:
    if activity == APP.package.activity:
        return AppScreen(PACKAGE, activity, root)
    short = activity.removeprefix(f"{PACKAGE}.")
    if short == "applications.InstalledAppDetails":
        name = uri.removeprefix("package:")
        return device.app_screen(name) if name in system.apps else None
    views = {f"Settings${name}Activity": view for _, _, _, name, view in PAGES}
    return AppScreen(PACKAGE, activity, views[short]) if short in views else None


APP = App(Package("Settings", PACKAGE, f"{PACKAGE}.Settings"), "gear", "#5b6474", open_screen)
