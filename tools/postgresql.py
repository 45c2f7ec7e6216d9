"""Runs a command on a PostgreSQL of its own: `python tools/postgresql.py pytest …`.

Starts a private cluster in the data folder (ONEBOW_HOME), reachable through a socket file alone, hands its address to
the command as ONEBOW_DATABASE, and stops it at the end; one that runs already is used and left running. Missing
programs are installed from Debian where that is allowed. Where PostgreSQL cannot be had this says so and ends well,
with CI=true badly. For tests and measurements only: the cluster does not wait for the disk.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAMS = "/usr/lib/postgresql"
OLDEST = 15
# Lost at a power cut, which a test does not live to see.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "''",
    "shared_buffers": "256MB",
    "max_connections": "100",
    "autovacuum_naptime": "20s",
    # Nobody replays this log; so tables that are made anew are not written to it at all, and checkpoints are rare.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
}
# The path of a socket file must be shorter than this.
SOCKET_BYTES = 100


class CannotBeHad(Exception):
    """Why there is no PostgreSQL here."""


def programs() -> Path:
    """The folder of the newest PostgreSQL's programs."""
    found = [path for path in Path(PROGRAMS).glob("*/bin") if (path / "initdb").exists()]
    if beside := shutil.which("initdb"):
        found.append(Path(beside).resolve().parent)
    versions = {path: version_of(path) for path in found}
    able = [path for path in found if versions[path] >= OLDEST]
    if not able:
        raise CannotBeHad(f"no PostgreSQL of version {OLDEST} or newer")
    return max(able, key=lambda path: versions[path])


def version_of(folder: Path) -> int:
    """The major version of the programs in a folder."""
    said = subprocess.run([folder / "initdb", "--version"], capture_output=True, text=True, check=False).stdout.split()
    return int(said[2].split(".")[0]) if len(said) > 2 and said[2].split(".")[0].isdigit() else 0


def install() -> None:
    """Install PostgreSQL from Debian."""
    if not shutil.which("apt-get"):
        raise CannotBeHad("PostgreSQL is not installed, and there is no apt-get here")
    root = [] if os.getuid() == 0 else ["sudo", "-n"]
    if root and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode:
        raise CannotBeHad("PostgreSQL is not installed, and we are neither root nor sudo")
    quiet = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.DEVNULL,
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    }
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "postgresql"]):
        if subprocess.run([*root, "apt-get", *words], check=False, **quiet).returncode:
            raise CannotBeHad("apt-get could not install postgresql")


class Cluster:
    """A private cluster. PostgreSQL refuses to run as root, so root hands it to the account `postgres`."""

    def __init__(self, folder: Path, bin_folder: Path) -> None:
        self.bin = bin_folder
        self.as_other = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        self.owner = "postgres" if self.as_other else pwd.getpwuid(os.getuid()).pw_name
        self.folder = self._reachable(folder)
        self.sockets = self.folder if len(str(self.folder)) < SOCKET_BYTES - 20 else _short_folder(self.folder)
        self.data, self.log = self.folder / "data", self.folder / "log"

    @property
    def address(self) -> str:
        """The cluster's address, as ONEBOW_DATABASE takes it."""
        return f"postgresql://postgres@/onebow?host={self.sockets}"

    def start(self) -> bool:
        """Make it when missing and start it; False if it runs already."""
        for folder in (self.folder, self.sockets):
            folder.mkdir(parents=True, exist_ok=True)
            if self.as_other:
                shutil.chown(folder, "postgres", "postgres")
        if not (self.data / "PG_VERSION").exists():
            self._run(
                "initdb", "-A", "trust", "-U", "postgres", "--locale=C.UTF-8", "-E", "UTF8", "-N", "-D", str(self.data)
            )
        if self._run("pg_ctl", "-D", str(self.data), "status", check=False) == 0:
            return False
        told = " ".join(f"-c {name}={value}" for name, value in FAST.items())
        self._run("pg_ctl", "-w", "-D", str(self.data), "-l", str(self.log), "-o", f"{told} -k {self.sockets}", "start")
        self._run("createdb", "-h", str(self.sockets), "-U", "postgres", "onebow", check=False)
        return True

    def stop(self) -> None:
        """Stop it, at once: nothing in it is kept."""
        self._run("pg_ctl", "-w", "-D", str(self.data), "-m", "fast", "stop", check=False)

    def _run(self, program: str, *words: str, check: bool = True) -> int:
        command = [*self.as_other, str(self.bin / program), *words]
        # A folder that the other account may enter, and no open pipe that the server would hold.
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False)
            if check and done.returncode:
                said.seek(0)
                raise CannotBeHad(f"{program} failed: {said.read().decode(errors='replace').strip()[-400:]}")
        return done.returncode

    def _reachable(self, folder: Path) -> Path:
        """The folder, or one below /tmp where the other account may not go there."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        if not self.as_other:
            return folder
        enter = [*self.as_other, "test", "-x", str(folder.parent)]
        return folder if subprocess.run(enter, check=False).returncode == 0 else _short_folder(folder)


def _short_folder(folder: Path) -> Path:
    """A folder below /tmp that stands for a long or closed one."""
    return Path(tempfile.gettempdir()) / f"onebow-pg-{abs(hash_of(str(folder)))}"


def hash_of(text: str) -> int:
    """The same in every process."""
    value = 0
    for byte in text.encode():
        value = (value * 131 + byte) % 1_000_000_007
    return value


def find_or_install() -> Path:
    """The programs' folder."""
    try:
        return programs()
    except CannotBeHad:
        install()
        return programs()


def main(command: list[str]) -> int:
    """Run the command on a cluster; its exit status is ours."""
    try:
        cluster = Cluster(Path(os.environ.get("ONEBOW_HOME", "var-test")).absolute() / "postgresql", find_or_install())
        ours = cluster.start()
    except CannotBeHad as reason:
        print(f"PostgreSQL: {reason}; nothing was run on it", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    try:
        return subprocess.run(command, env={**os.environ, "ONEBOW_DATABASE": cluster.address}, check=False).returncode
    except KeyboardInterrupt:
        return 130
    finally:
        if ours:
            cluster.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
