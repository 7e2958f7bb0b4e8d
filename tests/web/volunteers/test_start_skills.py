"""The first visit, on its first page: words that lead to skills."""

import re

import pytest
from django.test import Client

from core.models import Skill, UnknownSkillWord
from tests.cast import Cast
from tests.web.volunteers.start_steps import say_skills, text_of


class TestSkills:
    def test_an_unknown_word_is_kept_and_the_closest_skills_are_offered(self, cast: Cast) -> None:
        client = Client()
        page = client.post("/start/skills/?draft=abc", {"word": "Zapplier", "add": "1"}, follow=True)

        assert "We don’t know “Zapplier” yet." in text_of(page)
        kept = "We have kept the word, without your name. To go on, tick at least one skill from our list."
        assert kept in text_of(page)
        assert page.redirect_chain[-1][0].endswith("#found")
        chosen = {"card": "front-end", "level_front-end": "3", "word": "Zapplier", "add": "1"}
        page = client.post("/start/skills/?draft=abc", chosen, follow=True)
        assert "or go on: we have kept the word, without your name." in text_of(page)
        assert say_skills(client, "front-end")["Location"] == "/start/when/?draft=abc"
        assert page.content.decode().split("Closest")[1].split("</fieldset>")[0].count('name="skill"') == 1
        assert UnknownSkillWord.objects.get().word == "Zapplier"

    def test_a_word_that_is_like_no_skill_brings_all_fields_instead_of_a_guess(self, cast: Cast) -> None:
        client = Client()
        page = client.post("/start/skills/?draft=abc", {"word": "nurse", "add": "1"}, follow=True)

        assert "We don’t know “nurse” yet. We have kept the word, without your name. To go on, tick" in text_of(page)
        assert "Closest" not in text_of(page)
        fields = page.content.decode().split("All fields")[1].split("</fieldset>")[0]
        assert fields.count("<details") == Skill.objects.filter(parent=None).count()
        assert fields.count('name="skill"') == Skill.objects.exclude(parent=None).count()
        chosen = {"card": "front-end", "level_front-end": "3", "word": "nurse", "add": "1"}
        page = client.post("/start/skills/?draft=abc", chosen, follow=True)
        assert "We have kept the word, without your name. Look through the fields below, or go on." in text_of(page)
        assert 'name="skill" value="front-end"' not in page.content.decode()

    @pytest.mark.parametrize(
        ("word", "skill"),
        [("phoning", "phone-banking"), ("calling voters", "phone-banking"), ("I speak Spanish", "translation")],
    )
    def test_a_plain_wording_is_a_skill(self, cast: Cast, word: str, skill: str) -> None:
        page = Client().post("/start/skills/?draft=abc", {"word": word, "add": "1"}, follow=True)

        assert f'name="card" value="{skill}"' in page.content.decode()
        assert "We don’t know" not in text_of(page)

    def test_a_word_that_stands_in_one_name_is_a_question(self, cast: Cast) -> None:
        page = Client().post("/start/skills/?draft=abc", {"word": "house", "add": "1"}, follow=True)

        assert "Is this what you mean by “house”?" in text_of(page)
        assert 'name="card"' not in page.content.decode()

    def test_a_word_that_could_be_an_address_is_not_kept(self, cast: Cast) -> None:
        page = Client().post("/start/skills/?draft=abc", {"word": "maya@example.org", "add": "1"}, follow=True)

        assert "we have kept the word" not in text_of(page)
        assert not UnknownSkillWord.objects.exists()

    def test_the_same_skill_is_there_once(self, cast: Cast) -> None:
        client = Client()
        sent = {"card": "front-end", "level_front-end": "3", "word": "react", "add": "1"}
        page = client.post("/start/skills/?draft=abc", sent, follow=True)

        assert "“react” counts as Front end, which is there already." in text_of(page)
        assert page.redirect_chain[-1][0].endswith("#found")
        assert page.content.decode().count('name="card"') == 1
        assert 'name="skill" value="front-end"' not in page.content.decode()

    def test_a_word_of_several_meanings_names_each_and_none(self, cast: Cast) -> None:
        page = Client().post("/start/skills/?draft=abc", {"word": "Python", "add": "1"}, follow=True)

        choices = page.content.decode().split("Which do you mean?")[1].split("</fieldset>")[0]
        assert set(re.findall(r'name="skill" value="([\w-]+)"', choices)) == {
            "back-end",
            "data-science",
            "data-analysis",
        }
        assert "Tick all that you mean, or choose “No, none of these”." in text_of(page)

    def test_a_skill_that_a_word_may_mean_is_offered_once(self, cast: Cast) -> None:
        client = Client()
        assert 'value="front-end"' in client.get("/start/skills/?draft=abc").content.decode()  # as one that is wanted

        page = client.post("/start/skills/?draft=abc", {"word": "web", "add": "1"}, follow=True).content.decode()

        assert re.findall(r'name="skill" value="([\w-]+)"', page).count("front-end") == 1

    def test_a_meaning_that_is_there_already_is_said_beside_the_others(self, cast: Cast) -> None:
        sent = {"card": "back-end", "level_back-end": "3", "word": "Python", "add": "1"}
        page = Client().post("/start/skills/?draft=abc", sent, follow=True)

        assert "“Python” counts as Back end, which is there already." in text_of(page)
        assert 'name="skill" value="data-analysis"' in page.content.decode()

    def test_who_goes_on_without_a_meaning_is_asked_once(self, cast: Cast) -> None:
        client = Client()
        chosen = {"card": "front-end", "level_front-end": "3"}
        client.post("/start/skills/?draft=abc", chosen | {"word": "Python", "add": "1"})

        asked = client.post("/start/skills/?draft=abc", chosen | {"found_word": "Python"}, follow=True)
        assert "Tick what you mean by “Python”, or choose “No, none of these”." in text_of(asked)
        assert 'name="asked_word" value="Python"' in asked.content.decode()

        again = client.post("/start/skills/?draft=abc", chosen | {"found_word": "Python", "asked_word": "Python"})
        assert again["Location"] == "/start/when/?draft=abc"

    def test_a_second_word_waits_until_the_first_one_is_answered(self, cast: Cast) -> None:
        client = Client()
        client.post("/start/skills/?draft=abc", {"word": "Python", "add": "1"})
        second = {"found_word": "Python", "word": "Figma", "add": "1"}

        asked = client.post("/start/skills/?draft=abc", second, follow=True)

        assert "Tick what you mean by “Python”, or choose “No, none of these”." in text_of(asked)
        assert 'name="word" value="Figma"' in asked.content.decode()
        both = client.post("/start/skills/?draft=abc", second | {"skill": "data-science"}, follow=True)
        assert re.findall(r'name="card" value="([\w-]+)"', both.content.decode())[0] == "data-science"
        assert "Figma" in both.content.decode()
        neither = client.post("/start/skills/?draft=xyz", second | {"none": "1"}, follow=True)
        assert "Python" not in text_of(neither)
        assert "Figma" in text_of(neither)

    def test_who_ticks_a_meaning_is_not_asked(self, cast: Cast) -> None:
        sent = {"card": "front-end", "level_front-end": "3", "found_word": "Python", "skill": "data-analysis"}
        page = Client().post("/start/skills/?draft=abc", sent, follow=True)

        assert page.status_code == 200
        assert 'name="card" value="data-analysis"' in page.content.decode()

    def test_a_word_of_which_no_meaning_is_right_is_taken_away(self, cast: Cast) -> None:
        client = Client()
        chosen = {"card": "front-end", "level_front-end": "3"}
        client.post("/start/skills/?draft=abc", chosen | {"word": "Python", "add": "1"})

        page = client.post("/start/skills/?draft=abc", chosen | {"found_word": "Python", "none": "1"}, follow=True)

        assert "Python" not in text_of(page)
        assert page.content.decode().count('name="card"') == 1

    def test_what_was_chosen_stays_when_another_skill_is_added(self, cast: Cast) -> None:
        client = Client()
        sent = {"card": "front-end", "level_front-end": "5", "skill": ["copywriting", "front-end"], "add": "1"}
        page = client.post("/start/skills/?draft=abc", sent, follow=True).content.decode()

        assert page.count('name="card"') == 2
        assert re.search(r'name="level_front-end" value="5"[^>]*checked', page)

    def test_who_ticks_a_skill_and_goes_on_is_led_to_the_question_of_its_level(self, cast: Cast) -> None:
        client = Client()
        led = client.post("/start/skills/?draft=abc", {"skill": ["front-end"]})
        page = client.get(led["Location"])

        assert led["Location"] == "/start/skills/?draft=abc#skill-front-end"
        assert 'id="skill-front-end" open' in page.content.decode()
        assert "Now say how well you know it." in text_of(page)

    def test_a_level_and_a_skill_are_asked_for(self, cast: Cast) -> None:
        client = Client()
        nothing = client.post("/start/skills/?draft=abc", {}, follow=True)
        no_level = client.post("/start/skills/?draft=abc", {"card": "front-end"}, follow=True)

        assert "Choose at least one skill." in text_of(nothing)
        assert "Choose how well you know Front end." in text_of(no_level)

    def test_a_word_that_was_typed_and_not_added_is_not_lost(self, cast: Cast) -> None:
        sent = {"card": "front-end", "level_front-end": "3", "word": "copywriting"}
        page = Client().post("/start/skills/?draft=abc", sent, follow=True)

        assert page.content.decode().count('name="card"') == 2

    def test_a_field_of_skills_may_be_chosen_and_a_trusted_one_says_what_it_asks(self, cast: Cast) -> None:
        page = Client().post(
            "/start/skills/?draft=abc", {"skill": ["engineering", "voter-file"], "add": "1"}, follow=True
        )

        assert "This is a whole field." in text_of(page)
        parts = page.content.decode().split("Parts of Engineering")[1].split("</fieldset>")[0]
        assert parts.count('name="skill"') == Skill.objects.filter(parent__code="engineering").count()
        assert "Before your first place with this, one of us has a short call with you" in text_of(page)

    def test_below_a_field_that_is_closest_its_parts_are_offered_too(self, cast: Cast) -> None:
        page = Client().post("/start/skills/?draft=abc", {"word": "secxurity", "add": "1"}, follow=True)

        closest = page.content.decode().split("Closest")[1].split("</fieldset>")[0]
        assert all(f'value="{code}"' in closest for code in ("security", "incident-response", "site-security"))

    def test_beside_going_on_there_is_a_way_to_add_another_skill(self, cast: Cast) -> None:
        client, another = Client(), '<a class="button second" href="#id_word">Add another skill</a>'
        assert another not in client.get("/start/skills/?draft=abc").content.decode()

        page = client.post("/start/skills/?draft=abc", {"word": "copywriting", "add": "1"}, follow=True)

        assert f'<button type="submit" class="button">Continue</button>{another}' in page.content.decode()

    def test_a_skill_is_taken_away(self, cast: Cast) -> None:
        client = Client()
        sent = {"card": ["front-end", "copywriting"], "level_front-end": "3", "drop": "copywriting"}
        page = client.post("/start/skills/?draft=abc", sent, follow=True).content.decode()

        assert page.count('name="card"') == 1

    def test_unknown_codes_are_left_out(self, cast: Cast) -> None:
        page = Client().post("/start/skills/?draft=abc", {"skill": ["nonsense", "x" * 900], "add": "1"}, follow=True)

        assert 'name="card"' not in page.content.decode()
