"""The skill aliases that Handraiser ships: what people type when they look for a skill, in English and in Spanish.

They are names of well-known tools and everyday words. An alias may point to several skills. The examples stand beside
the skill on forms.
"""

from __future__ import annotations

from typing import NamedTuple


class SkillAliasesEntry(NamedTuple):
    """The aliases of the skill with this code, with commas between them; only `examples` are shown beside it.

    `plain` is what people type who do not know the words of the trade: “calling voters”, “take photos”. A plain word
    leads to one skill.
    """

    skill: str
    examples: str
    words: str = ""
    spanish: str = ""
    plain: str = ""


SKILL_ALIASES: tuple[SkillAliasesEntry, ...] = (
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
        plain="interview people, interviews, listening to people, taking notes",
    ),
    SkillAliasesEntry(
        "ui-design",
        "Figma, Sketch, Adobe XD",
        "interface design, mockups, wireframes",
        "diseño de interfaces, maquetas",
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
        "flyers, posters, yard signs, Illustrator",
        "diseño gráfico, carteles, folletos",
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
    SkillAliasesEntry(
        "engineering",
        "",
        "developer, programmer, programming, software, coding",
        "programación, programadora, programador, informática",
        plain="write code, computer science, build software, technology, IT, tech",
    ),
    SkillAliasesEntry(
        "front-end",
        "React, HTML, CSS, JavaScript",
        "TypeScript, Vue, Angular, web development, web developer",
        "desarrollo web, páginas web",
        plain="build web pages, code web pages, web programmer, website code",
    ),
    SkillAliasesEntry(
        "back-end",
        "Python, Django, Node.js",
        "Java, PHP, Ruby on Rails, Go, Rust, C#, .NET, PostgreSQL, databases, APIs",
        "bases de datos, servidores",
        plain="server programming, write programs, database programming, web services",
    ),
    SkillAliasesEntry(
        "mobile-apps",
        "iOS, Android",
        "Swift, Kotlin, Flutter, React Native",
        "aplicaciones móviles, apps",
        plain="make apps, phone apps, iPhone apps, app developer",
    ),
    SkillAliasesEntry(
        "devops",
        "AWS, Docker, Kubernetes",
        "hosting, cloud, Terraform, Azure, Linux, sysadmin",
        "administración de sistemas, nube",
        plain="run servers, set up servers, backups, network administrator",
    ),
    SkillAliasesEntry(
        "cms",
        "WordPress, Squarespace, Wix",
        "Drupal, Webflow, NationBuilder, websites, landing pages",
        "sitios web, páginas web",
        plain="make a website, build a website, edit a website, update a website, website help",
    ),
    SkillAliasesEntry(
        "qa-testing",
        "Selenium, Playwright",
        "quality assurance, software testing, bug testing",
        "pruebas de software",
        plain="find bugs, test apps, test websites, try things out, check links",
    ),
    SkillAliasesEntry(
        "integrations",
        "Zapier, webhooks",
        "Make, Airtable, automation, APIs",
        "integraciones, automatización",
        plain="connect tools, link apps, sync data, automate tasks",
    ),
    SkillAliasesEntry(
        "data",
        "",
        "analyst, statistics, numbers",
        "datos, analista",
        plain="math, mathematics, statistician, work with numbers",
    ),
    SkillAliasesEntry(
        "data-analysis",
        "Excel, SQL, Google Sheets",
        "spreadsheets, pivot tables, Python, R",
        "hojas de cálculo, análisis de datos",
        plain="make spreadsheets, Excel sheets, analyze data, analyze numbers, make tables",
    ),
    SkillAliasesEntry(
        "data-engineering",
        "dbt, BigQuery, Airflow",
        "ETL, Spark, data pipelines",
        "ingeniería de datos",
        plain="clean data, clean up data, merge files, load data",
    ),
    SkillAliasesEntry(
        "data-science",
        "Python, R, machine learning",
        "AI, modeling, statistics, pandas",
        "ciencia de datos, estadística, aprendizaje automático",
        plain="predict results, forecasting, statistical models, algorithms",
    ),
    SkillAliasesEntry(
        "data-visualization",
        "Tableau, Power BI, Looker",
        "charts, dashboards, D3",
        "gráficas, visualización de datos",
        plain="make charts, make graphs, graphs, infographics, diagrams",
    ),
    SkillAliasesEntry(
        "web-analytics",
        "Google Analytics, Tag Manager",
        "A/B testing, conversion, Plausible",
        "analítica web",
        plain="website visitors, count clicks, website statistics, website traffic",
    ),
    SkillAliasesEntry(
        "survey-research",
        "Qualtrics, SurveyMonkey",
        "polling, polls, questionnaires, opinion research",
        "encuestas, sondeos",
        plain="surveys, write surveys, ask questions, opinion polls",
    ),
    SkillAliasesEntry(
        "mapping",
        "QGIS, ArcGIS",
        "GIS, maps, cartography, redistricting",
        "mapas, cartografía",
        plain="make maps, draw maps, geography, district maps",
    ),
    SkillAliasesEntry(
        "security",
        "",
        "cybersecurity, infosec, hacker, information security",
        "ciberseguridad, seguridad informática",
        plain="keep data safe, online safety, privacy, computer security",
    ),
    SkillAliasesEntry(
        "incident-response",
        "forensics, malware",
        "breach, hacked, ransomware, SOC",
        "respuesta a incidentes, hackeo",
        plain="we were hacked, hacked account, computer virus, stop an attack",
    ),
    SkillAliasesEntry(
        "account-hardening",
        "1Password, YubiKey, Okta",
        "2FA, passkeys, MFA, password manager",
        "contraseñas",
        plain="passwords, secure accounts, login help, two-step login",
    ),
    SkillAliasesEntry(
        "threat-assessment",
        "threat modeling, OSINT",
        "risk assessment, doxing, red team",
        "análisis de riesgos, amenazas",
        plain="spot dangers, safety planning, online threats, harassment, stalking",
    ),
    SkillAliasesEntry(
        "security-training",
        "phishing drills, KnowBe4",
        "security awareness, phishing",
        "formación en seguridad",
        plain="teach online safety, scams, scam awareness, spot scams, train staff on security",
    ),
    SkillAliasesEntry(
        "device-security",
        "MDM, Jamf, Intune",
        "laptops, IT support, help desk, encryption",
        "soporte técnico, cifrado",
        plain=(
            "fix computers, fix phones, computer repair, computer help, Wi-Fi, set up laptops, tech support, printers"
        ),
    ),
    SkillAliasesEntry(
        "site-security",
        "penetration testing, Cloudflare",
        "pentest, pen testing, OWASP, DDoS, web security, bug bounty",
        "pruebas de penetración, seguridad web",
        plain="ethical hacking, protect a website, find holes in websites, stop website attacks",
    ),
    SkillAliasesEntry(
        "product",
        "",
        "management, manager, operations lead, agile",
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
        "Scrum, Kanban, PMP, project manager, Monday.com",
        "gestión de proyectos, jefa de proyecto, jefe de proyecto",
        plain="organize a project, coordinate a project, keep track of tasks, to-do lists, deadlines, planning",
    ),
    SkillAliasesEntry(
        "needs-scoping",
        "business analysis, requirements",
        "discovery, scope of work",
        "análisis de necesidades",
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
    SkillAliasesEntry(
        "content",
        "",
        "writer, writing, author, words",
        "redacción, escritora, escritor, contenido",
        plain="work with words, storyteller, write things",
    ),
    SkillAliasesEntry(
        "copywriting",
        "ad copy, taglines",
        "slogans, copywriter, web copy",
        "textos publicitarios, lemas",
        plain="write letters, letter writing, write postcards, write ads, catchy text",
    ),
    SkillAliasesEntry(
        "editing",
        "proofreading, Grammarly",
        "copy editing, editor, plain language",
        "corrección de textos, edición",
        plain="proofread, check spelling, spelling, grammar, correct mistakes",
    ),
    SkillAliasesEntry(
        "speechwriting",
        "stump speeches, remarks",
        "speeches, speech writer",
        "discursos",
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
        "policy research, legislation",
        "políticas públicas, propuestas",
        plain="research issues, issue research, explain laws, public policy, policy",
    ),
    SkillAliasesEntry(
        "press-relations",
        "press releases, media lists",
        "PR, public relations, communications, journalism",
        "prensa, relaciones públicas, periodismo, comunicación",
        plain=(
            "press, talk to reporters, reporter, journalist, newspapers, write to the newspaper, letters to the editor"
        ),
    ),
    SkillAliasesEntry(
        "digital",
        "",
        "online marketing, digital marketing, outreach",
        "marketing digital, mercadotecnia",
        plain="online outreach, reach people online, online campaigning, internet",
    ),
    SkillAliasesEntry(
        "email-marketing",
        "Mailchimp, HubSpot, Action Network",
        "email campaigns, newsletters, Constant Contact, Klaviyo",
        "correo electrónico, boletines",
        plain="send emails, write emails, mailing list, mass emails",
    ),
    SkillAliasesEntry(
        "email-deliverability",
        "DKIM, DMARC",
        "SPF, spam filters, inbox placement, SendGrid",
        "correo no deseado",
        plain="email problems, emails go to spam, stop spam, email setup",
    ),
    SkillAliasesEntry(
        "performance-marketing",
        "Google Ads, Meta Ads",
        "Facebook ads, PPC, paid media, digital ads, advertising, AdWords",
        "publicidad, anuncios",
        plain="buy ads, run ads, online ads, advertise",
    ),
    SkillAliasesEntry(
        "social-media",
        "Instagram, TikTok, Facebook",
        "Twitter, X, YouTube, Bluesky, Hootsuite, influencer, community manager",
        "redes sociales",
        plain=(
            "post on Instagram, post on Facebook, post online, make posts, posts, social networks, reels, "
            "answer comments"
        ),
    ),
    SkillAliasesEntry(
        "texting",
        "Hustle, ThruText, Spoke",
        "SMS, text banking, peer-to-peer texting, WhatsApp",
        "mensajes de texto",
        plain="text voters, text people, send texts, text messages",
    ),
    SkillAliasesEntry(
        "seo",
        "Search Console, Ahrefs",
        "search engine optimization, keywords",
        "posicionamiento web",
        plain="be found on Google, Google search, Google ranking, search results",
    ),
    SkillAliasesEntry(
        "relational-organizing",
        "Reach, Outvote",
        "friend to friend, organizing, organizer",
        "organización comunitaria",
        plain="talk to friends, talk to neighbors, invite friends, neighbors, community organizing",
    ),
    SkillAliasesEntry(
        "media", "", "film, creative, multimedia", "medios, cine", plain="movies, arts, audiovisual, pictures and sound"
    ),
    SkillAliasesEntry(
        "video-editing",
        "Premiere Pro, Final Cut, CapCut",
        "DaVinci Resolve, video editor, captions",
        "edición de video",
        plain="edit videos, cut videos, edit clips, subtitles",
    ),
    SkillAliasesEntry(
        "video-production",
        "filming, lighting",
        "videographer, camera, livestream, OBS, drone",
        "producción de video, cámara",
        plain="make videos, film videos, shoot videos, record videos, film events, filmmaker",
    ),
    SkillAliasesEntry(
        "motion-graphics",
        "After Effects, Lottie",
        "animation, motion design, Blender",
        "animación, gráficos animados",
        plain="animate, animator, animated videos, GIFs",
    ),
    SkillAliasesEntry(
        "photography",
        "Lightroom, portraits",
        "photographer, photos, headshots",
        "fotografía, fotos, tomar fotos",
        plain="take photos, take pictures, photo shoots, edit photos, photograph events",
    ),
    SkillAliasesEntry(
        "audio-production",
        "Audacity, Pro Tools",
        "podcasts, radio, sound, voice-over",
        "audio, locución, sonido",
        plain="record sound, edit audio, make podcasts, music, record voices",
    ),
    SkillAliasesEntry(
        "illustration",
        "Procreate, Illustrator",
        "drawing, icons, comics, artist",
        "ilustración, dibujo",
        plain="draw, draw pictures, draw cartoons, cartoons, art, painting",
    ),
    SkillAliasesEntry(
        "operations",
        "",
        "office, administration, back office",
        "administración, oficina",
        plain=(
            "office work, paperwork, filing, secretary, receptionist, assistant, stuff envelopes, answer phones, admin"
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
        "lawyer, legal, election law, FEC",
        "cumplimiento, abogada, abogado",
        plain="law, attorney, paralegal, election rules, file reports",
    ),
    SkillAliasesEntry(
        "bookkeeping",
        "QuickBooks, Xero",
        "accounting, accountant, CPA, payroll, budget, treasurer",
        "contabilidad, contable",
        plain="keep the books, pay bills, invoices, receipts, taxes, track expenses, handle cash",
    ),
    SkillAliasesEntry(
        "grassroots-fundraising",
        "house parties, call time",
        "donors, raising money, finance",
        "recaudación de fondos",
        plain="ask for donations, ask for money, raise money, fundraiser, sales, selling, raffles, auctions",
    ),
    SkillAliasesEntry(
        "recruiting",
        "LinkedIn Recruiter, interviewing",
        "HR, human resources, hiring, onboarding",
        "recursos humanos, contratación",
        plain="find volunteers, recruit volunteers, train volunteers, welcome volunteers, coach people, teach people",
    ),
    SkillAliasesEntry(
        "translation",
        "Spanish, bilingual",
        "interpreter, interpreting, localization, languages",
        "traducción, traductora, traductor, intérprete, bilingüe, español, traducir",
        plain=(
            "translate, Spanish speaker, second language, speak another language, foreign languages, "
            "sign language, ASL, Arabic, "
            "Cantonese, Chinese, French, German, Haitian Creole, Hindi, Hmong, Italian, Japanese, Korean, "
            "Mandarin, Navajo, Polish, Portuguese, Russian, Somali, Tagalog, Ukrainian, Vietnamese"
        ),
    ),
    SkillAliasesEntry(
        "event-planning",
        "rallies, Eventbrite",
        "events, logistics, event manager",
        "eventos, logística",
        plain=(
            "organize events, plan meetings, host events, plan a party, book a room, catering, "
            "weddings, decorations, set up chairs"
        ),
    ),
    SkillAliasesEntry(
        "field-tech",
        "",
        "field work, canvassing, campaign tools",
        "trabajo de campo",
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
        "puerta a puerta, tocar puertas",
        plain="knock on doors, go door to door, canvass, canvas, talk to voters, walk neighborhoods",
    ),
    SkillAliasesEntry(
        "phone-banking",
        "CallHub, ThruTalk",
        "phone calls, dialer, call center, HubDialer",
        "llamadas telefónicas, llamar a votantes, teléfono",
        plain=(
            "call voters, talk to voters by phone, calling, calls, make calls, ring people, phone voters, phoning, "
            "call people, telephone, cold calling, customer service, telemarketing"
        ),
    ),
    SkillAliasesEntry(
        "volunteer-tools",
        "Mobilize, SignUpGenius",
        "volunteer management, shifts, scheduling",
        "gestión de voluntarios",
        plain=(
            "sign-up sheets, schedule volunteers, make schedules, organize volunteers, volunteer coordinator, rosters"
        ),
    ),
    SkillAliasesEntry(
        "crm",
        "Salesforce, HubSpot, NationBuilder",
        "EveryAction, contacts, CiviCRM",
        "base de datos de contactos",
        plain=(
            "cleaning up lists, data entry, enter data, entering data, typing, address lists, update records, "
            "keep contacts"
        ),
    ),
    SkillAliasesEntry(
        "voter-protection-tools",
        "poll watching, LBJ",
        "election protection, voter hotline, poll observer",
        "protección del voto",
        plain=(
            "protect voters, help at the polls, watch the polls, poll worker, voting rights, voting problems, "
            "answer voter questions"
        ),
    ),
)
