"""A simulated phone behind a real adb server: the driver and the wire are those of a real one."""
