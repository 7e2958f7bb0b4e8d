"""Words that lead to the branch `product` and its skills."""

from core.reference.skill_aliases.entry import SkillAliasesEntry

PRODUCT_ALIASES: tuple[SkillAliasesEntry, ...] = (
    SkillAliasesEntry(
        "product",
        "",
        "management, manager, operations lead, agile, Slack, Microsoft Teams, chief of staff",
        "gestión, gerente",
        plain="lead a team, team leader, leadership, supervisor",
    ),
    SkillAliasesEntry(
        "product-management",
        "roadmaps, Productboard",
        "product manager, product owner, user stories",
        "gestión de producto",
        plain="decide what to build, set priorities, product planning, plan features",
    ),
    SkillAliasesEntry(
        "project-management",
        "Asana, Trello, Jira",
        "Scrum, Kanban, PMP, project manager, Monday.com, program manager, Basecamp, ClickUp",
        (
            "gestión de proyectos, jefa de proyecto, jefe de proyecto, coordinar proyectos, planear, "
            "gestora de proyectos, gestor de proyectos"
        ),
        plain=("organize a project, coordinate a project, keep track of tasks, to-do lists, deadlines, planning"),
    ),
    SkillAliasesEntry(
        "needs-scoping",
        "business analysis, requirements",
        "discovery, scope of work, business analyst, consultant",
        "análisis de necesidades, consultora, consultor",
        plain="ask what is needed, define a task, write a project brief, consulting",
    ),
    SkillAliasesEntry(
        "vendor-selection",
        "procurement, RFPs",
        "purchasing, software selection",
        "compras, proveedores",
        plain="compare prices, buy software, choose software, get quotes",
    ),
    SkillAliasesEntry(
        "process-design",
        "Notion, checklists",
        "workflows, SOPs, documentation, Lean",
        "procesos, mejora de procesos",
        plain="write instructions, how-to guides, write manuals, make work simpler",
    ),
)
