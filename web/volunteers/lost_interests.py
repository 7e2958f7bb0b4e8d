"""Pages that change when a volunteer is free say which places they lose: a week before it is saved, days off after."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core.api.current_user import get_current_user
from core.models import User
from matching.open_roles.fits_limit import count_fits_answer
from matching.open_roles.queries.interests import OwnInterest, find_fitting_interests, has_open_interests
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
    def telling_loss(self) -> Iterator[None]:
        """Keep what is stored inside, and tell the reader afterwards which places it makes them lose."""
        user, before = self._read_fitting_before()
        yield
        sentence = describe_lost_places(self._list_lost(user, before), is_saved=True, at=self.at)
        if sentence:
            messages.warning(self.request, sentence)

    @contextmanager
    def asking_before_loss(self) -> Iterator[None]:
        """Keep what is stored inside only if the reader was told which places it makes them lose.

        To tell is an answer about what fits, and counts as one. Who has asked too often is told nothing.
        """
        user, before = self._read_fitting_before()
        with transaction.atomic():
            yield
            sentence = describe_lost_places(self._list_lost(user, before), at=self.at)
            if sentence and self.request.POST.get(SURE_FIELD) != digest_sentences([sentence]):
                raise UntoldLossError(sentence)

    def _read_fitting_before(self) -> tuple[User, dict[UUID, OwnInterest]]:
        user = get_current_user(self.request)
        may_tell = has_open_interests(user) and count_fits_answer(user.pk, at=self.at).is_allowed
        return user, find_fitting_interests(user, at=self.at) if may_tell else {}

    def _list_lost(self, user: User, before: dict[UUID, OwnInterest]) -> list[OwnInterest]:
        after = find_fitting_interests(user, at=self.at) if before else {}
        return [interest for role, interest in before.items() if role not in after]
