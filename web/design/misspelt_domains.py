"""Domains of mail that are often misspelt. It is only a hint: some of them exist, and nothing is refused."""

_MEANT = {
    "gmail.com": ("gmial.com", "gmai.com", "gamil.com", "gmal.com", "gnail.com", "gmail.co", "gmail.con", "gmaill.com"),
    "yahoo.com": ("yaho.com", "yahooo.com", "yhaoo.com", "yahoo.co", "yahoo.con"),
    "hotmail.com": ("hotmial.com", "hotmal.com", "hotmai.com", "hotmail.co", "hotmail.con"),
    "outlook.com": ("outlok.com", "outloo.com", "outlook.co", "outlook.con"),
    "icloud.com": ("iclod.com", "icoud.com", "icloud.co", "icloud.con"),
}
_MEANT_BY_DOMAIN = {wrong: meant for meant, misspelt in _MEANT.items() for wrong in misspelt}


def find_meant_domain(address: str) -> str:
    """Return the domain that an address most likely means; empty if its own is not known as misspelt."""
    return _MEANT_BY_DOMAIN.get(address.rpartition("@")[2].casefold(), "")
