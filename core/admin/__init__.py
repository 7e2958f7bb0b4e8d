"""Admin pages of core's rows. The base classes of all admin pages are in `core/admin_base.py`.

Only reference data is edited by forms. All other rows are read-only, and buttons change them by calling actions.
Idempotency keys have no page: they tell who did something when, also in a contest that is hidden from the reader.
"""

from core.admin import accounts, bounced_addresses, contact_access, notices, reference

__all__ = ["accounts", "bounced_addresses", "contact_access", "notices", "reference"]
