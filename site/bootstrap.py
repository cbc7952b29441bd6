"""Makes .venv on the first run and starts manage.py again inside it.

Standard library only, in syntax that Python 3.6 can read: this file is run by whatever
Python the machine has, before one that is new enough has been found.
"""

import errno
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Callable, Iterator, List, NamedTuple, Optional, Tuple

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
# Written last: a .venv without it, or with another text in it, is made anew.
STAMP = VENV / "bootstrap.stamp"
GUARD = VENV / "bootstrap.lock"
LOG = VENV / "bootstrap.log"

OLDEST = (3, 12)
NAMES = ["python3.13", "python3.14", "python3.12", "python3", "python"]
SPACE_NEEDED = 700 * 1000 * 1000

NO_SPACE = (
    "The disk is full: free about {} MB on the disk of {} (and in the folder for "
    "temporary files), then run this again."
).format(SPACE_NEEDED // 1000000, ROOT)
NOT_WRITABLE = (
    "The project folder {} cannot be written to: give yourself the right to write "
    "there (also to .venv in it), or copy the project to a folder of your own."
).format(ROOT)
NO_NETWORK = (
    "The packages could not be fetched: the first run needs the network, so check the "
    "connection (behind a proxy HTTPS_PROXY, with an index of your own PIP_INDEX_URL), "
    "then run this again."
)
NO_LOCK = (
    "requirements.lock is missing beside manage.py: get it back with "
    "`git checkout requirements.lock`, then run this again."
)
NO_PYTHON = (
    "This project needs Python 3.12 or newer and found {}: install one (with your "
    "system's packages, `pyenv install 3.13` or `uv python install 3.13`), then run "
    "this again."
)
NO_PIP = (
    "Python {0} at {1} lacks the module ensurepip: install it (on Debian and Ubuntu "
    "`sudo apt install python{2}-venv`), then run this again."
)

# What each candidate is asked to say of itself; Python 2 can read it too.
QUESTION = """
import sys
try:
    import ensurepip, venv
    pip = "pip"
except ImportError:
    pip = "bare"
path = getattr(sys, "_base_executable", None) or sys.executable
version = "%d.%d.%d" % tuple(sys.version_info[:3])
sys.stdout.write("|".join(["", "python", version, pip, path]) + "\\n")
"""
FETCHED = re.compile(r" ?(?:Collecting|Processing|Downloaded) (\S+)")
FULL_DISK = re.compile(r"No space left on device|Errno 28\b|Disk quota exceeded")
LOST_NETWORK = re.compile(
    r"Retrying \(|from versions: none|connection (?:broken|refused|reset|error)"
    r"|error sending request|dns error|failed to lookup|name resolution|timed out"
    r"|ProxyError|SSLError|Network is unreachable",
    re.IGNORECASE,
)


class Problem(Exception):
    """Something the reader can put right; its text is the whole message."""


class Python(NamedTuple):
    version: str
    has_pip: bool
    path: str


def ensure_environment() -> None:
    """Return inside a virtual environment, or start this command again in .venv."""
    if os.environ.get("NO_BOOTSTRAP") or sys.prefix != sys.base_prefix:
        return
    try:
        if not LOCK.is_file():
            raise Problem(NO_LOCK)
        if not is_ready():
            with only_one_run():
                if not is_ready():  # another run may have made it meanwhile
                    make_environment()
        start_again()
    except Problem as problem:
        sys.exit(str(problem))
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            sys.exit(NO_SPACE)
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            sys.exit(NOT_WRITABLE)
        sys.exit(".venv could not be made or started: {}.".format(error))


def is_ready() -> bool:
    try:
        return VENV_PYTHON.exists() and STAMP.read_text() == stamp()
    except OSError:
        return False


def stamp() -> str:
    """What .venv was made from: the locked packages and the Python in it."""
    settings = (VENV / "pyvenv.cfg").read_text(encoding="utf-8", errors="replace")
    version = re.search(r"^version(?:_info)? *= *(\S+)", settings, re.MULTILINE)
    packages = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return "{} {}\n".format(packages, version.group(1) if version else "unknown")


def make_environment() -> None:
    with Step("[1/4] Looking for Python 3.12 or newer") as step:
        python = find_python(step)
        step.done(python.version)
    with Step("[2/4] " + title_for_making()) as step:
        uv = shutil.which("uv")
        make_venv(python, uv, step)
        step.done("done")
    with Step("[3/4] Installing packages") as step:
        install(uv, step)
    STAMP.write_text(stamp())
    with Step("[4/4] Starting manage.py {}".format(" ".join(sys.argv[1:2]))) as step:
        step.done("")


def title_for_making() -> str:
    if STAMP.exists():
        return "Making .venv anew, as requirements.lock or its Python has changed"
    if (VENV / "pyvenv.cfg").exists():
        return "Making .venv anew, as it was not finished"
    return "Making .venv"


def find_python(step: "Step") -> Python:
    """The first new enough Python; one with pip is better than one without."""
    too_old: List[str] = []
    without_pip: Optional[Python] = None
    for path in candidates(step):
        python = ask(path, step)
        if not python:
            continue
        if tuple(int(part) for part in python.version.split(".")[:2]) < OLDEST:
            if python.version not in too_old:
                too_old.append(python.version)
        elif python.has_pip:
            return python
        else:
            without_pip = without_pip or python
    if not without_pip:
        found = "only " + ", ".join(too_old) if too_old else "none"
        raise Problem(NO_PYTHON.format(found))
    if not shutil.which("uv"):  # which installs into a .venv without pip
        minor = ".".join(without_pip.version.split(".")[:2])
        raise Problem(NO_PIP.format(without_pip.version, without_pip.path, minor))
    return without_pip


def candidates(step: "Step") -> Iterator[str]:
    """Where a Python may be: here, in .venv, on PATH, in pyenv's folder, with uv."""
    seen = {""}
    for path in [sys.executable, str(VENV_PYTHON), *on_path(), *in_pyenv()]:
        if path and path not in seen and os.path.exists(path):
            seen.add(path)
            yield path
    uv = shutil.which("uv")
    if uv:
        code, lines = run([uv, "python", "find", ">=3.12"], step)
        if code == 0 and lines:
            yield lines[-1].strip()


def on_path() -> List[str]:
    folders = os.environ.get("PATH", "").split(os.pathsep)
    found = [shutil.which(name, path=folder) for name in NAMES for folder in folders]
    return [path for path in found if path]


def in_pyenv() -> List[str]:
    """Straight from pyenv's folder: its shims refuse what .python-version lacks."""
    found: List[Tuple[List[int], str]] = []
    for root in [os.environ.get("PYENV_ROOT"), os.path.expanduser("~/.pyenv")]:
        for folder in Path(root or os.devnull).glob("versions/3.*"):
            numbers = [int(number) for number in re.findall(r"\d+", folder.name)]
            if numbers[:2] >= list(OLDEST):
                found.append((numbers, str(folder / "bin" / "python3")))
    return [path for _, path in sorted(found, reverse=True)]


def ask(path: str, step: "Step") -> Optional[Python]:
    try:
        _, lines = run([path, "-c", QUESTION], step)
    except OSError:  # not a program, or not for this machine
        return None
    for line in lines:
        parts = line.rstrip("\n").split("|", 4)
        if parts[:2] == ["", "python"] and len(parts) == 5:
            return Python(parts[2], parts[3] == "pip", parts[4])
    return None


def make_venv(python: Python, uv: Optional[str], step: "Step") -> None:
    """Empty .venv of what an unfinished run left, all but the guard, and fill it."""
    if STAMP.exists():
        STAMP.unlink()
    for item in VENV.iterdir():
        step.show()
        if item.is_dir() and not item.is_symlink():
            shutil.rmtree(str(item))
        elif item != GUARD:
            item.unlink()
    if shutil.disk_usage(str(VENV)).free < SPACE_NEEDED:
        raise Problem(NO_SPACE)
    command = [python.path, "-m", "venv", str(VENV)]
    code, lines = run([*command, "--without-pip"] if uv else command, step)
    if code:
        raise Problem(why_it_failed(lines))


def install(uv: Optional[str], step: "Step") -> None:
    """Install the locked packages, with uv if it is here, else with pip."""
    pins = re.findall(r"^[A-Za-z0-9][^\s;#]*==", LOCK.read_text("utf-8"), re.MULTILINE)

    def progress(lines: List[str]) -> str:
        fetched = {found.group(1) for found in map(FETCHED.match, lines) if found}
        total = len(pins) - sum(line.startswith("Ignoring ") for line in lines)
        installed = count_packages() - at_first
        if lines and "Retrying (" in lines[-1]:
            return "no connection, trying again"
        if installed > 0:
            return f"{installed} of {total} installed"
        return f"{min(len(fetched), total)} of {total} fetched"

    packages = ["--require-hashes", "-r", str(LOCK)]
    # Modules are compiled when first used: that nearly halves the time.
    with_pip = [str(VENV_PYTHON), "-m", "pip", "install", "--no-compile", "--no-input"]
    with_pip += ["--progress-bar=off", *packages]
    at_first = count_packages()
    if uv:
        with_uv = [uv, "pip", "install", "--python", str(VENV_PYTHON), *packages]
        code, lines = run(with_uv, step, progress)
        # It does not read pip's settings, which may name an index or a proxy: when it
        # fails, pip tries.
        if code and not FULL_DISK.search("".join(lines)) and add_pip(step):
            at_first = count_packages()
            code, lines = run(with_pip, step, progress)
    else:
        code, lines = run(with_pip, step, progress)
    if code:
        raise Problem(why_it_failed(lines))
    step.done("{0} of {0}".format(count_packages() - at_first))


def add_pip(step: "Step") -> bool:
    code, _ = run([str(VENV_PYTHON), "-m", "ensurepip"], step)
    return code == 0


def count_packages() -> int:
    folders = ["lib/python*/site-packages", "Lib/site-packages"]
    return sum(len(list(VENV.glob(folder + "/*.dist-info"))) for folder in folders)


def why_it_failed(lines: List[str]) -> str:
    text = "".join(lines)
    if FULL_DISK.search(text):
        return NO_SPACE
    if LOST_NETWORK.search(text):
        return NO_NETWORK
    LOG.write_text(text, encoding="utf-8")
    said = [line.strip() for line in lines if line.strip()][-1:] or ["nothing"]
    return f"This did not work: see {LOG}, which ends with '{said[0]}'."


def run(
    command: List[str],
    step: "Step",
    progress: Callable[[List[str]], str] = lambda lines: "",
) -> Tuple[int, List[str]]:
    """Run a command to its end while the step goes on showing that it is alive."""
    lines: List[str] = []
    process = None
    try:
        with interrupt_kept_for_the_end():  # in the midst of it the child would be lost
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=dict(os.environ, PYTHONUNBUFFERED="1", PIP_USER="0"),
                # The child holds the guard too: while a pip whose bootstrap was killed
                # goes on writing to .venv, no other run begins.
                close_fds=os.name == "nt",
                encoding="utf-8",
                errors="replace",
            )
        reader = threading.Thread(target=collect, args=(process.stdout, lines))
        reader.daemon = True
        reader.start()
        while reader.is_alive():
            reader.join(0.2)
            step.show(progress(lines))
        return process.wait(), lines
    except BaseException:
        if process:
            process.terminate()
            process.wait()
        raise


@contextmanager
def interrupt_kept_for_the_end() -> Iterator[None]:
    kept: List[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: kept.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if kept:
        raise KeyboardInterrupt


def collect(output: IO[str], lines: List[str]) -> None:
    for line in output:
        lines.append(line)  # one by one, as the other thread looks on


@contextmanager
def only_one_run() -> Iterator[None]:
    """Hold the guard of .venv; the system lets go of it when the holders have ended."""
    VENV.mkdir(exist_ok=True)
    with GUARD.open("a") as guard:
        if not take(guard):
            with Step("Another run is making .venv: waiting for it") as step:
                while not take(guard):
                    step.show()
                    time.sleep(0.2)
                step.done("done")
        yield


def take(guard: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415

            msvcrt.locking(guard.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.set_inheritable(guard.fileno(), True)
    except OSError as error:
        # Any other error: a file system without locks, so go on without.
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True


def start_again() -> None:
    own_id = str(os.getpid())  # stays the same when this process becomes another
    if os.environ.get("BOOTSTRAPPED_PROCESS") == own_id:
        raise Problem(
            ".venv does not work (is PYTHONHOME set?): unset it and delete .venv."
        )
    os.environ["BOOTSTRAPPED_PROCESS"] = own_id
    os.environ.pop("__PYVENV_LAUNCHER__", None)  # macOS: would name the old Python
    become([str(VENV_PYTHON), str(ROOT / "manage.py"), *sys.argv[1:]])


def become(command: List[str]) -> None:
    """Replace this process by another command; its exit code is then ours."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "nt":  # has no exec that the shell waits for
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


class Step:
    """A line that tells what is being done and how far it is: on a screen it is
    rewritten in place, in a log a new line follows every few seconds."""

    def __init__(self, title: str) -> None:
        self.title = title + " … "
        self.began = self.written = time.monotonic()
        self.on_screen = sys.stderr.isatty()
        self.detail = self.shown = ""
        self.is_open = True
        write(self.title)

    def show(self, detail: str = "") -> None:
        now = time.monotonic()
        if self.on_screen:
            self.rewrite(self.timed(detail))
        elif now - self.written >= (4 if detail == self.detail else 2):
            write("\n      " + self.timed(detail))
            self.detail, self.shown, self.written = detail, detail or "…", now

    def done(self, detail: str) -> None:
        if self.on_screen:
            self.rewrite(self.timed(detail))
        else:
            write(("\n      " if self.shown else "") + self.timed(detail))
        self.is_open = False
        write("\n")

    def rewrite(self, text: str) -> None:
        if text != self.shown:
            write("\r" + self.title + text + " " * (len(self.shown) - len(text)))
            self.shown = text

    def timed(self, detail: str) -> str:
        seconds = int(time.monotonic() - self.began)
        return (detail + " ({} s)".format(seconds)).lstrip() if seconds else detail

    def __enter__(self) -> "Step":
        return self

    def __exit__(self, *error: object) -> None:
        if self.is_open:
            write("\n")


def write(text: str) -> None:
    try:
        text.encode(sys.stderr.encoding or "ascii")
    except UnicodeEncodeError:
        text = text.replace("…", "...")
    sys.stderr.write(text)
    sys.stderr.flush()
