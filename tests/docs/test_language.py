import pytest

from tests.docs.language import Figure, measure_language, sentences
from tests.docs.lengths import Length, measure_share

# May only be lowered.
CEILINGS = {
    "one-word functions": 0.15,
    "vague docstrings": 0.01,
    "names with three homes": 0,
    "errors past gettext": 0,
    "words per sentence": 17,
    "lines of a file, 90 of 100": 172,
    "lines of a file, 95 of 100": 217,
    "lines of a file, 99 of 100": 295,
    "lines of a file, longest": 379,
    "lines of a function, 90 of 100": 18,
    "lines of a function, 95 of 100": 23,
    "lines of a function, 99 of 100": 34,
    "lines of a function, longest": 44,
}
SHOWN = 30


@pytest.fixture(scope="module")
def figures() -> dict[str, Figure]:
    return measure_language()


def test_every_measure_has_a_ceiling(figures: dict[str, Figure]) -> None:
    assert figures.keys() == CEILINGS.keys()


@pytest.mark.parametrize("title", CEILINGS)
def test_the_language_does_not_get_worse(figures: dict[str, Figure], title: str) -> None:
    figure, ceiling = figures[title], CEILINGS[title]
    examples = "\n".join(figure.offenders[:SHOWN])
    assert figure.value <= ceiling, f"{title}: {figure.value:.3g} is above {ceiling}.\n{examples}"


def test_lengths_are_of_the_shares_that_their_titles_name() -> None:
    lengths = [Length(lines, str(lines)) for lines in range(1, 101)]
    limit, longer = measure_share(lengths, 90)
    assert (limit, len(longer), longer[0]) == (91, 10, "100: 100 lines")
    assert measure_share(lengths, 100) == (100, ["100: 100 lines"])


def test_tables_headings_and_code_are_not_sentences() -> None:
    text = "# A title of four words\n\nRun `./run demo` and read this. Then stop here now.\n\n| a | row of words |\n"
    assert [len(sentence.split()) for sentence in sentences(text)] == [4, 4]
