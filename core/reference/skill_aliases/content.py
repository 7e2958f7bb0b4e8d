"""Words that lead to the branch `content` and its skills."""

from core.reference.skill_aliases.entry import SkillAliasesEntry

CONTENT_ALIASES: tuple[SkillAliasesEntry, ...] = (
    SkillAliasesEntry(
        "content",
        "",
        "writer, writing, author, words, content creator, content writer, novelist",
        (
            "redacción, escritora, escritor, contenido, escribir, escritura, redactora, redactor, "
            "creadora de contenido, creador de contenido"
        ),
        plain="work with words, storyteller, write things",
    ),
    SkillAliasesEntry(
        "copywriting",
        "ad copy, taglines",
        "slogans, copywriter, web copy, letters, ghostwriter",
        ("textos publicitarios, lemas, escribir cartas, cartas, redactora publicitaria, redactor publicitario"),
        plain="write letters, letter writing, write postcards, write ads, catchy text",
    ),
    SkillAliasesEntry(
        "editing",
        "proofreading, Grammarly",
        "copy editing, editor, plain language, copy editor, proofreader",
        ("corrección de textos, edición, corregir textos, ortografía, gramática, editora, correctora, corrector"),
        plain="proofread, check spelling, spelling, grammar, correct mistakes",
    ),
    SkillAliasesEntry(
        "speechwriting",
        "stump speeches, remarks",
        "speeches, speech writer",
        "discursos, escribir discursos, oratoria",
        plain="write speeches, write a talk, debate prep",
    ),
    SkillAliasesEntry(
        "content-strategy",
        "editorial calendars, blogs",
        "messaging, newsletters, storytelling",
        "estrategia de contenidos",
        plain="blogging, write a blog, write newsletters, plan posts",
    ),
    SkillAliasesEntry(
        "policy-writing",
        "white papers, policy briefs",
        "policy research, legislation, policy analyst, researcher, political scientist",
        "políticas públicas, propuestas, politóloga, politólogo",
        plain="research issues, issue research, explain laws, public policy, policy",
    ),
    SkillAliasesEntry(
        "press-relations",
        "press releases, media lists",
        (
            "PR, public relations, communications, journalism, PR manager, communications manager, "
            "communications director, publicist, spokesperson"
        ),
        (
            "prensa, relaciones públicas, periodismo, comunicación, periodista, periódicos, portavoz, "
            "comunicadora, comunicador"
        ),
        plain=(
            "press, talk to reporters, reporter, journalist, newspapers, write to the newspaper, letters to the editor"
        ),
    ),
)
