"""Words that lead to the branch `operations` and its skills."""

from core.reference.skill_aliases.entry import SkillAliasesEntry

OPERATIONS_ALIASES: tuple[SkillAliasesEntry, ...] = (
    SkillAliasesEntry(
        "operations",
        "",
        (
            "office, administration, back office, letters, forms, printing, records, virtual assistant, "
            "executive assistant, data clerk"
        ),
        (
            "administración, oficina, trabajo de oficina, secretaria, secretario, recepción, asistente, "
            "recepcionista, administrativa, administrativo"
        ),
        plain=(
            "office work, paperwork, filing, secretary, receptionist, reception, assistant, stuff envelopes, "
            "answer phones, admin, office manager, clerk, clerical, file papers, front desk, Microsoft Office, "
            "Word, Microsoft Word, Outlook, Google Docs, calendar, Google Calendar, keep calendars, "
            "appointments, take minutes, minutes, meeting minutes, take notes, copying, photocopying, "
            "mail merge, envelopes, labels, answer mail, answer emails, organize files, order supplies, "
            "inventory, transcription, dictation"
        ),
    ),
    SkillAliasesEntry(
        "fundraising-systems",
        "ActBlue, WinRed, Anedot",
        "donation pages, Stripe, NGP",
        "donaciones en línea",
        plain="online donations, donation forms, take donations, card payments",
    ),
    SkillAliasesEntry(
        "compliance",
        "FEC reports, campaign finance",
        "lawyer, legal, election law, FEC, reports, law student, legal assistant",
        "cumplimiento, abogada, abogado, leyes, derecho, asistente legal",
        plain="law, attorney, paralegal, election rules, file reports, contracts",
    ),
    SkillAliasesEntry(
        "bookkeeping",
        "QuickBooks, Xero",
        (
            "accounting, accountant, CPA, payroll, budget, treasurer, reports, record keeping, bookkeeper, "
            "tax preparer, auditor, finance manager, controller, Sage, FreshBooks"
        ),
        "contabilidad, contable, contadora, contador, impuestos, facturas, auditora, tesorera, tesorero",
        plain=(
            "keep the books, pay bills, bills, invoices, receipts, taxes, track expenses, expenses, handle cash, "
            "cash, accounts payable, accounts receivable, reconciliation, bank deposits, banking, checks, "
            "timesheets"
        ),
    ),
    SkillAliasesEntry(
        "grassroots-fundraising",
        "house parties, call time",
        ("donors, raising money, finance, salesperson, sales rep, sales manager, development director, grant writer"),
        (
            "recaudación de fondos, recaudar fondos, recaudar dinero, pedir donaciones, donaciones, vendedora, "
            "vendedor, ventas"
        ),
        plain=(
            "ask for donations, ask for money, raise money, fundraiser, sales, selling, raffles, auctions, "
            "grants, write grants"
        ),
    ),
    SkillAliasesEntry(
        "recruiting",
        "LinkedIn Recruiter, interviewing",
        (
            "HR, human resources, hiring, onboarding, HR manager, human resources manager, talent acquisition, "
            "trainer, coach"
        ),
        (
            "recursos humanos, contratación, contratar gente, reclutar voluntarios, capacitar voluntarios, "
            "reclutadora, reclutador, maestra, maestro, profesora, profesor"
        ),
        plain=("find volunteers, recruit volunteers, train volunteers, welcome volunteers, coach people, teach people"),
    ),
    SkillAliasesEntry(
        "translation",
        "Spanish, bilingual",
        "interpreter, interpreting, localization, languages, linguist, language teacher",
        (
            "traducción, traductora, traductor, intérprete, bilingüe, español, traducir, traducciones, "
            "traducir documentos, lingüista"
        ),
        plain=(
            "translate, Spanish speaker, second language, speak another language, foreign languages, "
            "sign language, ASL, Arabic, Cantonese, Chinese, French, German, Haitian Creole, Hindi, Hmong, "
            "Italian, Japanese, Korean, Mandarin, Navajo, Polish, Portuguese, Russian, Somali, Tagalog, "
            "Ukrainian, Vietnamese"
        ),
    ),
    SkillAliasesEntry(
        "event-planning",
        "rallies, Eventbrite",
        "events, logistics, event manager, event coordinator, wedding planner",
        ("eventos, logística, organizar eventos, fiestas, organizadora de eventos, organizador de eventos"),
        plain=(
            "organize events, plan meetings, host events, plan a party, book a room, catering, weddings, "
            "decorations, set up chairs, book travel, Zoom meetings"
        ),
    ),
)
