"""What each page of visitors and of accounts is for, in words."""

from tests.web.tour_page import TourPage

VISITOR_PAGES = [
    TourPage(
        "home",
        "The first page",
        "It promises an answer with a date, and has two doors: for a volunteer and for a campaign.",
        "By the address of the site.",
        {
            "home": "a visitor",
            "home-signed-in": "a volunteer who is signed in",
            "reviewer-home": "a reviewer who is signed in",
        },
    ),
    TourPage(
        "about",
        "Who runs this",
        "It says who runs the site, for whom, and where the data is.",
        "From the footer.",
        {"about": "as everybody sees it"},
    ),
    TourPage(
        "help",
        "Help",
        "It has the operator’s address, phone and hours.",
        "From the header and the footer.",
        {"help": "as everybody sees it"},
    ),
    TourPage(
        "for-campaigns",
        "For campaigns",
        "It says how a campaign comes in, and leads to the plan.",
        "From the home page.",
        {"for-campaigns": "as everybody sees it"},
    ),
    TourPage(
        "conduct",
        "The code of conduct",
        "It holds the rules for both sides.",
        "From the forms that ask for a yes.",
        {"conduct": "as everybody sees it"},
    ),
    TourPage(
        "candidate",
        "A candidate’s own page",
        "The candidate says whether a campaign acts for them. One tap stops it.",
        "From the letter to the candidate, without a sign-in.",
        {"candidate": "not answered yet"},
        ("candidate-link",),
    ),
    TourPage(
        "mail-stop",
        "No more letters",
        "It stops letters of one topic, and takes that back.",
        "From the foot of a letter, without a sign-in.",
        {"mail-stop": "before the button is pressed"},
    ),
    TourPage(
        "recovery-stop",
        "Stop a recovery",
        "A person stops the recovery of a second factor that is not lost.",
        "From the letter about it, without a sign-in.",
    ),
    TourPage(
        "",
        "A page that is not there",
        "It says so, and leads back.",
        "By a wrong address. What a reader may not know of looks the same.",
        {"nothing-here": "an address that never was"},
    ),
    TourPage(
        "design",
        "The components",
        "It shows each component in its states.",
        "By its address, and only locally.",
        {"design": "all of them"},
    ),
]

ACCOUNT_PAGES = [
    TourPage(
        "account_login",
        "Sign in",
        "A password, a code by mail or a passkey.",
        "From the header, and from every letter whose page needs a sign-in.",
        {"sign-in": "empty", "sign-in-wrong": "with a wrong password"},
    ),
    TourPage(
        "account_signup",
        "Sign up",
        "An account, for those who come to act for a campaign.",
        "From the sign-in.",
        {"sign-up": "empty"},
    ),
    TourPage(
        "account_request_login_code",
        "Sign in by a code",
        "It asks where to send the code.",
        "From the sign-in.",
        {"sign-in-code": "empty"},
    ),
    TourPage(
        "account_reset_password",
        "A new password",
        "It asks where to send the code.",
        "From the sign-in.",
        {"new-password": "empty"},
    ),
    TourPage("account", "My account", "All settings on one page.", "From the header.", {"account": "of a volunteer"}),
    TourPage(
        "account-letters",
        "My letters",
        "What we write about: it stops each kind, or starts it again.",
        "From the account, and from the page that stops letters of one topic.",
        {"letters": "all of them come"},
    ),
    TourPage(
        "my-data-page",
        "My data",
        "Everything that is stored about the reader, as a download, and its erasure.",
        "From the account.",
        {"my-data": "what goes and what stays", "my-data-wrong": "with a wrong password"},
    ),
    TourPage("account_email", "My address", "It changes the address.", "From the account.", {"email": "one address"}),
    TourPage("account_change_password", "My password", "It changes it.", "From the account.", {"password": "empty"}),
    TourPage(
        "mfa_index",
        "My second factor",
        "A passkey or an app. Reviewers and verified campaigns need one.",
        "From the account, and from each page that needs it.",
        {"second-factor": "none yet"},
        ("factor-recovery", "factor-reset"),
    ),
]
