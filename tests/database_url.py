"""Where the test's database is, for programs of their own."""

from urllib.parse import quote

from django.db import connection


def build_database_url(role: str, password: str = "") -> str:
    """The test's database as this role connects to it."""
    told = connection.settings_dict
    who = quote(role) + (f":{quote(password)}" if password else "")
    where = quote(str(told["HOST"]), safe="") + (f":{told['PORT']}" if told["PORT"] else "")
    return f"postgresql://{who}@{where}/{told['NAME']}"
