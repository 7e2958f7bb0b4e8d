"""Delivery reports as mail servers write them, about a letter to one address."""

_HEAD = """\
From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
To: hello@localhost
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; {type}boundary="=_b"

This is a MIME-encapsulated message.

--=_b
Content-Type: text/plain; charset={charset}

{words}

--=_b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

{status}

--=_b
Content-Type: {returned}

Message-ID: {message_id}
From: Handraiser <hello@localhost>
To: {to}
Subject: Something is new

{body}
--=_b--
"""

POSTFIX = """\
Original-Recipient: rfc822;maya@example.org
Final-Recipient: rfc822; maya@example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 550 5.1.1 <maya@example.org>: Recipient address rejected:
    User unknown in virtual mailbox table"""
EXIM = """\
Action: failed
Final-Recipient: rfc822;maya@example.org
Status: 5.0.0
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 550 No Such User Here"""
EXIM_POLICY = EXIM.replace("550 No Such User Here", "550 5.7.1 Your server is on a list")
EXCHANGE = """\
Final-Recipient: RFC822; Maya@Example.org
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found by SMTP address lookup"""
GMAIL = """\
Final-Recipient: rfc822; maya@example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; gmail-smtp-in.l.google.com. (2a00:1450:400c:c0c::1b, the server for the domain.)
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
Last-Attempt-Date: Mon, 02 Mar 2026 04:00:00 -0800 (PST)"""
FORWARDED = GMAIL.replace("maya@example.org", "someone.else@example.net")
FULL = POSTFIX.replace("5.1.1", "5.2.2")
DELAYED = POSTFIX.replace("Action: failed", "Action: delayed").replace("5.1.1", "4.4.1")
OUT_OF_TIME = POSTFIX.replace("5.1.1", "4.4.1")


def write_report(
    status: str,
    message_id: str,
    *,
    to: str = "maya@example.org",
    returned: str = "message/rfc822",
    type_: str = "report-type=delivery-status; ",
    charset: str = "utf-8",
    words: str = "I could not deliver it.",
    body: str = "Tea is ready.",
) -> bytes:
    """Return a whole report."""
    facts = {"status": status, "message_id": message_id, "to": to, "returned": returned, "charset": charset}
    return _HEAD.format(**facts, type=type_, words=words, body=body).encode()
