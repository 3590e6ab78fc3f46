"""The applications of the simulated phone, in the order of the launcher."""

from devices.simphone.apps import contacts, settings
from devices.simphone.screen import App

INSTALLED: tuple[App, ...] = (settings.APP, contacts.APP)
