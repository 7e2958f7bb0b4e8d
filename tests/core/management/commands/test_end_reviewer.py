from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.models import User
from tests.cast import Cast, create_user


def run_command(email: str) -> str:
    out = StringIO()
    call_command("end_reviewer", email, stdout=out)
    return out.getvalue()


def test_the_role_ends_and_the_account_stays(cast: Cast) -> None:
    create_user("quinn", reviewer=True)
    User.objects.filter(pk=cast.rita.pk).update(is_superuser=True)

    assert run_command("Rita@Example.org") == "rita@example.org is no reviewer any more. The account stays.\n"

    cast.rita.refresh_from_db()
    assert (cast.rita.is_staff, cast.rita.is_superuser, cast.rita.is_active) == (False, False, True)


def test_the_only_reviewer_stays_one(cast: Cast) -> None:
    with pytest.raises(CommandError, match="only reviewer"):
        run_command(cast.rita.email)

    assert User.objects.get(pk=cast.rita.pk).is_staff


@pytest.mark.parametrize("email", ["alice@example.org", "nobody@example.org"])
def test_only_a_reviewer_has_the_role_to_end(cast: Cast, email: str) -> None:
    with pytest.raises(CommandError, match="No reviewer signs in"):
        run_command(email)
