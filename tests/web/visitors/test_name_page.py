"""The page of the first name: stored, shown on the account page, and offered to those who act for a campaign."""

from core.models import User
from tests.cast import Cast
from tests.web.campaigns.people import open_browser

NAME = "/account/name/"


def test_a_member_gives_a_first_name_and_takes_it_back(cast: Cast) -> None:
    carols = open_browser(cast.carol)
    assert NAME in carols.get("/account/").content.decode()

    shown = carols.post(NAME, {"first_name": " Carola "}, follow=True).content.decode()
    assert "“Carola”, as volunteers and colleagues read it." in shown
    assert carols.post(NAME, {"first_name": "x" * 81}).status_code == 400
    assert User.objects.get(pk=cast.carol.pk).first_name == "Carola"

    assert "None yet." in carols.post(NAME, {"first_name": ""}, follow=True).content.decode()
    assert User.objects.get(pk=cast.carol.pk).first_name == ""


def test_a_volunteer_is_not_asked_for_it(cast: Cast) -> None:
    assert NAME not in open_browser(cast.alice).get("/account/").content.decode()
