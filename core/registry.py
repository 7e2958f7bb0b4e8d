"""How an app registers with the apps below it: modules of fixed names, imported at start."""

from typing import Generic, TypeVar

from django.utils.module_loading import autodiscover_modules

Entry = TypeVar("Entry")

REGISTRATION_MODULES = (
    *("reference_data", "notice_texts", "personal_data", "retention_rules", "importers", "mfa_roles"),
    "contest_parts",
    "vocabulary",
    "boot_parts",
)
"""The modules in which an app registers with `core`: each name is the same in every app.

- `reference_data`: rows that are shipped with the code (`core.reference.sync`)
- `notice_texts`: notice types, with the functions that render them (`core.notifications.notice_types`)
- `personal_data`: sections of a data export, parts of an erasure (`core.privacy`)
- `retention_rules`: how many days each kind of data is stored (`core.privacy.retention_registry`)
- `importers`: kinds of row that a spreadsheet may hold (`core.imports.importers`)
- `mfa_roles`: roles that require a second factor (`core.accounts.mfa`)
- `contest_parts`: what gives a user a part in a contest (`core.conflict_of_interest`)
- `vocabulary`: the codes that the API takes and gives, with their labels (`core.reference.vocabulary`)
- `boot_parts`: what `GET /me` says of a user, and what waits for them (`core.accounts.boot_parts`, `.waiting_work`)

An app has those that it needs. Each module calls its `register_…` while it is imported.
"""


class Registry(dict[str, Entry], Generic[Entry]):
    """What apps have registered, by name, in the order of registration: an app comes after the apps below it."""

    def __init__(self, noun: str) -> None:
        super().__init__()
        self.noun = noun

    def register(self, name: str, entry: Entry) -> None:
        """Add an entry. Raises ValueError when the name is taken."""
        if name in self:
            raise ValueError(f"There are two registrations of the {self.noun} {name!r}: remove or rename one of them.")
        self[name] = entry


def discover_registrations() -> None:
    """Import the registration modules of all installed apps, in the order of INSTALLED_APPS, as Django's admin does.

    Call it once all models are loaded. An app that is installed after another may depend on it, never the reverse: so
    the lower apps register first.
    """
    autodiscover_modules(*REGISTRATION_MODULES)
