"""nginx, set up with the lines of `site/docs/deployment.md`, in front of the site."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from home.review.addresses import REVIEW_SLUGS
from home.tokens import new_token
from tests import factories

pytestmark = pytest.mark.skipif(
    shutil.which("nginx") is None, reason="Debian's nginx-light is not installed"
)
GUIDE = Path(__file__).parents[2] / "site" / "docs" / "deployment.md"
SECONDS_TO_START = 10


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def lines_of_the_guide(folder: Path, port: int, behind: str) -> str:
    """With this machine's folders, and with the port that is free."""
    section = GUIDE.read_text().partition("## nginx")[2]
    lines = section.split("```")[1]
    for path in ("/var/cache/nginx", "/var/log/nginx", "/srv/site/var/media"):
        assert path in lines
        (folder / path.strip("/")).mkdir(parents=True)
        lines = lines.replace(path, str(folder / path.strip("/")))
    lines = lines.replace("http://127.0.0.1:8000", behind)
    return lines.replace("server {", f"server {{\n  listen 127.0.0.1:{port};", 1)


@pytest.fixture
def nginx(live_server: Any, tmp_path: Path, settings: Any) -> Iterator[str]:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    port = free_port()
    lines = lines_of_the_guide(tmp_path, port, live_server.url)
    temporary = "\n".join(
        f"{kind}_temp_path {tmp_path}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = tmp_path / "nginx.conf"
    file.write_text(
        f"user root;\ndaemon off;\npid {tmp_path}/pid;\n"
        f"events {{}}\nhttp {{\n{temporary}\n{lines}\n}}\n"
    )
    with subprocess.Popen(["nginx", "-c", str(file), "-e", "stderr"]) as process:
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def wait_for(port: int) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    message = "nginx did not start"
    raise AssertionError(message)


def logs(folder: Path, lines: int) -> str:
    """nginx writes a line after it has answered."""
    until = time.monotonic() + SECONDS_TO_START
    while True:
        files = (folder / "var/log").rglob("*.log")
        written = "".join(path.read_text() for path in files)
        if written.count("\n") >= lines or time.monotonic() > until:
            return written
        time.sleep(0.1)


@pytest.mark.django_db(transaction=True)
def test_no_token_of_a_letter_stands_in_its_logs(nginx: str, tmp_path: Path) -> None:
    factories.make_event_indexes(factories.make_homes(factories.make_locales()))
    token = new_token()
    endings = ("/", "/?lang=fi", "")
    names = [f"ilmoita/{name}" for name in ("key", "confirm")]
    names.append(REVIEW_SLUGS["fi"])
    for name in names:
        for ending in endings:
            address = f"{nginx}/fi/{name}/{token}{ending}"
            answer = requests.get(address, timeout=60, allow_redirects=False)
            assert answer.status_code < 500

    written = logs(tmp_path, len(names) * len(endings))

    assert token not in written
    for name in names:
        assert written.count(f"/fi/{name}/(token)") == len(endings)
