"""What people type who do not know the words of the trade leads to a skill, and what is no skill to nothing."""

import pytest

from core.reference.alias_rows import map_alias_fields
from core.reference.query_words import stem_word, strip_filler
from core.reference.skill_aliases import SKILL_ALIASES
from core.reference.skill_search import FoundSkills, find_word
from core.reference.skill_words import SkillWords
from core.reference.skills import SKILLS
from core.text_folding import fold_text

MIN_SHARE_FOUND_FIRST = 0.94
"""The share of the wordings below that lead to their skill before any other. It may only rise."""

WORDINGS = """
phone-banking: phone voters, calling voters, phoning, phones, I can phone people, making phone calls, cold calls
phone-banking: calling people on the phone, I like talking on the phone, ring people up, telephone calls
canvassing-tools: knocking on doors, door to door, knock doors, going door-to-door, canvasser, walking my neighborhood
texting: texting voters, send text messages, texting people
translation: I speak Spanish, speaks Mandarin, translating, translate documents, bilingual Spanish, I speak some French
translation: native Spanish speaker, fluent in Korean, interpreter, sign language, translating flyers into Spanish
photography: I take photos, taking pictures, photographer, event photos, photos
video-production: make videos, filming, I make videos for YouTube, shooting video
video-editing: editing videos, cutting videos, subtitles
social-media: posting on Instagram, Facebook posts, I post on TikTok, make posts for Facebook, social networks
copywriting: write letters, writing letters to voters, writing postcards
editing: proofreading, I can proofread, checking spelling, fixing grammar, correcting texts
graphic-design: making flyers, flyer design, posters, T-shirts, make brochures, design leaflets
illustration: drawing, I can draw, painting, cartoons
audio-production: podcasting, recording sound, music
device-security: fixing computers, repairing computers, computer help, tech support, set up a laptop, fix a printer
cms: make a website, building websites, updating a website, help with WordPress
engineering: coding, programming, writing code
data-analysis: spreadsheets, I know Excel, making spreadsheets, analyzing data
crm: data entry, typing, cleaning up lists, entering data
mapping: maps, making maps
survey-research: surveys, asking questions
email-marketing: sending emails, write emails, email newsletters
press-relations: talking to journalists, newspapers, letter to the editor, press
event-planning: organizing events, event planner, planning a party, hosting a party, catering
grassroots-fundraising: raising money, asking for money, fundraiser
bookkeeping: accounting, I am an accountant, paying bills, taxes, bookkeeper
compliance: lawyer, I am a lawyer, attorney
operations: office work, stuffing envelopes, answering phones, receptionist, secretary, office assistant
recruiting: training volunteers, recruiting volunteers, finding volunteers, coaching people, hiring
volunteer-tools: scheduling volunteers, volunteer coordinator, organising volunteers
relational-organizing: talking to neighbors, talk to my neighbours, talking to my friends
field-tech: register voters, voter registration, get out the vote
voter-protection-tools: poll worker, poll watching, help at the polls
speechwriting: write speeches, writing a speech
content-strategy: blogging, write a blog
content: writing, I like writing, good with words
project-management: project manager, organizing projects, planning
security: online safety, keeping data safe
incident-response: we were hacked, our account was hacked
data: math, good with numbers
data-visualization: making charts, graphs
phone-banking: telemarketing, talk to voters on the phone, call centre work
translation: Spanish and English, I grew up speaking Polish, translating letters for my church
photography: wedding photographer, I have a good camera
graphic-design: print design, designing invitations, PowerPoint slides
social-media: running an Instagram account, I have many followers on TikTok
email-marketing: writing newsletters by email
editing: editing essays, English teacher who corrects essays
event-planning: wedding planning, organising charity events, party decorations
bookkeeping: doing the books, handling cash, tax returns
device-security: setting up Wi-Fi, fixing my mother's laptop
recruiting: managing staff, human resources manager
operations: admin work
operations: filing, filing papers, calendars, appointments, Microsoft Word, Outlook, office manager, clerical work
operations: taking notes, meeting minutes, answering emails, photocopying, mail merge, answering phones
bookkeeping: invoices, invoicing, payroll, QuickBooks, bills, accounts payable, banking, bank deposits, timesheets
data-analysis: Excel, Microsoft Excel, spreadsheet
email-marketing: mailing lists
grassroots-fundraising: grant writing
grassroots-fundraising: charity collections, selling raffle tickets
"""

NO_SKILLS = """
nurse, I am a nurse, registered nurse, plumbing, cooking, I can drive, I have a car, drive people to the polls,
babysitting, beekeeping, gardening, yoga, swimming, welding, dentist, knitting, hairdresser, hiking, carpentry, acting,
caring, logging, baking cakes, truck driver, I can help, anything, asdfgh
"""


BY_NAME = sorted(SKILLS, key=lambda skill: skill.name)


def read_shipped_words() -> dict[int, SkillWords]:
    aliases: dict[str, list[str]] = {}
    for code in map_alias_fields(SKILL_ALIASES):
        skill, _colon, folded = code.partition(":")
        aliases.setdefault(skill, []).append(folded)
    return {
        place: SkillWords(
            (fold_text(skill.name), fold_text(skill.code), *aliases[skill.code]), fold_text(skill.description)
        )
        for place, skill in enumerate(BY_NAME)
    }


SHIPPED_WORDS = read_shipped_words()
EXPECTED = [
    (wording.strip(), code)
    for code, _colon, wordings in (line.partition(":") for line in WORDINGS.strip().splitlines())
    for wording in wordings.split(",")
]


def find(wording: str) -> FoundSkills:
    return find_word(wording, SHIPPED_WORDS)


def name_first(found: FoundSkills) -> str:
    return next((BY_NAME[place].code for place in (*found.hits, *found.closest)), "")


def test_plain_wordings_lead_to_their_skill_first() -> None:
    elsewhere = {wording: name_first(find(wording)) for wording, code in EXPECTED}
    wrong = {wording: elsewhere[wording] for wording, code in EXPECTED if elsewhere[wording] != code}

    assert len(EXPECTED) >= 60
    assert 1 - len(wrong) / len(EXPECTED) >= MIN_SHARE_FOUND_FIRST, wrong


@pytest.mark.parametrize(
    "wording",
    ["phoning", "calling voters", "I speak Spanish", "take photos", "help with spreadsheets", "fix computers"],
)
def test_there_is_no_doubt_about_the_plainest(wording: str) -> None:
    assert find(wording).sure is not None


@pytest.mark.parametrize(
    ("wording", "codes"),
    [
        ("databases", {"back-end", "crm", "data-analysis"}),
        ("database", {"back-end", "crm", "data-analysis"}),
        ("Access", {"crm", "data-analysis"}),
        ("Access database", {"crm", "data-analysis"}),
        ("Microsoft Access", {"crm", "data-analysis"}),
        ("spreadsheets and databases", {"crm", "data-analysis"}),
        ("lists", {"crm", "data-analysis"}),
        ("letters", {"copywriting", "operations"}),
        ("forms", {"operations", "volunteer-tools"}),
        ("reports", {"bookkeeping", "compliance", "data-analysis"}),
        ("printing", {"graphic-design", "operations"}),
        ("records", {"crm", "operations"}),
        ("record keeping", {"bookkeeping", "crm"}),
    ],
)
def test_an_office_word_with_several_meanings_asks_which_one_is_meant(wording: str, codes: set[str]) -> None:
    found = find(wording)

    assert found.sure is None
    assert {BY_NAME[place].code for place in found.hits[: len(codes)]} == codes


@pytest.mark.parametrize("wording", ["house", "press contacts of mine in Ohio", "teacher", "video"])
def test_a_part_of_a_name_is_a_question(wording: str) -> None:
    assert find(wording).sure is None


@pytest.mark.parametrize(
    ("wording", "code"), [("photgraphy", "photography"), ("Zapplier", "integrations"), ("proof reading", "editing")]
)
def test_a_slip_is_the_closest(wording: str, code: str) -> None:
    assert [BY_NAME[place].code for place in find(wording).closest] == [code]
    assert find(wording).hits == ()


@pytest.mark.parametrize(
    "forms",
    [
        "phone phones phoning phoned",
        "call calls calling caller callers called",
        "write writes writing writer",
        "plan plans planning planner",
        "story stories",
        "translate translating translator translation",
        "neighbor neighbours",
        "center centre centers",
        "organize organise organising organizer",
        "answer answering answers",
        "speech speeches",
    ],
)
def test_forms_of_a_word_share_a_stem(forms: str) -> None:
    assert len({stem_word(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "pair", ["station state", "catering cat", "nurse number", "phone photo", "R Go", "teléfono telefono"]
)
def test_other_words_do_not(pair: str) -> None:
    one, other = pair.split()

    assert stem_word(one) != stem_word(other)


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("i can help with phone calls", "phone calls"),
        ("i speak some spanish", "spanish"),
        ("public speaking", "public speaking"),
        ("i can help", "help"),
        ("go", "go"),
    ],
)
def test_filler_does_not_count_unless_there_is_nothing_else(typed: str, left: str) -> None:
    assert " ".join(strip_filler(typed)) == left


def test_a_plain_alias_leads_to_one_skill() -> None:
    plain = {fold_text(text): entry.skill for entry in SKILL_ALIASES for text in entry.plain.split(",")}
    codes = (code.partition(":") for code in map_alias_fields(SKILL_ALIASES))

    assert [(folded, skill) for skill, _colon, folded in codes if plain.get(folded, skill) != skill] == []


def test_every_skill_has_three_plain_aliases_or_more() -> None:
    assert [entry.skill for entry in SKILL_ALIASES if len(entry.plain.split(",")) < 3] == []


@pytest.mark.parametrize("wording", [wording.strip() for wording in NO_SKILLS.split(",")])
def test_what_is_no_skill_offers_nothing(wording: str) -> None:
    assert find(wording) == FoundSkills(None)
