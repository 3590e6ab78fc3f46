"""Commands for one phone: queries are repeated after a drop of the link, actions are sent at most once."""

from dataclasses import dataclass
from time import monotonic

from devices.android.adb_server import default_server, ensure_server
from devices.android.adb_stream import ConnectionLost, ServerAddress, ServerRefused, ask_server
from devices.android.deadline import Deadline, TimedOut
from devices.android.discovery import HELP, is_address, problem_text
from devices.android.shell_session import ShellOutput, ShellSession, run_once
from devices.device import ActionRefused, DeviceLost, Refusal
from devices.stop import Stop

ANSWER_SECONDS, RECONNECT_SECONDS = 15.0, 20.0
GRACE = 2.0
"""Seconds that a query may go on after a stop."""
_IDENTITY = ("getprop ro.serialno", "settings get secure android_id", "getprop ro.product.model")


@dataclass(frozen=True, slots=True)
class Identity:
    """What distinguishes one phone from every other: emulators share a serial number, not `android_id`."""

    serialno: str
    android_id: str
    model: str

    def __str__(self) -> str:
        return f"{self.model or 'a phone'} with serial number {self.serialno or 'unknown'}"


class PhoneConnection:
    """Commands for the phone that has `serial`, and for that very phone only.

    After a drop it waits up to `reconnect_seconds` for the same phone to come back, and makes sure that it is the same
    before anything is sent to it. `identity` is that of the phone first met. An answer must be complete
    `answer_seconds` after the time that its commands take by themselves. Raises `DeviceLost` when there is no phone.
    """

    def __init__(
        self,
        server: ServerAddress,
        serial: str,
        stop: Stop,
        *,
        reconnect_seconds: float = RECONNECT_SECONDS,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        self.server, self.serial = server, serial
        self._stop = stop
        self._budget = reconnect_seconds
        self._answer_seconds = answer_seconds
        self._shell: ShellSession | None = None
        self.identity: Identity | None = None
        self._live_shell(GRACE)

    def query(self, *commands: str) -> ShellOutput:
        """The output of commands that change nothing: repeated when the link drops, or no answer comes in time.

        Each command is a line already quoted. Raises `DeviceLost` when the phone does not come back or does not answer
        twice, `Stopped`.
        """
        why = ""
        for _ in range(3):
            shell = self._live_shell(GRACE)
            try:
                return shell.run(commands, self._deadline(GRACE))
            except ConnectionLost as error:
                why = why or str(error)
            except TimedOut as error:
                if why:
                    raise self._lost(f"it gave {error} to {commands[0][:60]!r}, twice") from error
                why = str(error)
            finally:
                self._drop_unless_done(shell)
        raise self._lost(f"the link dropped again and again: {why}")

    def execute(self, *commands: str, seconds: float = 0.0, what: str = "the action") -> ShellOutput:
        """The output of commands that change something, sent once. `seconds` is how long they take by themselves.

        Raises `ActionRefused` when it is not known whether they were done, `DeviceLost`, `Stopped`.
        """
        shell = self._live_shell(0.0)
        try:
            return shell.run(commands, self._deadline(0.0, seconds))
        except (ConnectionLost, TimedOut) as error:
            raise ActionRefused(
                f"it is not known whether {what} was done: {error}. Look again", Refusal.UNCERTAIN
            ) from error
        finally:
            self._drop_unless_done(shell)

    def try_query(self, *commands: str, seconds: float = 0.0) -> ShellOutput | None:
        """The output of optional commands that change nothing; None when none comes in time.

        Raises `DeviceLost` when there is no phone to ask, `Stopped`.
        """
        shell = self._live_shell(GRACE)
        try:
            return shell.run(commands, self._deadline(GRACE, seconds))
        except (ConnectionLost, TimedOut):
            return None
        finally:
            self._drop_unless_done(shell)

    def run_alone(self, command: str, given: bytes = b"", seconds: float = ANSWER_SECONDS) -> ShellOutput:
        """The output of one command in a shell of its own, with `given` on its standard input; never repeated.

        Raises `ConnectionLost`, `TimedOut`, `ServerRefused`, `DeviceLost`, `Stopped`.
        """
        self._live_shell(GRACE)
        return run_once(self.server, self.serial, command, Deadline(self._stop, seconds, grace=GRACE), given)

    def close(self) -> None:
        if self._shell is not None:
            self._shell.close()
            self._shell = None

    def _deadline(self, grace: float, seconds: float = 0.0) -> Deadline:
        return Deadline(self._stop, self._answer_seconds + seconds, grace=grace)

    def _drop_unless_done(self, shell: ShellSession) -> None:
        """A shell in the middle of an answer is of no more use."""
        if not shell.idle:
            self.close()

    def _live_shell(self, grace: float) -> ShellSession:
        """A shell on the phone first met, opened anew where there is none or its link has dropped."""
        if self._shell is not None and not self._shell.ended:
            return self._shell
        self.close()
        deadline = Deadline(self._stop, self._budget, grace=grace)
        pause, why, connect_at = 0.02, "", monotonic() + 1.0
        while True:
            try:
                self._shell = self._open_verified_shell(deadline)
                return self._shell
            except (ConnectionLost, ServerRefused) as error:
                why = str(error)
                self._refuse_hopeless(why)
                self._restart_server(why)
            except TimedOut as error:
                raise self._lost(
                    f"it did not come back within {self._budget:g} s{f': {why}' if why else ''}"
                ) from error
            if is_address(self.serial) and monotonic() >= connect_at:
                connect_at = monotonic() + 3.0
                self._reconnect(deadline)
            try:
                deadline.wait(pause)
            except TimedOut as error:
                raise self._lost(f"it did not come back within {self._budget:g} s: {why}") from error
            pause = min(pause * 1.5, 0.25)

    def _open_verified_shell(self, deadline: Deadline) -> ShellSession:
        """A new shell, on the phone first met. Raises `DeviceLost` when another phone has taken its place."""
        shell = ShellSession(self.server, self.serial, deadline)
        try:
            answer = shell.run(_IDENTITY, deadline)
        except BaseException:
            shell.close()
            raise
        identity = Identity(*(result.text.strip() for result in answer.results))
        if self.identity is None:
            self.identity = identity
        elif identity != self.identity:
            shell.close()
            raise self._lost(
                f"another phone answers by its serial now: {identity}, where {self.identity} was; nothing sent"
            )
        return shell

    def _refuse_hopeless(self, why: str) -> None:
        """Raise `DeviceLost` for what no waiting mends."""
        if "unauthorized" in why or "no permissions" in why:
            state = "unauthorized" if "unauthorized" in why else "no permissions"
            raise DeviceLost(problem_text(self.serial, state))

    def _restart_server(self, why: str) -> None:
        """Start the person's adb server again where it has gone; one that others keep is theirs to start."""
        if why.startswith("no adb server") and self.server == default_server():
            ensure_server(self.server, self._stop)

    def _reconnect(self, deadline: Deadline) -> None:
        """Ask the server to connect again to a phone on the network that it may have forgotten."""
        try:
            ask_server(self.server, f"host:connect:{self.serial}", deadline)
        except (ConnectionLost, ServerRefused):
            return  # the next attempt says what is wrong

    def _lost(self, why: str) -> DeviceLost:
        fix = next((text for name, text in HELP.items() if name in why), "")
        return DeviceLost(f"the phone {self.serial} is lost: {why}{f'. {fix}' if fix else ''}")
