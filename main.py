"""Saudagar: opens the window, or runs one command.

The first run makes a virtual environment beside this file and installs what `requirements.lock`
names, each file checked by its hash; later runs start inside it at once.
"""

import importlib.util
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def bootstrap() -> None:
    """Continue inside an environment that has every dependency; make it where there is none."""
    if sys.version_info < (3, 11):
        sys.exit("error: Saudagar needs Python 3.11 or newer; this is " + sys.version.split()[0])
    if sys.prefix != sys.base_prefix or importlib.util.find_spec("PySide6"):
        return
    import hashlib
    import subprocess

    home = HERE / ".venv"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    lock = HERE / "requirements.lock"
    wanted = hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()
    stamp = home / "complete"
    if not stamp.exists() or stamp.read_text() != wanted:
        install(home, python, lock)
        stamp.write_text(wanted)
    arguments = [str(python), *sys.orig_argv[1:]]
    if os.name == "nt":
        sys.exit(subprocess.call(arguments))
    os.execv(python, arguments)


def install(home: Path, python: Path, lock: Path) -> None:
    """Make the environment and install the locked dependencies, or say what is missing."""
    import subprocess

    print("Setting up Saudagar once; this takes about a minute …", file=sys.stderr)
    options = ["--require-hashes", "--only-binary=:all:", "--disable-pip-version-check", "-q"]
    if importlib.util.find_spec("ensurepip"):
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        pip = [str(python), "-m", "pip"]
    elif importlib.util.find_spec("pip"):
        subprocess.run(
            [sys.executable, "-m", "venv", "--clear", "--without-pip", str(home)], check=True
        )
        pip = [sys.executable, "-m", "pip", "--python", str(python)]
    else:
        sys.exit("error: Python has no pip here; install the package python3-venv and try again.")
    if subprocess.call([*pip, "install", *options, "-r", str(lock)]):
        sys.exit("error: the dependencies could not be installed; see the lines above.")


if __name__ == "__main__":
    bootstrap()
    from ui.terminal.run import run

    sys.exit(run(sys.argv[1:]))
