"""The first run of manage.py from a bare clone, in real processes on small copies.

Most of them find a `uv` of our own on PATH, which says and does what the test needs:
that takes a fraction of a second. Those on pip itself install from a folder.
"""

import ast
import ctypes
import hashlib
import importlib.util
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys._base_executable  # outside the .venv that pytest itself runs in
VERSION = "{}.{}.{}".format(*sys.version_info[:3])

needs_pip = pytest.mark.skipif(
    not importlib.util.find_spec("ensurepip"), reason="this Python comes without pip"
)

# Stands for Django in the copies: tells how it was called.
DJANGO = """
import json, os, sys
def execute_from_command_line(argv):
    if argv[1:] == ["interrupted"]:
        raise KeyboardInterrupt
    settings = os.environ["DJANGO_SETTINGS_MODULE"]
    print(json.dumps({"argv": argv[1:], "settings": settings, "prefix": sys.prefix}))
"""
# The Python that starts manage.py takes itself for an old one; those it starts do not.
OLD_PYTHON = """
import sys
if sys.prefix == sys.base_prefix and sys.orig_argv[1:2][0].endswith("manage.py"):
    sys.executable = {!r}
    sys.version_info = (3, 8, 18, "final", 0)
"""
FULL_DISK = """
import shutil
shutil.disk_usage = lambda path: shutil._ntuple_diskusage(10**12, 10**12, 10**6)
"""
NO_ENSUREPIP = "raise ImportError"


class Project:
    """A copy of what starts the site, with an environment that holds nothing else."""

    def __init__(self, folder):
        self.folder = folder
        self.root = folder / "project"
        self.venv = self.root / ".venv"
        self.lock = self.root / "requirements.lock"
        self.bin = folder / "bin"
        self.calls = folder / "uv-calls"
        for made in [self.root / "site", self.bin, folder / "home", folder / "early"]:
            made.mkdir(parents=True)
        shutil.copy(ROOT / "manage.py", self.root)
        shutil.copy(ROOT / "site" / "bootstrap.py", self.root / "site")
        management = self.root / "django" / "core" / "management"
        management.mkdir(parents=True)
        (management / "__init__.py").write_text(DJANGO)
        self.lock.write_text("")
        kept = ["LD_LIBRARY_PATH", "TMPDIR", "SYSTEMROOT"]
        self.environment = {
            name: os.environ[name] for name in kept if name in os.environ
        }
        self.environment |= {
            "PATH": str(self.bin),
            "HOME": str(folder / "home"),
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(folder / "early"),
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(folder),
        }

    def start(self, *arguments, python=PYTHON, **options):
        return subprocess.Popen(
            [python, self.root / "manage.py", *arguments],
            env=self.environment,
            cwd=options.pop("cwd", self.folder),
            stdout=subprocess.PIPE,
            stderr=options.pop("stderr", subprocess.PIPE),
            text=True,
            **options,
        )

    def run(self, *arguments, **options):
        process = self.start(*arguments, **options)
        process.out, process.err = process.communicate(timeout=60)
        return process

    def early(self, module, text):
        """Put a module before those of Python itself."""
        (self.folder / "early" / f"{module}.py").write_text(text)

    def program(self, name, text):
        (self.bin / name).write_text(f"#!/bin/sh\n{text}\n")
        (self.bin / name).chmod(0o755)

    def uv(self, install="", find="exit 2"):
        self.program(
            "uv",
            f'if [ "$1" = python ]; then {find}; fi\n'
            f'echo "$@" >> {self.calls}\n{install}\nexit 0',
        )

    def pretend_old_python(self):
        self.program("python3", "echo '|python|3.8.18|pip|/nowhere/python3'")
        self.early("sitecustomize", OLD_PYTHON.format(str(self.bin / "python3")))

    def lock_wheels(self, *names):
        """Make packages with nothing in them and lock them."""
        for name in names:
            wheel = self.folder / f"{name}-1.0-py3-none-any.whl"
            info = f"{name}-1.0.dist-info"
            with zipfile.ZipFile(wheel, "w") as archive:
                meta = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
                tags = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
                archive.writestr(f"{info}/METADATA", meta)
                archive.writestr(f"{info}/WHEEL", tags)
                archive.writestr(f"{info}/RECORD", f"{info}/METADATA,,\n")
            digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
            with self.lock.open("a") as lock:
                lock.write(f"{name}==1.0 \\\n    --hash=sha256:{digest}\n")


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)


def read_until(process, text):
    read = ""
    while text not in read:
        character = process.stderr.read(1)
        assert character, read
        read += character
    return read


def wait_for(path):
    """Until it is there; the program that writes it has begun then."""
    until = time.monotonic() + 30
    while not path.exists():
        assert time.monotonic() < until
        time.sleep(0.05)
    time.sleep(0.5)  # Who has started it is told of that, and waits for its end.


def is_one_sentence(text):
    """The last line on its own, after the lines of the steps; no traceback."""
    sentence = text.rstrip("\n").rpartition("\n")[2]
    return sentence.endswith(".") and ". " not in sentence and "Traceback" not in text


@needs_pip
def test_first_run_installs_the_lock_with_pip_and_later_runs_start_at_once(project):
    project.lock_wheels("alpha", "beta")

    first = project.run("migrate", "--check")
    second = project.run("migrate", "--check")

    assert first.returncode == 0, first.err
    steps = [line for line in first.err.splitlines() if line.startswith("[")]
    assert [step[:5] for step in steps] == ["[1/4]", "[2/4]", "[3/4]", "[4/4]"]
    assert steps[0] == f"[1/4] Looking for Python 3.12 or newer … {VERSION}"
    assert "2 of 2" in first.err
    assert list(project.venv.glob("lib/*/site-packages/beta-1.0.dist-info"))
    assert json.loads(first.out) == {
        "argv": ["migrate", "--check"],
        "settings": "config.settings.dev",
        "prefix": str(project.venv),
    }
    assert (second.out, second.err) == (first.out, "")


@needs_pip
def test_without_network_says_so(project):
    project.lock.write_text("alpha==1.0 --hash=sha256:" + "0" * 64)
    del project.environment["PIP_NO_INDEX"]
    project.environment["PIP_INDEX_URL"] = "http://" + "127.0.0.1:9" + "/simple"
    project.environment["PIP_RETRIES"] = "1"

    run = project.run("check")

    assert run.returncode == 1
    assert "needs the network" in run.err
    assert is_one_sentence(run.err)


@needs_pip
def test_pip_takes_over_when_uv_fails(project):
    project.lock_wheels("alpha")
    project.uv(install="echo 'error: no such index'; exit 2")

    run = project.run("check")

    assert run.returncode == 0, run.err
    assert "1 of 1" in run.err
    assert list(project.venv.glob("lib/*/site-packages/alpha-1.0.dist-info"))


def test_uv_installs_the_lock_with_its_hashes(project):
    project.uv()

    run = project.run("check")

    assert run.returncode == 0, run.err
    assert "--require-hashes" in project.calls.read_text()
    assert str(project.lock) in project.calls.read_text()


@pytest.mark.parametrize("place", ["path", "pyenv", "uv"])
def test_an_old_python_finds_a_new_one(project, place):
    project.pretend_old_python()
    project.uv()
    if place == "path":
        (project.bin / "python3.12").symlink_to(PYTHON)
    elif place == "pyenv":
        shim = project.folder / "pyenv" / "versions" / "3.13.9" / "bin"
        shim.mkdir(parents=True)
        (shim / "python3").symlink_to(PYTHON)
        project.environment["PYENV_ROOT"] = str(project.folder / "pyenv")
    else:
        project.uv(find=f"echo {PYTHON}; exit 0")

    run = project.run("check")

    assert run.returncode == 0, run.err
    assert f"[1/4] Looking for Python 3.12 or newer … {VERSION}" in run.err


def test_a_shim_that_refuses_is_passed_over(project):
    project.pretend_old_python()
    project.program("python3.13", "echo 'pyenv: version 3.13 is not installed'; exit 1")
    (project.bin / "python3.12").symlink_to(PYTHON)
    project.uv()

    run = project.run("check")

    assert run.returncode == 0, run.err


def test_without_a_new_python_says_what_to_install(project):
    project.pretend_old_python()

    run = project.run("demo")

    assert run.returncode == 1
    assert "needs Python 3.12 or newer and found only 3.8.18" in run.err
    assert is_one_sentence(run.err)


def test_python_without_ensurepip_says_what_to_install(project):
    project.early("ensurepip", NO_ENSUREPIP)

    run = project.run("check")

    minor = "{}.{}".format(*sys.version_info[:2])
    assert run.returncode == 1
    assert f"apt install python{minor}-venv" in run.err
    assert is_one_sentence(run.err)


def test_python_without_ensurepip_will_do_where_there_is_uv(project):
    project.early("ensurepip", NO_ENSUREPIP)
    project.uv()

    run = project.run("check")

    assert run.returncode == 0, run.err


def test_too_little_space_is_told_before_anything_is_fetched(project):
    project.early("sitecustomize", FULL_DISK)
    project.uv()

    run = project.run("check")

    assert run.returncode == 1
    assert "The disk is full: free about 700 MB" in run.err
    assert is_one_sentence(run.err)
    assert not project.calls.exists()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("No space left on device (os error 28)", "The disk is full"),
        ("error sending request for the index", "needs the network"),
        ("alpha has a wrong hash", "bootstrap.log, which ends with 'alpha has a wrong"),
    ],
)
def test_failed_installation_ends_in_a_sentence(project, said, told):
    project.early("ensurepip", NO_ENSUREPIP)
    project.uv(install=f"echo '{said}'; exit 1")

    run = project.run("check")

    assert run.returncode == 1
    assert told in run.err
    assert is_one_sentence(run.err)


def test_missing_lock_is_told(project):
    project.lock.unlink()

    run = project.run("check")

    assert run.returncode == 1
    assert "requirements.lock is missing" in run.err
    assert is_one_sentence(run.err)


def test_folder_that_cannot_be_written_to_is_told(project):
    project.root.chmod(0o555)

    run = project.run("check", preexec_fn=obey_permissions)

    assert run.returncode == 1
    assert "cannot be written to" in run.err
    assert is_one_sentence(run.err)


def obey_permissions():
    """Root may write anywhere: let go of that right (CAP_DAC_OVERRIDE)."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(24, 1)  # PR_CAPBSET_DROP


def heed_interrupts():
    """As in a terminal: a shell tells what it starts in the background not to."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_interrupted_run_ends_quietly_and_its_venv_is_made_anew(project):
    project.uv(install="exec /bin/sleep 60")
    first = project.start("check", preexec_fn=heed_interrupts)
    read_until(first, "[3/4]")
    wait_for(project.calls)
    (project.venv / "left-over").write_text("")

    first.send_signal(signal.SIGINT)
    _, told = first.communicate(timeout=20)
    project.uv()
    second = project.run("check")

    assert first.returncode == 130
    assert told.endswith("Stopped.\n")
    assert "Traceback" not in told
    assert second.returncode == 0, second.err
    assert "Making .venv anew, as it was not finished" in second.err
    assert not (project.venv / "left-over").exists()


def test_changed_lock_makes_venv_anew(project):
    project.uv()
    project.run("check")
    project.lock.write_text("# another\n")

    run = project.run("check")

    assert run.returncode == 0, run.err
    assert "Making .venv anew, as requirements.lock" in run.err


def test_venv_whose_python_is_gone_is_made_anew(project):
    project.uv()
    project.run("check")
    (project.venv / "bin" / "python").unlink()
    (project.venv / "bin" / "python").symlink_to("/nowhere/python3.13")

    run = project.run("check")

    assert run.returncode == 0, run.err
    assert len(project.calls.read_text().splitlines()) == 2


def test_two_runs_at_the_same_time_make_one_venv(project):
    project.uv(install="/bin/sleep 1")

    runs = [project.start("check") for _ in range(2)]
    told = [run.communicate(timeout=30)[1] for run in runs]

    assert [run.returncode for run in runs] == [0, 0], told
    assert len(project.calls.read_text().splitlines()) == 1
    assert sum("[3/4]" in text for text in told) == 1
    assert sum("Another run is making .venv" in text for text in told) == 1


def test_killed_run_is_waited_for_while_its_installer_goes_on(project):
    ended = project.folder / "ended"
    project.uv(install=f"/bin/sleep 1.5; echo > {ended}")
    first = project.start("check")
    read_until(first, "[3/4]")
    while not project.calls.exists():
        time.sleep(0.05)
    first.kill()
    first.communicate()

    second = project.start("check")
    read_until(second, "[1/4]")
    ended_before_the_second_began = ended.exists()
    _, told = second.communicate(timeout=30)

    assert ended_before_the_second_began
    assert second.returncode == 0, told


def test_progress_in_a_log_is_a_line_every_few_seconds(project):
    project.lock_wheels("alpha", "beta", "gamma")
    project.uv(install="echo ' Downloaded alpha'; /bin/sleep 2.7")

    run = project.run("check")

    assert "[3/4] Installing packages … \n      1 of 3 fetched (2 s)\n" in run.err


def test_progress_on_a_screen_is_one_line_rewritten(project):
    project.lock_wheels("alpha", "beta", "gamma")
    project.uv(install="echo ' Downloaded alpha'; /bin/sleep 0.7")
    screen, far_end = pty.openpty()

    process = project.start("check", stderr=far_end)
    os.close(far_end)
    told = read_screen(screen)
    process.communicate(timeout=10)

    assert process.returncode == 0, told
    assert "\r[3/4] Installing packages … 1 of 3 fetched" in told
    assert told.count("\n") == 4


def read_screen(screen):
    read = b""
    while True:
        try:
            part = os.read(screen, 1000)
        except OSError:  # how Linux says that the far end is closed
            part = b""
        if not part:
            os.close(screen)
            return read.decode()
        read += part


@pytest.mark.parametrize("how", ["virtual environment", "NO_BOOTSTRAP"])
def test_nothing_is_made_where_it_is_not_wanted(project, how):
    python = PYTHON
    if how == "NO_BOOTSTRAP":
        project.environment["NO_BOOTSTRAP"] = "1"
    else:
        own = project.folder / "own"
        subprocess.run([PYTHON, "-m", "venv", "--without-pip", own], check=True)
        python = own / "bin" / "python"

    run = project.run("check", python=python)

    assert run.returncode == 0, run.err
    assert json.loads(run.out)["argv"] == ["check"]
    assert not project.venv.exists()


def test_settings_that_are_set_already_stay(project):
    project.environment |= {"NO_BOOTSTRAP": "1", "DJANGO_SETTINGS_MODULE": "other"}

    run = project.run("check")

    assert json.loads(run.out)["settings"] == "other"


def test_environment_without_django_is_told(project):
    project.environment["NO_BOOTSTRAP"] = "1"
    shutil.rmtree(project.root / "django")

    run = project.run("check", python=bare_python(project))

    assert run.returncode == 1
    assert run.err.startswith("Django is not installed in ")
    assert is_one_sentence(run.err)


def bare_python(project):
    own = project.folder / "bare"
    subprocess.run([PYTHON, "-m", "venv", "--without-pip", own], check=True)
    return own / "bin" / "python"


def test_interrupted_command_ends_quietly(project):
    project.environment["NO_BOOTSTRAP"] = "1"

    run = project.run("interrupted")

    assert (run.returncode, run.err) == (130, "\nStopped.\n")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["-k", "good"], 0, "1 passed, 1 deselected"),
        (["-x", "tests/test_small.py"], 1, "1 failed"),
        (["nowhere.py"], 4, "nowhere.py"),
    ],
)
def test_test_is_pytest_with_its_arguments_and_exit_code(
    project, arguments, code, told
):
    settings = "os.environ['DJANGO_SETTINGS_MODULE'] == 'config.settings.test'"
    project.environment |= {
        "NO_BOOTSTRAP": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "DJANGO_SETTINGS_MODULE": "other",
    }
    (project.root / "tests").mkdir()
    (project.root / "tests" / "test_small.py").write_text(
        f"import os\ndef test_bad(): assert False\ndef test_good(): assert {settings}\n"
    )

    run = project.run("test", *arguments, python=sys.executable)

    assert run.returncode == code, run.out
    assert run.err.startswith(f"Running: python -m pytest {arguments[0]}")
    assert told in run.out + run.err


def test_old_pythons_can_read_what_starts_the_site():
    manage = (ROOT / "manage.py").read_text(encoding="ascii")
    bootstrap = (ROOT / "site" / "bootstrap.py").read_text(encoding="utf-8")

    ast.parse(bootstrap, feature_version=(3, 7))
    tree = ast.parse(manage, feature_version=(3, 7))

    newer_than_python_2 = (ast.JoinedStr, ast.AnnAssign, ast.Starred, ast.Nonlocal)
    assert not [
        node for node in ast.walk(tree) if isinstance(node, newer_than_python_2)
    ]
    assert not [node for node in ast.walk(tree) if getattr(node, "returns", None)]
