"""Takes the README's pictures from a demo of its own: `python docs/pictures.py` (needs Chromium and playwright)."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
SHOTS = HERE / "pictures"
LARGEST = 200_000  #: bytes a picture may have
PATIENCE = 120  #: seconds a demo may take to stand
CHROMIUM = os.environ.get("CHROMIUM", shutil.which("chromium") or "/usr/bin/chromium")


@contextmanager
def demo(folder: str) -> Iterator[str]:
    """A demo of the default stage, built and served; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "advocacy", "demo", "--dir", f"{folder}/demo", "--port", str(port)]
    running = subprocess.Popen(command, cwd=HERE.parent, stdout=subprocess.DEVNULL)
    try:
        yield _answering(f"http://127.0.0.1:{port}", running)
    finally:
        running.terminate()
        running.wait(20)


def _answering(url: str, running: "subprocess.Popen[bytes]") -> str:
    for _ in range(PATIENCE):
        if running.poll() is not None:
            sys.exit(f"the demo ended with {running.returncode} before it could be opened")
        try:
            urlopen(f"{url}/sign-in", timeout=5).close()
        except OSError:  # refused, or the door is open and nobody serves yet
            time.sleep(1)
        else:
            return url
    sys.exit(f"the demo did not answer within {PATIENCE} s")


def shoot(page: Page, name: str) -> None:
    """Keep what the window shows as docs/pictures/<name>.png."""
    page.wait_for_load_state("networkidle")
    file = SHOTS / f"{name}.png"
    page.screenshot(path=file)
    size = file.stat().st_size
    print(f"{file.relative_to(HERE.parent)}: {size:,} bytes")
    if size > LARGEST:
        sys.exit(f"{file.name} is larger than {LARGEST:,} bytes")


def take(url: str) -> None:
    """Sign in by one click as Asha, then as her lead, and walk through their pages."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
        page.goto(f"{url}/sign-in")
        page.get_by_role("button", name="Asha Kulkarni").click()
        shoot(page, "home")
        page.get_by_role("link", name="Lead discussions in public").first.click()
        shoot(page, "expectation")
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(f"{url}/sources")
        shoot(page, "sources")
        page.get_by_role("button", name="Sign out").click()
        page.get_by_role("button", name="Lena Hoffmann").click()
        page.goto(f"{url}/team")
        shoot(page, "team")
        page.goto(f"{url}/trainings/planner/kubernetes")
        shoot(page, "planner")
        browser.close()


if __name__ == "__main__":
    SHOTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, demo(scratch) as address:
        take(address)
