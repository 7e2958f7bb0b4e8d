"""What Spanish speakers type leads to a skill: by its translated name, by an alias, in any form and without accents."""

import pytest
from django.utils import translation

from core.models import Skill
from core.reference.alias_rows import map_alias_fields
from core.reference.queries import list_jurisdiction_choices, rank_skills
from core.reference.shipped_texts import restore_name, restore_names
from core.reference.skill_aliases import SKILL_ALIASES
from core.reference.skill_search import FoundSkills, find_word
from core.reference.skill_words import SkillWords
from core.reference.skills import SKILLS
from core.reference.word_search import search_word
from core.reference_texts import ReferenceKind, translate_reference
from core.text_folding import fold_text

WORDINGS = """
design: diseño, diseños, Diseñadora, diseno
graphic-design: diseñadora gráfica, volantes, carteles, hacer carteles
data-analysis: hoja de cálculo, hojas de cálculo, hoja de calculo, Excel, análisis de datos, analizar datos
translation: traducción, traducciones, traductora, traducir, intérprete, hablo español
photography: fotografía, fotos, tomar fotos, fotógrafo, me gusta tomar fotos
phone-banking: llamadas, llamar a votantes, llamar por teléfono
canvassing-tools: tocar puertas, ir de casa en casa, puerta a puerta
texting: mensajes de texto, enviar mensajes
bookkeeping: contabilidad, contadora, soy contadora
grassroots-fundraising: recaudar fondos, pedir donaciones
speechwriting: discursos, escribir discursos
content: escribir, quiero escribir
editing: corregir textos, ortografía
video-editing: editar videos, edición de vídeo
event-planning: eventos, organizar eventos
press-relations: prensa, periodista
survey-research: encuestas
mapping: mapas, hacer mapas
brand-identity: logotipo
performance-marketing: anuncios, publicidad
illustration: dibujo, dibujar, me gusta dibujar
compliance: abogada, leyes
recruiting: recursos humanos, contratar gente
project-management: gestión de proyectos
accessibility: accesibilidad
audio-production: pódcast, grabar audio, música
voter-protection-tools: ayudar a votar
device-security: arreglar computadoras
security: seguridad, ciberseguridad
social-media: redes sociales
crm: captura de datos
"""
CASES = [
    (skill, word.strip())
    for line in WORDINGS.split("\n")
    if line
    for skill, _, words in [line.partition(": ")]
    for word in words.split(",")
]
NO_SKILLS = ["comida", "cocinar", "perro", "asdfgh", "quiero ayudar", "hola"]


@pytest.fixture(scope="module")
def spanish_words() -> dict[str, SkillWords]:
    aliases: dict[str, list[str]] = {}
    for code in map_alias_fields(SKILL_ALIASES):
        skill, _colon, folded = code.partition(":")
        aliases.setdefault(skill, []).append(folded)
    with translation.override("es"):
        return {
            skill.code: SkillWords(
                (fold_text(skill.name), fold_text(_translate(skill.name)), *aliases[skill.code]),
                f"{fold_text(skill.description)} {fold_text(_translate(skill.description))}",
            )
            for skill in SKILLS
        }


def _translate(text: str) -> str:
    return translate_reference(text, ReferenceKind.SKILL)


def find(word: str, words: dict[str, SkillWords]) -> FoundSkills:
    return find_word(word, words)  # type: ignore[arg-type]


@pytest.mark.parametrize(("skill", "word"), CASES)
def test_a_spanish_wording_leads_to_its_skill(spanish_words: dict[str, SkillWords], skill: str, word: str) -> None:
    found = find(word, spanish_words)

    assert skill in map(str, (found.sure, *found.hits[:2])), found


@pytest.mark.parametrize("word", NO_SKILLS)
def test_what_is_no_skill_leads_to_none(spanish_words: dict[str, SkillWords], word: str) -> None:
    assert find(word, spanish_words).hits == ()


@pytest.mark.django_db
def test_a_translated_name_finds_its_skill_for_who_reads_that_language() -> None:
    with translation.override("es"):
        found = search_word("protección de cuentas")
        assert found.sure is not None
        assert (found.sure.code, found.sure.shown_name) == ("account-hardening", "Protección de cuentas")
        assert rank_skills("protección de cuen")
    assert search_word("protección de cuentas").hits == ()


@pytest.mark.django_db
def test_a_skill_that_a_reviewer_renamed_is_shown_and_found_as_they_named_it() -> None:

    Skill.objects.filter(code="account-hardening").update(name="Lock down accounts")
    with translation.override("es"):
        found = search_word("lock down accounts")
        assert found.sure is not None
        assert found.sure.shown_name == "Lock down accounts"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Alcaldía", "Mayor"),
        ("alcaldia", "Mayor"),
        ("junta escolar", "School Board"),
        ("Junta Escolar de Salem", "Junta Escolar de Salem"),
        ("Mayor", "Mayor"),
        ("", ""),
    ],
)
def test_a_typed_office_is_stored_by_the_name_of_the_list(typed: str, stored: str) -> None:
    with translation.override("es"):
        assert restore_name(typed, ReferenceKind.OFFICE) == stored
    assert restore_name(typed, ReferenceKind.OFFICE) == typed


def test_words_that_are_looked_for_are_turned_into_those_of_the_list() -> None:
    kinds = ReferenceKind.OFFICE, ReferenceKind.JURISDICTION
    with translation.override("es"):
        assert restore_names("Oregón junta escolar 2027", *kinds) == "Oregon School Board 2027"
        assert restore_names("Springfield 2027", *kinds) == "Springfield 2027"
        assert restore_names("x" * 10_000, *kinds) == "x" * 10_000
    assert restore_names("Oregón junta escolar", *kinds) == "Oregón junta escolar"


@pytest.mark.django_db
def test_states_are_listed_by_their_names_in_the_reader_s_language() -> None:
    with translation.override("es"):
        names = [name for _code, name in list_jurisdiction_choices()]
    assert {"Nueva York", "Carolina del Norte", "Hawái"} < set(names)
    assert names == sorted(names, key=fold_text)


def test_a_text_that_is_not_shipped_stays_as_it_was_typed() -> None:
    with translation.override("es"):
        for text in ("Monday", "Yes", "None", "Sewing", "", "Design"):
            assert translate_reference(text, ReferenceKind.ROLE) == text
        assert translate_reference("Design", ReferenceKind.ROLE, ReferenceKind.SKILL) == "Diseño"


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["diseño de paginas web", "Diseño de páginas web"])
def test_who_designs_pages_is_asked_which_part_of_it(words: str) -> None:
    found = search_word(words)

    assert found.sure is None
    assert {"ui-design", "front-end", "cms"} <= {skill.code for skill in found.hits}
