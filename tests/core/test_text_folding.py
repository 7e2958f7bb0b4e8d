import pytest

from core.text_folding import fold_text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Diseño   Gráfico", "diseno grafico"),
        ("  FIGMA ", "figma"),
        ("C++", "c++"),
        ("C#", "c#"),
        (".NET", ".net"),
        ("Node.js", "node.js"),
        ("A/B testing", "a b testing"),
        ("e-mail", "e mail"),
        ("Straße", "strasse"),
        ("snake_case", "snake case"),
        ("The end.", "the end"),
        ("!? - +", ""),
        ("", ""),
    ],
)
def test_case_accents_and_punctuation_make_no_difference(text: str, folded: str) -> None:
    assert fold_text(text) == folded


@pytest.mark.parametrize("text", ["Diseño Gráfico", "C++", ".NET", "The end."])
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)


def test_vowels_that_are_marks_stay() -> None:
    assert fold_text("हिन्दी") != fold_text("हन्दू")
    assert " " not in fold_text("தமிழ்")
