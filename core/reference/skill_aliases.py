"""The skill aliases that Handraiser ships: what people type when they look for a skill, in English and in Spanish.

They are names of well-known tools and everyday words. An alias may point to several skills. The examples stand beside
the skill on forms.
"""

from __future__ import annotations

from typing import NamedTuple


class SkillAliasesEntry(NamedTuple):
    """The aliases of the skill with this code, with commas between them; `words` and `spanish` are no examples."""

    skill: str
    examples: str
    words: str = ""
    spanish: str = ""


SKILL_ALIASES: tuple[SkillAliasesEntry, ...] = (
    SkillAliasesEntry("design", "", "designer, UX, UI, creative", "diseño, diseñadora, diseñador"),
    SkillAliasesEntry(
        "ux-research", "Dovetail, Maze", "usability testing, user research", "investigación de usuarios, usabilidad"
    ),
    SkillAliasesEntry("user-interviews", "focus groups, field interviews", "listening sessions", "entrevistas"),
    SkillAliasesEntry(
        "ui-design",
        "Figma, Sketch, Adobe XD",
        "interface design, mockups, wireframes",
        "diseño de interfaces, maquetas",
    ),
    SkillAliasesEntry("interaction-design", "user flows, prototyping", "UX design, Figma", "prototipos"),
    SkillAliasesEntry(
        "graphic-design",
        "Canva, Photoshop, InDesign",
        "flyers, posters, yard signs, Illustrator",
        "diseño gráfico, carteles, folletos",
    ),
    SkillAliasesEntry("brand-identity", "logos, style guides", "branding, visual identity", "marca, logotipos"),
    SkillAliasesEntry(
        "accessibility", "WCAG, screen readers", "a11y, Section 508, alt text", "accesibilidad, discapacidad"
    ),
    SkillAliasesEntry(
        "engineering",
        "",
        "developer, programmer, programming, software, coding",
        "programación, programadora, programador, informática",
    ),
    SkillAliasesEntry(
        "front-end",
        "React, HTML, CSS, JavaScript",
        "TypeScript, Vue, Angular, web development, web developer",
        "desarrollo web, páginas web",
    ),
    SkillAliasesEntry(
        "back-end",
        "Python, Django, Node.js",
        "Java, PHP, Ruby on Rails, Go, Rust, C#, .NET, PostgreSQL, databases, APIs",
        "bases de datos, servidores",
    ),
    SkillAliasesEntry(
        "mobile-apps", "iOS, Android", "Swift, Kotlin, Flutter, React Native", "aplicaciones móviles, apps"
    ),
    SkillAliasesEntry(
        "devops",
        "AWS, Docker, Kubernetes",
        "hosting, cloud, Terraform, Azure, Linux, sysadmin",
        "administración de sistemas, nube",
    ),
    SkillAliasesEntry(
        "cms",
        "WordPress, Squarespace, Wix",
        "Drupal, Webflow, NationBuilder, websites, landing pages",
        "sitios web, páginas web",
    ),
    SkillAliasesEntry(
        "qa-testing", "Selenium, Playwright", "quality assurance, software testing, bug testing", "pruebas de software"
    ),
    SkillAliasesEntry(
        "integrations", "Zapier, webhooks", "Make, Airtable, automation, APIs", "integraciones, automatización"
    ),
    SkillAliasesEntry("data", "", "analyst, statistics, numbers", "datos, analista"),
    SkillAliasesEntry(
        "data-analysis",
        "Excel, SQL, Google Sheets",
        "spreadsheets, pivot tables, R",
        "hojas de cálculo, análisis de datos",
    ),
    SkillAliasesEntry(
        "data-engineering", "dbt, BigQuery, Airflow", "ETL, Spark, data pipelines", "ingeniería de datos"
    ),
    SkillAliasesEntry(
        "data-science",
        "Python, R, machine learning",
        "AI, modeling, statistics, pandas",
        "ciencia de datos, estadística, aprendizaje automático",
    ),
    SkillAliasesEntry(
        "data-visualization", "Tableau, Power BI, Looker", "charts, dashboards, D3", "gráficas, visualización de datos"
    ),
    SkillAliasesEntry(
        "web-analytics", "Google Analytics, Tag Manager", "A/B testing, conversion, Plausible", "analítica web"
    ),
    SkillAliasesEntry(
        "survey-research",
        "Qualtrics, SurveyMonkey",
        "polling, polls, questionnaires, opinion research",
        "encuestas, sondeos",
    ),
    SkillAliasesEntry("mapping", "QGIS, ArcGIS", "GIS, maps, cartography, redistricting", "mapas, cartografía"),
    SkillAliasesEntry(
        "security", "", "cybersecurity, infosec, hacker, information security", "ciberseguridad, seguridad informática"
    ),
    SkillAliasesEntry(
        "incident-response", "forensics, malware", "breach, hacked, ransomware, SOC", "respuesta a incidentes, hackeo"
    ),
    SkillAliasesEntry(
        "account-hardening", "1Password, YubiKey, Okta", "2FA, passkeys, MFA, password manager", "contraseñas"
    ),
    SkillAliasesEntry(
        "threat-assessment",
        "threat modeling, OSINT",
        "risk assessment, doxing, red team",
        "análisis de riesgos, amenazas",
    ),
    SkillAliasesEntry(
        "security-training", "phishing drills, KnowBe4", "security awareness, phishing", "formación en seguridad"
    ),
    SkillAliasesEntry(
        "device-security", "MDM, Jamf, Intune", "laptops, IT support, help desk, encryption", "soporte técnico, cifrado"
    ),
    SkillAliasesEntry(
        "site-security",
        "penetration testing, Cloudflare",
        "pentest, pen testing, OWASP, DDoS, web security, bug bounty",
        "pruebas de penetración, seguridad web",
    ),
    SkillAliasesEntry("product", "", "management, manager, operations lead, agile", "gestión, gerente"),
    SkillAliasesEntry(
        "product-management",
        "roadmaps, Productboard",
        "product manager, product owner, user stories",
        "gestión de producto",
    ),
    SkillAliasesEntry(
        "project-management",
        "Asana, Trello, Jira",
        "Scrum, Kanban, PMP, project manager, Monday.com",
        "gestión de proyectos, jefa de proyecto, jefe de proyecto",
    ),
    SkillAliasesEntry(
        "needs-scoping", "business analysis, requirements", "discovery, scope of work", "análisis de necesidades"
    ),
    SkillAliasesEntry(
        "vendor-selection", "procurement, RFPs", "purchasing, software selection", "compras, proveedores"
    ),
    SkillAliasesEntry(
        "process-design", "Notion, checklists", "workflows, SOPs, documentation, Lean", "procesos, mejora de procesos"
    ),
    SkillAliasesEntry("content", "", "writer, writing, author, words", "redacción, escritora, escritor, contenido"),
    SkillAliasesEntry(
        "copywriting", "ad copy, taglines", "slogans, copywriter, web copy", "textos publicitarios, lemas"
    ),
    SkillAliasesEntry(
        "editing", "proofreading, Grammarly", "copy editing, editor, plain language", "corrección de textos, edición"
    ),
    SkillAliasesEntry("speechwriting", "stump speeches, remarks", "speeches, speech writer", "discursos"),
    SkillAliasesEntry(
        "content-strategy",
        "editorial calendars, blogs",
        "messaging, newsletters, storytelling",
        "estrategia de contenidos",
    ),
    SkillAliasesEntry(
        "policy-writing",
        "white papers, policy briefs",
        "policy research, legislation",
        "políticas públicas, propuestas",
    ),
    SkillAliasesEntry(
        "press-relations",
        "press releases, media lists",
        "PR, public relations, communications, journalism",
        "prensa, relaciones públicas, periodismo, comunicación",
    ),
    SkillAliasesEntry(
        "digital", "", "online marketing, digital marketing, outreach", "marketing digital, mercadotecnia"
    ),
    SkillAliasesEntry(
        "email-marketing",
        "Mailchimp, HubSpot, Action Network",
        "email campaigns, newsletters, Constant Contact, Klaviyo",
        "correo electrónico, boletines",
    ),
    SkillAliasesEntry(
        "email-deliverability", "DKIM, DMARC", "SPF, spam filters, inbox placement, SendGrid", "correo no deseado"
    ),
    SkillAliasesEntry(
        "performance-marketing",
        "Google Ads, Meta Ads",
        "Facebook ads, PPC, paid media, digital ads, advertising, AdWords",
        "publicidad, anuncios",
    ),
    SkillAliasesEntry(
        "social-media",
        "Instagram, TikTok, Facebook",
        "Twitter, X, YouTube, Bluesky, Hootsuite, influencer, community manager",
        "redes sociales",
    ),
    SkillAliasesEntry(
        "texting", "Hustle, ThruText, Spoke", "SMS, text banking, peer-to-peer texting, WhatsApp", "mensajes de texto"
    ),
    SkillAliasesEntry("seo", "Search Console, Ahrefs", "search engine optimization, keywords", "posicionamiento web"),
    SkillAliasesEntry(
        "relational-organizing", "Reach, Outvote", "friend to friend, organizing, organizer", "organización comunitaria"
    ),
    SkillAliasesEntry("media", "", "film, creative, multimedia", "medios, cine"),
    SkillAliasesEntry(
        "video-editing",
        "Premiere Pro, Final Cut, CapCut",
        "DaVinci Resolve, video editor, captions",
        "edición de video",
    ),
    SkillAliasesEntry(
        "video-production",
        "filming, lighting",
        "videographer, camera, livestream, OBS, drone",
        "producción de video, cámara",
    ),
    SkillAliasesEntry(
        "motion-graphics", "After Effects, Lottie", "animation, motion design, Blender", "animación, gráficos animados"
    ),
    SkillAliasesEntry("photography", "Lightroom, portraits", "photographer, photos, headshots", "fotografía, fotos"),
    SkillAliasesEntry(
        "audio-production", "Audacity, Pro Tools", "podcasts, radio, sound, voice-over", "audio, locución, sonido"
    ),
    SkillAliasesEntry(
        "illustration", "Procreate, Illustrator", "drawing, icons, comics, artist", "ilustración, dibujo"
    ),
    SkillAliasesEntry("operations", "", "office, administration, back office", "administración, oficina"),
    SkillAliasesEntry(
        "fundraising-systems", "ActBlue, WinRed, Anedot", "donation pages, Stripe, NGP", "donaciones en línea"
    ),
    SkillAliasesEntry(
        "compliance",
        "FEC reports, campaign finance",
        "lawyer, legal, election law, FEC",
        "cumplimiento, abogada, abogado",
    ),
    SkillAliasesEntry(
        "bookkeeping",
        "QuickBooks, Xero",
        "accounting, accountant, CPA, payroll, budget, treasurer",
        "contabilidad, contable",
    ),
    SkillAliasesEntry(
        "grassroots-fundraising", "house parties, call time", "donors, raising money, finance", "recaudación de fondos"
    ),
    SkillAliasesEntry(
        "recruiting",
        "LinkedIn Recruiter, interviewing",
        "HR, human resources, hiring, onboarding",
        "recursos humanos, contratación",
    ),
    SkillAliasesEntry(
        "translation",
        "Spanish, bilingual",
        "interpreter, interpreting, localization, languages",
        "traducción, traductora, traductor, intérprete, bilingüe",
    ),
    SkillAliasesEntry(
        "event-planning", "rallies, Eventbrite", "events, logistics, event manager", "eventos, logística"
    ),
    SkillAliasesEntry("field-tech", "", "field work, canvassing, campaign tools", "trabajo de campo"),
    SkillAliasesEntry(
        "voter-file",
        "VoteBuilder, VAN, L2",
        "voter data, targeting, Catalist, TargetSmart, PDI",
        "lista de votantes, padrón",
    ),
    SkillAliasesEntry(
        "canvassing-tools", "MiniVAN, PDI Mobile", "door knocking, turf, walk lists, i360", "puerta a puerta"
    ),
    SkillAliasesEntry(
        "phone-banking", "CallHub, ThruTalk", "phone calls, dialer, call center, HubDialer", "llamadas telefónicas"
    ),
    SkillAliasesEntry(
        "volunteer-tools",
        "Mobilize, SignUpGenius",
        "volunteer management, shifts, scheduling",
        "gestión de voluntarios",
    ),
    SkillAliasesEntry(
        "crm", "Salesforce, HubSpot, NationBuilder", "EveryAction, contacts, CiviCRM", "base de datos de contactos"
    ),
    SkillAliasesEntry(
        "voter-protection-tools",
        "poll watching, LBJ",
        "election protection, voter hotline, poll observer",
        "protección del voto",
    ),
)
