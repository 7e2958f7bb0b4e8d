"""Words that lead to the branch `security` and its skills."""

from core.reference.skill_aliases.entry import SkillAliasesEntry

SECURITY_ALIASES: tuple[SkillAliasesEntry, ...] = (
    SkillAliasesEntry(
        "security",
        "",
        ("cybersecurity, infosec, hacker, information security, security analyst, security engineer, CISO"),
        "ciberseguridad, seguridad informática",
        plain="keep data safe, online safety, privacy, computer security",
    ),
    SkillAliasesEntry(
        "incident-response",
        "forensics, malware",
        "breach, hacked, ransomware, SOC",
        "respuesta a incidentes, hackeo, nos hackearon",
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
        "laptops, IT support, help desk, encryption, IT technician, help desk technician, IT specialist",
        (
            "soporte técnico, cifrado, computadoras, arreglar computadoras, ayuda con la computadora, "
            "técnica informática, técnico informático"
        ),
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
)
