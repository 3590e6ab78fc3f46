"""What `--help` says of the commands for this machine and its phones."""

DOCTOR = """Try everything Screenhand needs on this machine or phone, and say how to mend what does not work.

Examples:

screenhand doctor

screenhand doctor --device sandbox

screenhand doctor --device android
"""

DEVICES = """List the phones that adb knows: serial, state, model, size, and what to do about one that cannot be worked.

Example:

screenhand devices

None of them is touched or held. The exit code is 0 when one of them can be worked, 1 when none can.
"""

CONNECT = """Connect to a phone on the network: `adb connect`, with what to do when it fails.

Examples:

screenhand connect 192.168.1.7:37099

screenhand run "open Contacts" --device android:192.168.1.7:37099

Android 11 and later show the address under Developer options > Wireless debugging, and want to be paired with first;
the port is another one after each restart. The exit code is 10 when there is no connection.
"""

PAIR = """Pair with a phone on the network, once for each computer, by the code that it shows.

Examples:

screenhand pair 192.168.1.7:41237

screenhand pair 192.168.1.7:41237 --code 123456

The address and the code are under Developer options > Wireless debugging > Pair device with pairing code (Android 11),
and hold while they are shown. Then connect to the other port. The exit code is 10 when pairing failed.
"""
