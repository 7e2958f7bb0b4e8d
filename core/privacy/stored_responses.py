"""Empty the stored responses to requests with an `Idempotency-Key` that say something about a person."""

from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

from core.models import IdempotencyKey
from core.privacy.erasure_handlers import DataSubject, list_erasure_handlers


def find_stored_responses(person: DataSubject) -> Q:
    """Return the condition of all responses that name a row of the person, show their contact, or hold their address.

    The rows are read now. So it is called before an erasure ends or deletes any of them.
    """
    handlers = list_erasure_handlers()
    subject_ids: set[UUID] = {public_id for handler in handlers for public_id in handler.subject_ids(person)}
    terms = {term for handler in handlers for term in handler.search_terms(person)} | person.addresses
    conditions = [
        Q(subjects__overlap=sorted(subject_ids)),
        *(Q(response_body__icontains=term) for term in sorted(terms)),
    ]
    if person.user is not None:
        conditions.append(Q(contacts_shown__contains=[person.user.pk]))
    return reduce(or_, conditions)


def redact_stored_responses(mentions_person: Q) -> None:
    """Empty these responses. Their keys stay, so that no request is done twice."""
    IdempotencyKey.objects.filter(mentions_person).update(
        response_body="{}", contacts_shown=[], subjects=[], access_facts={}
    )
