"""Words that lead to the branch `digital` and its skills."""

from core.reference.skill_aliases.entry import SkillAliasesEntry

DIGITAL_ALIASES: tuple[SkillAliasesEntry, ...] = (
    SkillAliasesEntry(
        "digital",
        "",
        (
            "online marketing, digital marketing, outreach, marketing manager, marketer, digital strategist, "
            "digital marketer"
        ),
        "marketing digital, mercadotecnia, marketing, mercadóloga, mercadólogo",
        plain="online outreach, reach people online, online campaigning, internet",
    ),
    SkillAliasesEntry(
        "email-marketing",
        "Mailchimp, HubSpot, Action Network",
        "email campaigns, newsletters, Constant Contact, Klaviyo",
        "correo electrónico, boletines, enviar correos, escribir correos",
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
        (
            "Twitter, X, YouTube, Bluesky, Hootsuite, influencer, community manager, social media manager, "
            "content creator, Buffer"
        ),
        ("redes sociales, publicar en redes, publicaciones, gestora de redes sociales, gestor de redes sociales"),
        plain=(
            "post on Instagram, post on Facebook, post online, make posts, posts, social networks, reels, "
            "answer comments"
        ),
    ),
    SkillAliasesEntry(
        "texting",
        "Hustle, ThruText, Spoke",
        "SMS, text banking, peer-to-peer texting, WhatsApp",
        "mensajes de texto, enviar mensajes, mandar mensajes",
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
        "organización comunitaria, hablar con vecinos, hablar con amigos",
        plain="talk to friends, talk to neighbors, invite friends, neighbors, community organizing",
    ),
)
