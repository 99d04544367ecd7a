"""A real Chromium, driven through its own driver by the WebDriver protocol (W3C), headless.

Names outside loopback do not resolve in it, and each request that a page makes is remembered.
"""

import base64
import contextlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

NEEDS = "Debian's packages chromium and chromium-driver"
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text("utf-8")
_NO_SCRIPT = {"profile.managed_default_content_settings.javascript": 2}


def is_here() -> bool:
    """Whether there is a Chromium with its driver."""
    return shutil.which("chromium") is not None and shutil.which("chromedriver") is not None


@contextlib.contextmanager
def driver() -> Iterator[str]:
    """Run the driver; its address."""
    process = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        said = next(line for line in process.stdout if "successfully on port" in line)
        port = said.strip().strip(".").rpartition(" ")[2]
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


class Browser:
    """One window."""

    def __init__(self, address: str, *, scripts: bool, trusts: str = "") -> None:
        """Open it.

        Args:
            address: the driver's.
            scripts: whether pages may have scripts.
            trusts: the one public key whose certificate nobody has to vouch for (SHA-256 of the SPKI, base64).
        """
        self._line = httpx.Client(base_url=address, timeout=60)
        elsewhere = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
        arguments = ["--headless=new", "--disable-gpu", f"--host-resolver-rules={elsewhere}"]
        if trusts:
            arguments.append(f"--ignore-certificate-errors-spki-list={trusts}")
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")
        options = {"args": arguments, "prefs": {} if scripts else _NO_SCRIPT}
        wanted = {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"},
        }
        made = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self._session = f"/session/{made['sessionId']}"

    def _ask(self, method: str, path: str, told: object = None) -> Any:
        answer = self._line.request(method, path, json=told if told is not None else {} if method == "POST" else None)
        value = answer.json()["value"]
        assert answer.status_code == 200, value
        return value

    def _do(self, method: str, path: str, told: object = None) -> Any:
        return self._ask(method, self._session + path, told)

    def close(self) -> None:
        """Leave."""
        self._do("DELETE", "")
        self._line.close()

    def open(self, address: str) -> None:
        """Go to a page."""
        self._do("POST", "/url", {"url": address})

    def again(self) -> None:
        """Load the page again."""
        self._do("POST", "/refresh")

    @property
    def address(self) -> str:
        """Where the window is."""
        return str(self._do("GET", "/url"))

    def size(self, width: int, height: int, name: str = "") -> None:
        """Be as large as a phone, or as a desktop."""
        told = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self._devtools("Emulation.setDeviceMetricsOverride", told)

    def dark(self, *, is_on: bool) -> None:
        """Prefer dark colours."""
        features = [{"name": "prefers-color-scheme", "value": "dark" if is_on else "light"}]
        self._devtools("Emulation.setEmulatedMedia", {"features": features})

    def _devtools(self, command: str, parameters: object) -> Any:
        return self._do("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def picture(self) -> bytes:
        """The whole page, PNG."""
        told = {"format": "png", "captureBeyondViewport": True}
        return base64.b64decode(self._devtools("Page.captureScreenshot", told)["data"])

    def click(self, selector: str) -> None:
        """Click on what a selector finds first."""
        self._do("POST", f"/element/{self._found(selector)}/click")

    def follow(self, selector: str) -> None:
        """Click on what leads to another page, and wait until the one before is gone."""
        before = self._found("html")
        self.click(selector)
        self._wait_for_next(before)

    def _wait_for_next(self, before: str) -> None:
        ends = time.monotonic() + 120
        while self._line.get(f"{self._session}/element/{before}/name").status_code == 200:
            assert time.monotonic() < ends, "no other page came"
            time.sleep(0.02)

    def type(self, selector: str, text: str) -> None:
        """Type into it."""
        self._do("POST", f"/element/{self._found(selector)}/value", {"text": text})

    def text(self, selector: str = "main") -> str:
        """Its words, as they are shown."""
        return str(self._do("GET", f"/element/{self._found(selector)}/text"))

    def name_of(self, selector: str) -> str:
        """What a screen reader calls it."""
        return str(self._do("GET", f"/element/{self._found(selector)}/computedlabel"))

    def press_through(self, *keys: str) -> None:
        """Press keys, one after another, of which the last one leads to another page."""
        steps = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        before = self._found("html")
        self._do("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": steps}]})
        self._wait_for_next(before)

    def run(self, script: str) -> Any:
        """Run a script from outside the page."""
        return self._do("POST", "/execute/sync", {"script": script, "args": []})

    def later(self, script: str) -> Any:
        """Run one that tells its result to its last argument."""
        return self._do("POST", "/execute/async", {"script": script, "args": []})

    def _found(self, selector: str) -> str:
        return str(self._do("POST", "/element", {"using": "css selector", "value": selector})[_ELEMENT])

    def asked_for(self) -> list[str]:
        """Addresses that pages asked for since the last time."""
        entries = (json.loads(one["message"])["message"] for one in self._log("performance"))
        return [one["params"]["request"]["url"] for one in entries if one["method"] == "Network.requestWillBeSent"]

    def complaints(self) -> list[str]:
        """What the console of the browser said since the last time, but for the icon that no page has."""
        return [one["message"] for one in self._log("browser") if "favicon.ico" not in one["message"]]

    def _log(self, kind: str) -> list[dict[str, Any]]:
        return list(self._do("POST", "/se/log", {"type": kind}))


def axe_faults(window: Browser) -> Any:
    """What axe-core finds on the page that is open; the window has scripts."""
    return window.later(
        f"{AXE}; const told = arguments[arguments.length - 1];"
        "axe.run().then(r => told(r.violations.map(v => v.id + ' ' + v.nodes.map(n => n.html).join(' | '))),"
        " e => told([String(e)]))"
    )


def named_elsewhere(window: Browser, address: str) -> list[str]:
    """What pages asked for since the last time that is not at this address; that they asked at all is looked at."""
    asked = [one for one in window.asked_for() if not one.startswith(("data:", "chrome:", "about:"))]
    assert asked
    return [one for one in asked if not one.startswith(f"{address}/")]
