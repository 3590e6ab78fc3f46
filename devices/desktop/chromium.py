"""A Chromium that fills one private display, and DevTools access to the page it shows, for setup and checks."""

import contextlib
import json
import os
import shutil
import time
from typing import Any

from devices.desktop.devtools import BrowserRefused, DevTools, Event
from devices.desktop.private_display import PrivateDisplay
from devices.desktop.sandbox_control import Program
from devices.device import DeviceLost
from devices.stop import Stop

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
"""The names that distributions give to Chromium's program."""

_START_SECONDS = 120.0  # a start takes 0.8 s on a machine that is free
_POLL_SECONDS = 0.01
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


def find_browser() -> str:
    """The path of the Chromium on PATH. Raises `DeviceLost` when there is none."""
    if program := next(filter(None, map(shutil.which, PROGRAMS)), None):
        return program
    raise DeviceLost(f"no browser: PATH has none of {', '.join(PROGRAMS)}. On Debian: apt-get install chromium")


class Chromium:
    """The browser `program` with a new profile, showing `url` all over the private display `private`.

    `scale` is how many pixels of the screen make one of the page; `dark` shows light pages in dark colours. Its clock
    is in UTC, its language American English. It ends with `close`, when this process ends, and with the display. It is
    ready when the constructor returns, in about 0.8 s. Raises `DeviceLost` and `Stopped`.
    """

    def __init__(
        self,
        stop: Stop,
        program: str,
        private: PrivateDisplay,
        url: str,
        scale: float,
        *,
        dark: bool = False,
    ) -> None:
        self._stop = stop
        self._private = private
        self._log = private.home / ".chromium.log"
        profile = private.home / ".chromium"
        (profile / "Default").mkdir(parents=True)
        (profile / "Default" / "Preferences").write_text(json.dumps(_SETTINGS), "utf-8")
        switches = [*_SWITCHES, f"--user-data-dir={profile}", f"--force-device-scale-factor={scale}", f"--app={url}"]
        switches += _DARK if dark else ()
        if os.geteuid() == 0:
            switches.append("--no-sandbox")  # root's browser refuses to start with one
        self.process: Program | None = None
        with contextlib.ExitStack() as undo:
            undo.callback(self.close)
            self.devtools = self._start(program, switches)
            self.version = str(self._call_when_up("Browser.getVersion")["product"])
            self._session = self._attach()
            for domain in ("Page", "Runtime", "Inspector"):
                self.devtools.call(f"{domain}.enable", self._session)
            undo.pop_all()

    def go(self, url: str) -> None:
        """Show `url`, even if it is shown already; its scripts may still be loading. Raises `DeviceLost`."""
        reply = self.devtools.call("Page.navigate", self._session, url=url)
        if why := reply.get("errorText"):
            raise DeviceLost(f"the browser cannot show {url}: {why}")

    def evaluate(self, expression: str) -> Any:
        """The value of a script's expression in the page; a promise is waited for.

        Raises `BrowserRefused` with the page's own words when the script throws, or the page goes away meanwhile.
        """
        reply = self.devtools.call(
            "Runtime.evaluate", self._session, expression=expression, returnByValue=True, awaitPromise=True
        )
        if trouble := reply.get("exceptionDetails"):
            why = trouble.get("exception", {}).get("description") or trouble.get("text", "")
            raise BrowserRefused(f"{expression!r} in the page: {why}")
        return reply["result"].get("value")

    def until(self, expression: str, seconds: float) -> None:
        """Return when `expression` is true in the page. Raises `DeviceLost` when it is not within `seconds`."""
        deadline, why = time.monotonic() + seconds, "it stayed false"
        while time.monotonic() < deadline:
            try:
                if self.evaluate(expression):
                    return
            except BrowserRefused as refusal:  # the page is only just coming
                why = str(refusal)
            self._stop.wait(_POLL_SECONDS)
        raise DeviceLost(f"the page was not ready within {seconds:g} s: waited for {expression!r}; {why}")

    def events(self) -> tuple[Event, ...]:
        """The page's events since the last call. Raises `DeviceLost`."""
        return self.devtools.events()

    def alone(self) -> bool:
        """Whether this page is the only window or tab of the browser. Raises `DeviceLost`."""
        return len(self._pages()) == 1

    def close(self) -> None:
        """End the browser. May be called twice."""
        if hasattr(self, "devtools"):
            self.devtools.close()
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            process.close()

    def _start(self, program: str, switches: list[str]) -> DevTools:
        """Start the browser with its end of the pipes as descriptors 3 and 4, which is where it looks for them."""
        orders, ours_to_write = os.pipe()
        ours_to_read, answers = os.pipe()
        try:
            with self._log.open("wb") as log, open(os.devnull, "r+b") as nothing:  # noqa: PTH123 - its descriptor
                inherited = (nothing.fileno(), nothing.fileno(), log.fileno(), orders, answers)
                self.process = self._private.control.start([program, *switches], inherited, {"TZ": "UTC"})
        except OSError as error:
            os.close(ours_to_write)
            os.close(ours_to_read)
            raise DeviceLost(f"the browser {program} did not start: {error.strerror}") from error
        finally:
            os.close(orders)
            os.close(answers)
        return DevTools(self._stop, ours_to_write, ours_to_read)

    def _call_when_up(self, method: str) -> dict[str, Any]:
        try:
            return self.devtools.call(method, seconds=_START_SECONDS)
        except DeviceLost as lost:
            lines = self._log.read_text(errors="replace").strip().splitlines() if self._log.exists() else []
            raise DeviceLost(f"the browser did not start: {lost}. It said: {' / '.join(lines[-3:])}") from lost

    def _attach(self) -> str:
        for _ in range(int(_START_SECONDS / _POLL_SECONDS)):
            if pages := self._pages():
                reply = self.devtools.call("Target.attachToTarget", targetId=pages[0], flatten=True)
                return str(reply["sessionId"])
            self._stop.wait(_POLL_SECONDS)
        raise DeviceLost(f"the browser opened no window within {_START_SECONDS:g} s")

    def _pages(self) -> list[str]:
        targets = self.devtools.call("Target.getTargets")["targetInfos"]
        return [str(target["targetId"]) for target in targets if target["type"] == "page"]
