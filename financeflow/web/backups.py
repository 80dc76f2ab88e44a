"""The whole of the books in one file: the database as its own tool copies it, and what people uploaded."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
UPLOADS = "media/"


class NoBackup(Exception):
    """What stands in the way of making a back-up or of restoring one, for the person at the keyboard."""


def back_up(folder: Path) -> Path:
    """Copy everything as it is at one moment, while the application goes on."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / f"books-{timezone.now():%Y%m%d-%H%M%S}.zip"
    with tempfile.TemporaryDirectory(dir=folder) as made:
        database, unfinished = Path(made) / "database", Path(made) / "books.zip"
        _copy_out(database)
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(database, DATABASE[connection.vendor])
            for path in sorted(settings.MEDIA_ROOT.rglob("*")):
                if path.is_file():
                    archive.write(path, f"{UPLOADS}{path.relative_to(settings.MEDIA_ROOT)}")
        unfinished.chmod(0o600)
        unfinished.replace(target)
    return target


def restore(source: Path) -> None:
    """Put back what a back-up holds; what is there now is gone."""
    name = DATABASE[connection.vendor]
    try:
        archive = zipfile.ZipFile(source)
    except (OSError, zipfile.BadZipFile) as error:
        raise NoBackup(f"{source} is not a back-up: {error}") from None
    with archive, tempfile.TemporaryDirectory() as made:
        if name not in archive.namelist():
            raise NoBackup(f"{source} was not made from {connection.vendor}: it holds no {name}.")
        _copy_in(Path(archive.extract(name, made)))
        uploads = [each for each in archive.namelist() if each.startswith(UPLOADS)]
        archive.extractall(made, uploads)
        if settings.MEDIA_ROOT.exists():
            shutil.rmtree(settings.MEDIA_ROOT)
        settings.MEDIA_ROOT.mkdir(parents=True)
        if uploads:
            shutil.copytree(Path(made) / UPLOADS, settings.MEDIA_ROOT, dirs_exist_ok=True)


def _copy_out(target: Path) -> None:
    if connection.vendor == "postgresql":
        _postgresql("pg_dump", "--format=custom", "--no-owner", f"--file={target}")
        return
    with closing(sqlite3.connect(target)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)


def _copy_in(source: Path) -> None:
    if connection.vendor == "postgresql":
        connections.close_all()
        whole = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
        _postgresql("pg_restore", *whole, f"--dbname={connection.settings_dict['NAME']}", str(source))
        return
    with closing(sqlite3.connect(source)) as kept:
        (verdict,) = kept.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise NoBackup(f"The database in the back-up is damaged: {verdict}")
        connection.ensure_connection()
        kept.backup(connection.connection)


def _postgresql(program: str, *words: str) -> None:
    """Run PostgreSQL's own tool on our database; the password goes by the environment, where nobody lists it."""
    here = connection.settings_dict
    asked = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    env = {name: str(here[key]) for name, key in asked.items() if here.get(key)}
    try:
        subprocess.run([program, *words], env={**os.environ, **env}, check=True, capture_output=True, text=True)  # noqa: S603
    except FileNotFoundError:
        raise NoBackup(f"{program} is not installed here: install PostgreSQL's client.") from None
    except subprocess.CalledProcessError as error:
        raise NoBackup(f"{program} did not succeed: {error.stderr.strip()}") from None
