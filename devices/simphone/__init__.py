"""A simulated phone behind a real adb server."""
