"""Titles of jobs and names of tools lead to a sensible skill first or second, and so does one slip of the keyboard."""

import pytest

from core.reference.one_slip import is_one_slip_away
from tests.core.reference.test_lay_words import BY_NAME, find

LED_TO = """
interaction-design: UX design, UX designer, diseñadora UX, experiencia de usuario
design: UX, designer, diseñador
ux-research: user research, user researcher, UX researcher, investigación de usuarios
ui-design: Figma, web designer, UI designer, product designer, diseñadora web, diseñador web
bookkeeping: accountant, acounting, accounting, taxes, impuestos, contador, contabilida, tax preparer, treasurer
data-analysis: Excel, exel, data analyst, analista de datos, SQL, business analyst
engineering: developer, developper, programmer, software engineer, desarrolladora, informático, ingeniero de software
graphic-design: graphic designer, grafic designer, photoshp, diseñador gráfico
content: writer, content creator, redactora
translation: translator, translatoin, traductora, linguist
social-media: social media manager, gestor de redes sociales, influencer
compliance: lawyer, abogada, paralegal
front-end: frontend developer, front-end developer, web developer, desarrollador web
back-end: backend developer, full stack developer, DBA, administrador de bases de datos
devops: network engineer, system administrator, sysadmin, administrador de sistemas
data-science: data scientist, data scientst, científico de datos
recruiting: HR manager, HR director, recruiter, maestra
digital: marketing manager, marketing specialist, gerente de marketing
seo: SEO specialist, SEO expert
security: security engineer, cybersecurity, especialista en seguridad informática
press-relations: PR manager, communications manager, publicist, periodista
product: Slack, Microsoft Teams
audio-production: sound engineer, técnico de sonido
mapping: cartographer
survey-research: pollster
data: economist
needs-scoping: consultant
grassroots-fundraising: salesperson, sales manager
video-editing: video editor, editora de video
video-production: camarógrafo, videographer
cms: WordPress, wordpres
device-security: IT technician, IT support
"""
EXPECTED = [
    (words.strip(), code)
    for code, _colon, wordings in (line.partition(":") for line in LED_TO.strip().splitlines())
    for words in wordings.split(",")
]


@pytest.mark.parametrize(("words", "code"), EXPECTED)
def test_a_title_or_a_tool_leads_to_its_skill_first_or_second(words: str, code: str) -> None:
    found = find(words)

    assert code in [BY_NAME[place].code for place in (found.hits or found.closest)[:2]]


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("acounting", "accounting"),
        ("exel", "excel"),
        ("taxses", "taxes"),
        ("pohto", "photo"),
        ("wordprass", "wordpress"),
    ],
)
def test_a_letter_missing_added_moved_or_wrong_is_one_slip(typed: str, word: str) -> None:
    assert is_one_slip_away(typed, word)


@pytest.mark.parametrize(
    ("typed", "word"),
    [("hiking", "hiring"), ("logging", "blogging"), ("car", "cat"), ("go", "goo"), ("taxes", "taxes")],
)
def test_another_word_is_no_slip(typed: str, word: str) -> None:
    assert not is_one_slip_away(typed, word)
