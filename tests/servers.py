"""Servers for the applications of consumers.py: each in a folder of its own, until the block ends."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from consumer import expect

LONGEST_START = 60


class Server:
    """A program that runs, as another user than root where it asks for that."""

    def __init__(self, name, user=None):
        self._name = name
        self._user = {"user": user, "group": user, "extra_groups": []} if user and os.geteuid() == 0 else {}
        # A short path: that of a socket may have about a hundred characters.
        self.folder = Path(tempfile.mkdtemp(prefix=f"pat-{name}-", dir="/tmp"))
        if self._user:
            shutil.chown(self.folder, user, user)
        self._process = None

    def run(self, *command):
        return subprocess.run(command, cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, **self._user)

    def start(self, command, is_ready):
        with open(self.folder / "log", "wb") as log:
            self._process = subprocess.Popen(command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **self._user)
        until = time.monotonic() + LONGEST_START
        while not is_ready():
            expect(self._process.poll() is None and time.monotonic() < until, f"{self._name} does not start:\n{(self.folder / 'log').read_text()}")
            time.sleep(0.1)

    def __exit__(self, *_):
        if self._process:
            # Both end by it at once; by SIGTERM PostgreSQL would wait for who is connected.
            self._process.send_signal(signal.SIGINT)
            self._process.wait(30)
        shutil.rmtree(self.folder)


class PostgreSql(Server):
    """Reached by a socket, so that no port is taken. It refuses to run as root; Debian's package makes a user for it."""

    def __init__(self):
        super().__init__("pg", "postgres")

    def __enter__(self):
        self._programs = self._find()
        made = self.run(self._programs / "initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        expect(made.returncode == 0, f"initdb failed: {made.stderr}")
        self.start(
            [self._programs / "postgres", "-D", "data", "-k", self.folder, "-c", "listen_addresses=", "-c", "fsync=off"],
            lambda: self.run(self._programs / "pg_isready", "-h", self.folder).returncode == 0)
        return self

    def connection_string(self, database):
        return f"Host={self.folder};Username=postgres;Database={database}"

    def ask(self, database, query):
        """The first column of what it answers, as text."""
        return self.run(self._programs / "psql", "-h", self.folder, "-U", "postgres", "-d", database, "-Atc", query).stdout

    @staticmethod
    def _find():
        debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
        folders = [*map(Path, os.environ["PATH"].split(os.pathsep)), *debian]
        found = next((folder for folder in folders if all((folder / program).exists() for program in ["initdb", "postgres", "psql"])), None)
        expect(found, "there is no PostgreSQL: apt-get install postgresql")
        return found


class Redis(Server):
    """On a port of its own."""

    def __init__(self):
        super().__init__("redis")

    def __enter__(self):
        program = shutil.which("redis-server")
        expect(program, "there is no Redis: apt-get install redis-server")
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.address = f"127.0.0.1:{self._port}"
        self.start(
            [program, "--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], lambda: self.ask("PING") == "+PONG\r\n")
        return self

    def ask(self, command):
        """What it answers, in its own protocol; nothing while it does not run."""
        try:
            with socket.create_connection(("127.0.0.1", self._port), timeout=10) as connection:
                connection.sendall(f"{command}\r\n".encode())
                return connection.recv(4096).decode()
        except ConnectionRefusedError:
            return ""
