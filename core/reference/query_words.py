"""The words of a search that count, and their stems. Pure; all texts are folded."""

from functools import lru_cache

_FILLER = """
a about an am and any are as at be been bit by can could d did do does done for from had has have i im in into is
little ll lot lots m me much my of on or our really s so some that the their them they this to up us ve very was we
well who will with would you your con de del el en la las los mi para que se un una y yo
"""
FILLER = frozenset(_FILLER.split())
"""Words that say nothing about a skill, wherever they stand."""

_FILLER_BEFORE = """
able also background create creating doing enjoy experience experienced fluent go going good great handle handling help
helped helping interested know knowing learn like love make making manage managing native offer run running skilled
skills speak speaking trained use used using volunteer want willing work worked working year years ayudar ayudo
experiencia gusta hablar hablo hacer hago ir puedo quiero soy trabajar
"""
FILLER_BEFORE = frozenset(_FILLER_BEFORE.split())
"""Words that say nothing about a skill while they stand before it: “speak Spanish”, but “public speaking”."""

_TITLE_WORDS = """
coordinator consultant director engineer expert freelancer freelance head lead manager officer pro professional
specialist strategist technician senior junior certified retired
consultor consultora coordinador coordinadora director directora especialista experta experto gerente ingeniera
ingeniero jefa jefe profesional responsable tecnica tecnico jubilada jubilado
"""
TITLE_WORDS = frozenset(_TITLE_WORDS.split())
"""Words of a job's title that say nothing about the skill beside them: “SEO specialist” knows SEO."""

MAX_STEMS_KEPT = 4_096  # in memory: those of the shipped names, and some of what people type
MIN_STEM_LENGTH = 3
MIN_STEM_LENGTH_OF_NOUN = 5  # “translation” is “translate”, “station” is not “state”


def list_words(text: str) -> tuple[str, ...]:
    """Return the words of a text without filler; all of them if there is nothing else."""
    words = tuple(text.split())
    return tuple(word for word in words if word not in FILLER) or words


def strip_filler(text: str) -> tuple[str, ...]:
    """Return the words of a query without filler and without what only leads to them, as in “I can help with”."""
    words = list_words(text)
    first = next((place for place, word in enumerate(words) if word not in FILLER_BEFORE), 0)
    return words[first:]


@lru_cache(maxsize=MAX_STEMS_KEPT)
def stem_word(word: str) -> str:
    """Return what the forms of an English word share: “phon” for “phone”, “phones”, “phoning” and “phoned”.

    It is crude: two words may share a stem, such as “poster” and “post”. So a whole name is always better than a stem.
    """
    if len(word) <= MIN_STEM_LENGTH or not (word.isascii() and word.isalpha()):
        return word
    stem = word
    if stem.endswith("s") and not stem.endswith(("ss", "us", "is")):
        stem = stem[:-1]
    if stem.endswith("our"):
        stem = f"{stem[:-2]}r"
    elif stem.endswith("re") and stem[-3] == "t":  # “centre”
        stem = f"{stem[:-2]}er"
    verb = _cut_ending(stem, ("ing", "ed"), MIN_STEM_LENGTH)
    # “answering” is “answer”, but “catering” is no “cat”.
    stem = _cut_ending(verb, ("er", "or"), MIN_STEM_LENGTH + (verb != stem))
    return _unify_end(_cut_ending(stem, ("ion",), MIN_STEM_LENGTH_OF_NOUN).removesuffix("e"))


def _cut_ending(word: str, endings: tuple[str, ...], min_length: int) -> str:
    ending = next((ending for ending in endings if word.endswith(ending)), "")
    return word.removesuffix(ending) if len(word) - len(ending) >= min_length else word


def _unify_end(stem: str) -> str:
    """Return a stem with one spelling of its last letters: “plann”, “stor(i)es” and “organis” have two."""
    if len(stem) <= MIN_STEM_LENGTH:
        return stem
    if stem[-1] == stem[-2]:
        return stem[:-1]
    if stem.endswith(("is", "ys")):
        return f"{stem[:-1]}z"
    return f"{stem[:-1]}i" if stem.endswith("y") else stem
