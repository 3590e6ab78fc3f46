"""A Chromium of its own, filling one X display, and the examiner's door into the page it shows."""

import contextlib
import fcntl
import json
import os
import shutil
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from devices.desktop.devtools import BrowserRefused, DevTools, Event
from devices.device import DeviceLost
from devices.stop import Stop

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
"""What a Chromium is called, by whoever packaged it."""

_START_SECONDS = 120.0  # a start takes 0.8 s on a machine that is free
_GLANCE = 0.01
_ABOVE_THE_STANDARD = 10  # a pipe's own number must not be one that the browser is given: 3 or 4
_SWITCHES = (
    *(
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--lang=en-US",
        "--password-store=basic",
        "--remote-debugging-pipe",
        "--kiosk",
    ),
    *("--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-sync", "--disable-quic"),
    *("--disable-background-networking", "--disable-component-update", "--disable-breakpad", "--noerrdialogs"),
    "--disable-features=Translate,MediaRouter,OptimizationHints",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",  # what it shows comes from this machine
)
_DARK = ("--force-dark-mode", "--enable-features=WebContentsForceDark")
_SETTINGS = {
    "autofill": {"profile_enabled": False, "credit_card_enabled": False},
    "browser": {"enable_spellchecking": False},
    "credentials_enable_service": False,
    "profile": {"password_manager_enabled": False},
    "translate": {"enabled": False},
}
"""The profile's: nothing that was typed before is offered, underlined or asked about."""


def browser() -> str:
    """The path of the Chromium on PATH. Raises `DeviceLost` when there is none."""
    if found := next(filter(None, map(shutil.which, PROGRAMS)), None):
        return found
    raise DeviceLost(f"no browser: PATH has none of {', '.join(PROGRAMS)}. On Debian: apt-get install chromium")


class Chromium:
    """The browser `program` with a new profile in `folder`, showing `url` all over the X display that `environ` names.

    `scale` is how many pixels of the screen make one of the page; `dark` shows light pages in dark colours. Its clock
    is in UTC, its language American English. It ends with `close`, when this process ends, and with the display. It is
    ready when the constructor returns, in about 0.8 s. Raises `DeviceLost` and `Stopped`.
    """

    def __init__(
        self,
        stop: Stop,
        program: str,
        environ: Mapping[str, str],
        folder: Path,
        url: str,
        scale: float,
        *,
        dark: bool = False,
    ) -> None:
        self._stop = stop
        self._log = folder / "chromium.log"
        profile = folder / "profile"
        (profile / "Default").mkdir(parents=True)
        (profile / "Default" / "Preferences").write_text(json.dumps(_SETTINGS), "utf-8")
        switches = [*_SWITCHES, f"--user-data-dir={profile}", f"--force-device-scale-factor={scale}", f"--app={url}"]
        switches += _DARK if dark else ()
        if os.geteuid() == 0:
            switches.append("--no-sandbox")  # root's browser refuses to start with one
        self.process = 0
        with contextlib.ExitStack() as undo:
            undo.callback(self.close)
            self.devtools = self._started(program, environ, switches)
            self.version = str(self._asked_when_up("Browser.getVersion")["product"])
            self._session = self._attached()
            for domain in ("Page", "Runtime", "Inspector"):
                self.devtools.call(f"{domain}.enable", self._session)
            undo.pop_all()

    def go(self, url: str) -> None:
        """Show `url`, even if it is shown already; its scripts may still be loading. Raises `DeviceLost`."""
        told = self.devtools.call("Page.navigate", self._session, url=url)
        if why := told.get("errorText"):
            raise DeviceLost(f"the browser cannot show {url}: {why}")

    def evaluate(self, expression: str) -> Any:
        """The value of a script's expression in the page; a promise is waited for.

        Raises `BrowserRefused` with the page's own words when the script throws, or the page goes away meanwhile.
        """
        told = self.devtools.call(
            "Runtime.evaluate", self._session, expression=expression, returnByValue=True, awaitPromise=True
        )
        if trouble := told.get("exceptionDetails"):
            said = trouble.get("exception", {}).get("description") or trouble.get("text", "")
            raise BrowserRefused(f"{expression!r} in the page: {said}")
        return told["result"].get("value")

    def until(self, expression: str, seconds: float) -> None:
        """Return when `expression` is true in the page. Raises `DeviceLost` when it is not within `seconds`."""
        deadline, why = time.monotonic() + seconds, "it stayed false"
        while time.monotonic() < deadline:
            try:
                if self.evaluate(expression):
                    return
            except BrowserRefused as refusal:  # the page is only just coming
                why = str(refusal)
            self._stop.wait(_GLANCE)
        raise DeviceLost(f"the page was not ready within {seconds:g} s: waited for {expression!r}; {why}")

    def events(self) -> tuple[Event, ...]:
        """What the page told since this was last asked. Raises `DeviceLost`."""
        return self.devtools.events()

    def alone(self) -> bool:
        """Whether this page is the only window or tab of the browser. Raises `DeviceLost`."""
        return len(self._pages()) == 1

    def close(self) -> None:
        """End the browser. May be called twice."""
        if hasattr(self, "devtools"):
            self.devtools.close()
        process, self.process = self.process, 0
        if process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process, signal.SIGKILL)
            os.waitpid(process, 0)

    def _started(self, program: str, environ: Mapping[str, str], switches: list[str]) -> DevTools:
        """Start the browser with its end of the pipes as descriptors 3 and 4, which is where it looks for them."""
        orders, ours_to_write = map(_raised, os.pipe())
        ours_to_read, answers = map(_raised, os.pipe())
        try:
            self.process = os.posix_spawn(
                program,
                [program, *switches],
                {**environ, "TZ": "UTC"},
                setpgroup=0,  # Ctrl-C in the terminal is for the agent, and one kill ends all its processes
                file_actions=[
                    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                    (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
                    (os.POSIX_SPAWN_OPEN, 2, str(self._log), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
                    (os.POSIX_SPAWN_DUP2, orders, 3),
                    (os.POSIX_SPAWN_DUP2, answers, 4),
                ],
            )
        except OSError as error:
            os.close(ours_to_write)
            os.close(ours_to_read)
            raise DeviceLost(f"the browser {program} did not start: {error.strerror}") from error
        finally:
            os.close(orders)
            os.close(answers)
        return DevTools(self._stop, ours_to_write, ours_to_read)

    def _asked_when_up(self, method: str) -> dict[str, Any]:
        try:
            return self.devtools.call(method, seconds=_START_SECONDS)
        except DeviceLost as lost:
            said = self._log.read_text(errors="replace").strip().splitlines() if self._log.exists() else []
            raise DeviceLost(f"the browser did not start: {lost}. It said: {' / '.join(said[-3:])}") from lost

    def _attached(self) -> str:
        for _ in range(int(_START_SECONDS / _GLANCE)):
            if pages := self._pages():
                told = self.devtools.call("Target.attachToTarget", targetId=pages[0], flatten=True)
                return str(told["sessionId"])
            self._stop.wait(_GLANCE)
        raise DeviceLost(f"the browser opened no window within {_START_SECONDS:g} s")

    def _pages(self) -> list[str]:
        targets = self.devtools.call("Target.getTargets")["targetInfos"]
        return [str(target["targetId"]) for target in targets if target["type"] == "page"]


def _raised(descriptor: int) -> int:
    """`descriptor` under a number that no program is given by itself."""
    try:
        return fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, _ABOVE_THE_STANDARD)
    finally:
        os.close(descriptor)
