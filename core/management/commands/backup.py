"""`./run backup FILE --key KEYFILE`: write an encrypted backup of the database."""

import signal
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from core.backups.backup import write_backup
from core.backups.key_file import create_key_file
from core.errors import HandraiserError
from core.management.interruption import ending_like_interrupted


class Command(BaseCommand):
    """Run as `./run backup FILE --key KEYFILE`, or with `--new-key KEYFILE` once before."""

    help = "Writes all rows of one moment to a new encrypted file. The site may go on meanwhile."
    # A database of an older version can be backed up, too.
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and the key, or where a new key goes."""
        parser.add_argument("file", type=Path, nargs="?", help="a new file")
        keys = parser.add_mutually_exclusive_group(required=True)
        keys.add_argument("--key", type=Path, metavar="KEYFILE", help="the key file with which it is encrypted")
        keys.add_argument("--new-key", type=Path, metavar="KEYFILE", help="make a key file, and nothing else")
        parser.add_argument("--snapshot", default="", help="the name of an exported snapshot of PostgreSQL to write")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the backup or the key, and say what the file holds."""
        file: Path | None = options["file"]
        if (file is None) != (options["key"] is None):
            raise CommandError(_("Name a FILE together with --key, and none with --new-key."))
        try:
            if file is None:
                create_key_file(options["new_key"])
                self.stdout.write(
                    f"{options['new_key']} is the key. Keep it away from the backups: without it they are lost."
                )
                return
            with ending_like_interrupted():
                backup = write_backup(
                    path=file, key_path=options["key"], at=timezone.now(), snapshot=options["snapshot"]
                )
        except HandraiserError as error:
            raise CommandError(error.message) from error
        except KeyboardInterrupt as error:
            message = _("The backup was interrupted, and no file was left. Start it again.")
            raise CommandError(message, returncode=128 + signal.SIGINT) from error
        except OSError as error:
            message = _("%(file)s cannot be written: %(reason)s. Name another file.")
            where = error.filename or file or options["new_key"]
            raise CommandError(message % {"file": where, "reason": error.strerror}) from error
        self.stdout.write(f"{file} is written. Accounts: {backup.accounts:,}. Size: {filesizeformat(backup.size)}.")
