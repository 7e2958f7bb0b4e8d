"""Judge whether an address looks like one at work."""

import re

PRIVATE_MAIL_DOMAINS = frozenset(
    """
    aol.com att.net bellsouth.net btinternet.com charter.net comcast.net cox.net disroot.org duck.com
    earthlink.net fastmail.com fastmail.fm frontier.com gmail.com googlemail.com hey.com hushmail.com
    icloud.com juno.com mac.com mail.com mailbox.org mailfence.com me.com mindspring.com msn.com
    netscape.net netzero.net optimum.net optonline.net passport.com pm.me posteo.de posteo.net proton.me
    protonmail.ch protonmail.com riseup.net roadrunner.com rocketmail.com rr.com runbox.com
    sbcglobal.net startmail.com suddenlink.net tuta.com tuta.io tutanota.com verizon.net web.de
    windstream.net yandex.com ymail.com zoho.com zohomail.com
    """.split()  # noqa: SIM905
)
"""Domains of private mail: the usual providers, and the internet providers of American homes."""

_PRIVATE_MAIL_DOMAIN_PATTERN = re.compile(r"(gmx|hotmail|live|outlook|yahoo)\.([a-z]{2,3})(\.[a-z]{2})?")


def is_likely_work_email(email: str) -> bool:
    """Return whether an employer, a school or an office may read the mail to this address.

    The owner of a domain is unknown, so every domain counts but those of the usual providers of private mail.
    """
    domain = email.rpartition("@")[2].strip().lower().rstrip(".")
    return domain not in PRIVATE_MAIL_DOMAINS and _PRIVATE_MAIL_DOMAIN_PATTERN.fullmatch(domain) is None
