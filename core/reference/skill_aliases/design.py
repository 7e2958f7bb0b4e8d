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
        "usability testing, user research, UX researcher, user researcher, UX",
        "investigación de usuarios, usabilidad, investigadora de usuarios, investigador de usuarios",
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
        "interface design, mockups, wireframes, web designer, product designer, UI designer",
        (
            "diseño de interfaces, maquetas, diseño web, diseño de páginas web, diseño de sitios web, "
            "diseñadora web, diseñador web"
        ),
        plain="screen design, app design, web design, website design, draw screens",
    ),
    SkillAliasesEntry(
        "interaction-design",
        "user flows, prototyping",
        "UX design, Figma, UX designer, product designer, InVision",
        "prototipos, diseñadora UX, diseñador UX, experiencia de usuario",
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
