"""Tell a file from what only looks like one."""

from pathlib import Path

from django.utils.translation import gettext as _

from core.errors import Invalid


def check_regular_file(path: Path) -> None:
    """Raise Invalid for a device or a pipe: to read it may never end. What is missing, or a folder, passes."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise Invalid(_("%(file)s is no ordinary file. Save its content in one, and name that.") % {"file": path})
