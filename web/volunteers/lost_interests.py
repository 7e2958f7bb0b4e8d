"""A page that changes when a volunteer is free says first which places they lose, and saves at the second press."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core.api.current_user import get_current_user
from matching.open_roles.fits_limit import count_fits_answer
from matching.open_roles.queries.interests import find_fitting_interests, has_open_interests
from web.design.form_pages import FormPage
from web.design.told_sentences import SURE_FIELD, digest_sentences
from web.volunteers.interest_words import describe_lost_places


class UntoldLossError(Exception):
    """By the change the reader would lose places that they asked for, and has not read so yet."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


class LostInterestsPage(FormPage):
    """Base of the pages by which places that the reader asked for may cease to fit."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save, or say first what is lost."""
        try:
            return super().post(request, **kwargs)
        except UntoldLossError as untold:
            return self.render_page(
                status=HTTPStatus.OK,
                lost_places=untold.sentence,
                sure=digest_sentences([untold.sentence]),
                button=_("Save it all the same"),
            )

    @contextmanager
    def asking_before_loss(self) -> Iterator[None]:
        """Keep what is stored inside only if the reader was told which places it makes them lose.

        To tell is an answer about what fits, and counts as one. Who has asked too often is told nothing.
        """
        user = get_current_user(self.request)
        may_tell = has_open_interests(user) and count_fits_answer(user.pk, at=self.at).is_allowed
        before = find_fitting_interests(user, at=self.at) if may_tell else {}
        with transaction.atomic():
            yield
            after = find_fitting_interests(user, at=self.at) if before else {}
            lost = [interest for role, interest in before.items() if role not in after]
            sentence = describe_lost_places(lost, at=self.at)
            if sentence and self.request.POST.get(SURE_FIELD) != digest_sentences([sentence]):
                raise UntoldLossError(sentence)
