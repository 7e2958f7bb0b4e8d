"""Words that lead to the branch `engineering` and its skills."""

from core.reference.skill_aliases.entry import SkillAliasesEntry

ENGINEERING_ALIASES: tuple[SkillAliasesEntry, ...] = (
    SkillAliasesEntry(
        "engineering",
        "",
        "developer, programmer, programming, software, coding, software developer",
        (
            "programación, programadora, programador, informática, desarrolladora, desarrollador, informático, "
            "ingeniera de software, ingeniero de software"
        ),
        plain="write code, computer science, build software, technology, IT, tech",
    ),
    SkillAliasesEntry(
        "front-end",
        "React, HTML, CSS, JavaScript",
        (
            "TypeScript, Vue, Angular, web development, web developer, frontend developer, front-end developer, "
            "jQuery, Svelte, Next.js"
        ),
        (
            "desarrollo web, páginas web, diseño de páginas web, desarrolladora web, desarrollador web, "
            "programadora web, programador web"
        ),
        plain="build web pages, code web pages, web programmer, website code",
    ),
    SkillAliasesEntry(
        "back-end",
        "Python, Django, Node.js",
        (
            "Java, PHP, Ruby on Rails, Go, Rust, C#, .NET, PostgreSQL, databases, APIs, backend developer, "
            "back-end developer, full stack developer, full-stack, database administrator, DBA, MySQL, Laravel, "
            "Flask"
        ),
        "bases de datos, servidores, administrador de bases de datos",
        plain="server programming, write programs, database programming, web services",
    ),
    SkillAliasesEntry(
        "mobile-apps",
        "iOS, Android",
        "Swift, Kotlin, Flutter, React Native, mobile developer",
        "aplicaciones móviles, apps",
        plain="make apps, phone apps, iPhone apps, app developer",
    ),
    SkillAliasesEntry(
        "devops",
        "AWS, Docker, Kubernetes",
        (
            "hosting, cloud, Terraform, Azure, Linux, sysadmin, system administrator, systems administrator, "
            "network engineer, cloud engineer, SRE, Google Cloud"
        ),
        "administración de sistemas, nube, administradora de sistemas, administrador de sistemas",
        plain="run servers, set up servers, backups, network administrator",
    ),
    SkillAliasesEntry(
        "cms",
        "WordPress, Squarespace, Wix",
        "Drupal, Webflow, NationBuilder, websites, landing pages",
        "sitios web, páginas web, hacer páginas web, hacer un sitio web, diseño de páginas web, diseño de sitios web",
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
)
