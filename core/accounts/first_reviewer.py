"""Make an account a reviewer, or end that role, at the command line of the operator."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from core.email_addresses import normalize_address
from core.errors import Invalid, NotFound, WrongState
from core.models import User
from core.reviewers import list_reviewers


@transaction.atomic
def create_reviewer(*, email: str) -> tuple[User, bool]:
    """Return the reviewer with this address, and whether the account is new; one that is there gets the role.

    The account has no password: its owner signs in with a code by email, and sets up a second factor then. It has each
    role, and gives others theirs. Raises Invalid for what is no address.
    """
    address = normalize_address(email)
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid(_("This is no email address. Write it as name@domain."), field="email") from error
    user, is_new = User.objects.select_for_update().get_or_create(email=address)
    if is_new:
        user.set_unusable_password()
    user.is_staff = user.is_policy_editor = user.is_superuser = user.is_active = True
    user.save(update_fields=["password", "is_staff", "is_policy_editor", "is_superuser", "is_active"])
    # The operator vouches for the address; without its mailbox nobody comes in.
    known = EmailAddress.objects.filter(user=user)
    EmailAddress.objects.update_or_create(
        user=user,
        email=address,
        defaults={"verified": True, "primary": not known.exclude(email=address).filter(primary=True).exists()},
    )
    return user, is_new


@transaction.atomic
def end_reviewer(*, email: str) -> User:
    """End the role of the reviewer with this address; the account stays, and no longer manages users.

    Raises NotFound (no such reviewer), WrongState (no one else would review).
    """
    # All of them, so that two calls at once do not end the last two.
    reviewers = list(list_reviewers().select_for_update(no_key=True))
    user = next((user for user in reviewers if user.email == normalize_address(email)), None)
    if user is None:
        raise NotFound(_("No reviewer signs in with this address. Check its spelling."), field="email")
    if len(reviewers) == 1:
        raise WrongState(_("This is the only reviewer. Make somebody else one first."))
    user.is_staff = user.is_policy_editor = user.is_superuser = False
    user.save(update_fields=["is_staff", "is_policy_editor", "is_superuser"])
    return user
