"""`finger`: touches the screen as a hand does, unlike `input`; no real phone has this program."""

from devices.simphone.digitizer import KEY_CODES
from devices.simphone.shell.program import Call

_USAGE = "usage: finger X Y [MS [X Y MS]...] | finger KEY_VOLUMEUP|KEY_VOLUMEDOWN|KEY_POWER|KEY_BACK|KEY_HOMEPAGE"


def finger(call: Call) -> int:
    """`finger X Y` taps, `finger X Y 700` holds, `finger X Y 0 X Y 300` goes there in 300 ms; or presses a key."""
    words = call.arguments
    if len(words) == 1 and words[0] in KEY_CODES:
        call.machine.digitizer.press(words[0])
        return 0
    try:
        numbers = [int(word) for word in words]
    except ValueError:
        return call.fail(_USAGE)
    if len(numbers) < 2 or (len(numbers) > 2 and len(numbers) % 3):
        return call.fail(_USAGE)
    numbers += [50] if len(numbers) == 2 else []
    path, now = [(0.0, numbers[0], numbers[1])], 0.0
    for place in range(0, len(numbers), 3):
        x, y, milliseconds = numbers[place : place + 3]
        from_x, from_y = path[-1][1:]
        steps = max(1, milliseconds // 20) if (x, y) != (from_x, from_y) else 1
        for step in range(1, steps + 1):
            at = now + milliseconds / 1000 * step / steps
            path.append((at, from_x + (x - from_x) * step // steps, from_y + (y - from_y) * step // steps))
        now += milliseconds / 1000
    call.machine.digitizer.stroke(path, call.machine.stop)
    return 0
