"""The applications of the simulated phone, in the order of the launcher."""

from devices.simphone.apps import bank, browser, clock, contacts, messages, notes, settings
from devices.simphone.phone_system import App

INSTALLED: tuple[App, ...] = (
    settings.APP,
    contacts.APP,
    messages.APP,
    notes.APP,
    clock.APP,
    browser.APP,
    bank.APP,
)
