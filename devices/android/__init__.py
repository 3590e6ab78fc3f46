"""An Android phone or emulator, worked over adb."""
