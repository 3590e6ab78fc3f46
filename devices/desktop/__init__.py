"""A desktop worked as a person works it: eyes by mss, hands by pyautogui, exact text, and a guard that lets go."""

from devices.desktop.desktop import Desktop, Launcher

__all__ = ["Desktop", "Launcher"]
