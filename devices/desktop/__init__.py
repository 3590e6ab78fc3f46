"""A desktop as a device: capture by mss, input by pyautogui, exact text, and a guard that releases held keys."""

from devices.desktop.desktop import Desktop, Launcher

__all__ = ["Desktop", "Launcher"]
