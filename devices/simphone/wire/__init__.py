"""The phone's end of the adb protocol: messages, streams, and the services that open on them."""
