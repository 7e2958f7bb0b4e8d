"""Skills of the demo's volunteers, by profession.

The shares are skewed as in a survey of developers: most build websites and servers, few write, market or secure
anything. Campaigns ask for other skills than those, and that mismatch is what the matcher works on.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Profession:
    """Skills that all its members have, skills that some have, and the share that wants to lead."""

    core_skills: tuple[str, ...]
    optional_skills: Mapping[str, float]
    lead_share: float = 0.09


PROFESSION_WEIGHTS = {
    Profession(
        ("front-end", "back-end"),
        {"devops": 0.2, "qa-testing": 0.14, "cms": 0.22, "integrations": 0.25, "mobile-apps": 0.1, "mapping": 0.01},
    ): 22.0,
    Profession(
        ("back-end",),
        {"data-engineering": 0.16, "devops": 0.28, "integrations": 0.25, "qa-testing": 0.15, "data-analysis": 0.1},
        lead_share=0.08,
    ): 12.5,
    Profession(
        ("front-end",), {"ui-design": 0.1, "accessibility": 0.14, "cms": 0.35, "web-analytics": 0.1, "seo": 0.12}
    ): 10.0,
    Profession(("mobile-apps",), {"front-end": 0.35, "ui-design": 0.06, "qa-testing": 0.2}): 3.5,
    Profession(
        ("devops",),
        {"back-end": 0.35, "site-security": 0.14, "device-security": 0.14, "account-hardening": 0.12},
    ): 5.0,
    Profession(("qa-testing",), {"front-end": 0.2, "accessibility": 0.12, "project-management": 0.15}): 3.0,
    Profession(
        ("data-analysis",),
        {"data-visualization": 0.5, "web-analytics": 0.45, "survey-research": 0.15, "mapping": 0.12, "crm": 0.15},
        lead_share=0.3,
    ): 8.5,
    Profession(
        ("data-science", "data-analysis"),
        {"data-engineering": 0.35, "survey-research": 0.15, "mapping": 0.08},
        lead_share=0.25,
    ): 4.0,
    Profession(
        ("data-engineering",), {"back-end": 0.6, "data-analysis": 0.4, "integrations": 0.4}, lead_share=0.18
    ): 3.4,
    Profession(
        ("ui-design",),
        {
            "ux-research": 0.25,
            "interaction-design": 0.4,
            "graphic-design": 0.4,
            "brand-identity": 0.25,
            "accessibility": 0.2,
        },
    ): 3.2,
    Profession(
        ("ux-research",), {"user-interviews": 0.8, "ui-design": 0.25, "survey-research": 0.25}, lead_share=0.25
    ): 0.8,
    Profession(
        ("graphic-design",),
        {"brand-identity": 0.4, "illustration": 0.3, "motion-graphics": 0.25, "photography": 0.2, "ui-design": 0.15},
    ): 1.7,
    Profession(
        ("product-management",),
        {"project-management": 0.6, "needs-scoping": 0.35, "vendor-selection": 0.2, "web-analytics": 0.2},
        lead_share=0.6,
    ): 4.4,
    Profession(
        ("project-management",), {"needs-scoping": 0.25, "process-design": 0.3, "event-planning": 0.15}, lead_share=0.65
    ): 4.2,
    Profession(
        ("account-hardening",),
        {"incident-response": 0.5, "threat-assessment": 0.4, "site-security": 0.4, "security-training": 0.35},
        lead_share=0.2,
    ): 0.8,
    Profession(
        ("copywriting",),
        {
            "editing": 0.6,
            "content-strategy": 0.35,
            "email-marketing": 0.25,
            "social-media": 0.3,
            "press-relations": 0.2,
        },
    ): 2.5,
    Profession(
        ("email-marketing",),
        {"copywriting": 0.4, "email-deliverability": 0.2, "content-strategy": 0.25, "performance-marketing": 0.2},
        lead_share=0.5,
    ): 4.2,
    Profession(
        ("performance-marketing",),
        {"seo": 0.5, "web-analytics": 0.6, "social-media": 0.3, "copywriting": 0.2},
        lead_share=0.5,
    ): 2.8,
    Profession(
        ("social-media",),
        {"video-editing": 0.3, "photography": 0.2, "copywriting": 0.35, "graphic-design": 0.25},
        lead_share=0.5,
    ): 2.4,
    Profession(("video-editing",), {"video-production": 0.7, "motion-graphics": 0.35, "audio-production": 0.3}): 1.9,
    Profession(
        ("texting", "volunteer-tools"),
        {"phone-banking": 0.5, "canvassing-tools": 0.4, "crm": 0.4, "voter-file": 0.3, "relational-organizing": 0.4},
        lead_share=0.55,
    ): 1.9,
    Profession(("bookkeeping",), {"compliance": 0.4, "fundraising-systems": 0.3, "crm": 0.2}): 0.9,
    Profession(("recruiting",), {"event-planning": 0.5, "process-design": 0.3, "grassroots-fundraising": 0.3}): 0.7,
}
# Skills that people of any profession have picked up on the side, seldom beyond level 3.
SIDELINE_SHARES = {
    "texting": 0.05,
    "social-media": 0.025,
    "project-management": 0.05,
    "copywriting": 0.018,
    "editing": 0.02,
    "photography": 0.02,
    "phone-banking": 0.02,
    "event-planning": 0.015,
    "web-analytics": 0.015,
}
CORE_LEVEL_WEIGHTS = {1: 4.0, 2: 13.0, 3: 32.0, 4: 34.0, 5: 17.0}
OPTIONAL_LEVEL_WEIGHTS = {1: 14.0, 2: 27.0, 3: 34.0, 4: 19.0, 5: 6.0}
SIDELINE_LEVEL_WEIGHTS = {1: 45.0, 2: 35.0, 3: 17.0, 4: 3.0}
