"""`nc`: a line to a port of the phone, of which those have somebody behind them that a computer has reversed."""

from devices.simphone.shell.program import Call, everything


def nc(call: Call) -> int:
    """`nc localhost PORT`: standard input is sent once it has ended, what comes back is printed until the end."""
    match call.arguments:
        case ("localhost" | "127.0.0.1", port) if port.isdecimal():
            reversed_to = call.machine.reversed.get(f"tcp:{port}")
        case (_, port) if port.isdecimal():
            return call.fail("nc: connect: Network is unreachable")
        case _:
            return call.fail("usage: nc IPADDR PORTNUM")
    try:
        talk = reversed_to.open() if reversed_to else None
        if talk is None:
            return call.fail("nc: connect: Connection refused")
        if given := everything(call.stdin):
            talk.write(given)
        while data := talk.read():
            call.out(data)
        talk.close()
    except ConnectionError:
        return call.fail("nc: the other side has hung up")
    return 0
