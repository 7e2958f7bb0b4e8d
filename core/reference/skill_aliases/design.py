"""Words that lead to the branch `design` and its skills."""

from core.reference.skill_aliases.entry import SkillAliasesEntry

DESIGN_ALIASES: tuple[SkillAliasesEntry, ...] = (
    SkillAliasesEntry(
        "design",
        "",
        "designer, UX, UI, creative",
        "diseño, diseñadora, diseñador",
        plain="visual design, layout, make things pretty, graphics",
    ),
    SkillAliasesEntry(
        "ux-research",
        "Dovetail, Maze",
        "usability testing, user research",
        "investigación de usuarios, usabilidad",
        plain="asking people what they need, usability tests, watch people use a site",
    ),
    SkillAliasesEntry(
        "user-interviews",
        "focus groups, field interviews",
        "listening sessions",
        "entrevistas",
        plain="interview people, interviews, listening to people, notes of interviews",
    ),
    SkillAliasesEntry(
        "ui-design",
        "Figma, Sketch, Adobe XD",
        "interface design, mockups, wireframes",
        "diseño de interfaces, maquetas, diseño web, diseño de páginas web, diseño de sitios web",
        plain="screen design, app design, web design, website design, draw screens",
    ),
    SkillAliasesEntry(
        "interaction-design",
        "user flows, prototyping",
        "UX design, Figma",
        "prototipos",
        plain="user experience, form design, user journeys, click-through demos",
    ),
    SkillAliasesEntry(
        "graphic-design",
        "Canva, Photoshop, InDesign",
        "flyers, posters, yard signs, Illustrator, printing",
        "diseño gráfico, carteles, folletos, volantes, diseñadora gráfica, diseñador gráfico, hacer carteles",
        plain=(
            "make flyers, make posters, leaflets, slides, PowerPoint, brochures, postcards, banners, "
            "invitations, T-shirts, signs"
        ),
    ),
    SkillAliasesEntry(
        "brand-identity",
        "logos, style guides",
        "branding, visual identity",
        "marca, logotipos",
        plain="make a logo, logo design, colors and fonts, letterhead",
    ),
    SkillAliasesEntry(
        "accessibility",
        "WCAG, screen readers",
        "a11y, Section 508, alt text",
        "accesibilidad, discapacidad",
        plain="disability access, disabled people, blind users, deaf people, large print, easy to read",
    ),
)
