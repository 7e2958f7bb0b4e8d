"""Words that lead to the branch `field-tech` and its skills."""

from core.reference.skill_aliases.entry import SkillAliasesEntry

FIELD_TECH_ALIASES: tuple[SkillAliasesEntry, ...] = (
    SkillAliasesEntry(
        "field-tech",
        "",
        "field work, canvassing, campaign tools",
        "trabajo de campo, registrar votantes, registro de votantes nuevos",
        plain="get out the vote, GOTV, field organizer, register voters, voter registration",
    ),
    SkillAliasesEntry(
        "voter-file",
        "VoteBuilder, VAN, L2",
        "voter data, targeting, Catalist, TargetSmart, PDI",
        "lista de votantes, padrón",
        plain="voter lists, list of voters, look up voters, voter records",
    ),
    SkillAliasesEntry(
        "canvassing-tools",
        "MiniVAN, PDI Mobile",
        "door knocking, turf, walk lists, i360",
        "puerta a puerta, tocar puertas, de casa en casa, visitar casas",
        plain="knock on doors, go door to door, canvass, canvas, talk to voters, walk neighborhoods",
    ),
    SkillAliasesEntry(
        "phone-banking",
        "CallHub, ThruTalk",
        "phone calls, dialer, call center, HubDialer",
        "llamadas telefónicas, llamar a votantes, teléfono, llamar por teléfono, hacer llamadas",
        plain=(
            "call voters, talk to voters by phone, calling, calls, make calls, ring people, phone voters, phoning, "
            "call people, telephone, cold calling, customer service, telemarketing"
        ),
    ),
    SkillAliasesEntry(
        "volunteer-tools",
        "Mobilize, SignUpGenius",
        "volunteer management, shifts, scheduling, forms",
        "voluntarios, gestión de voluntarios, coordinar voluntarios, turnos",
        plain=(
            "sign-up sheets, schedule volunteers, make schedules, organize volunteers, volunteer coordinator, rosters"
        ),
    ),
    SkillAliasesEntry(
        "crm",
        "Salesforce, HubSpot, NationBuilder",
        (
            "EveryAction, contacts, CiviCRM, databases, Access, Microsoft Access, Access database, "
            "spreadsheets and databases, lists, records, record keeping, CRM manager, database manager"
        ),
        "base de datos de contactos, captura de datos, capturar datos, ordenar listas, limpiar listas",
        plain=(
            "cleaning up lists, data entry, enter data, entering data, typing, address lists, update records, "
            "keep contacts, keep lists, mailing labels"
        ),
    ),
    SkillAliasesEntry(
        "voter-protection-tools",
        "poll watching, LBJ",
        "election protection, voter hotline, poll observer",
        "protección del voto, ayudar a votar, urnas, casillas",
        plain=(
            "protect voters, help at the polls, watch the polls, poll worker, voting rights, voting problems, "
            "answer voter questions"
        ),
    ),
)
