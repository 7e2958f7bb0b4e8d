"""The texts of the description of sign-up and sign-in. They are for developers, in English."""

DESCRIPTION = """How an app signs a user up and in. `/api/docs` describes all other operations.

## Two clients

Each path has a `{{client}}`, as in `/api/v1/auth/{{client}}/v1/auth/signup`.

- `app`: a program of its own, or a page of another site. It keeps a session token, and sends it as
  `X-Session-Token`.
- `browser`: a page of this site's own origin. It has a cookie, and sends the CSRF token as `X-CSRFToken`.

`/api/v1/auth/openapi.json?client=app` describes the one client alone: without the parameter, and with a `session_token`
in each answer that says how a flow goes on.

## Passwords

Nobody needs a password. A sign-up may leave it out, and each sign-in takes a code by email then. Such a user signs in
again where another proves the password: without the token, by `auth/code/request` and `auth/code/confirm`.

## Session tokens

- The first call has no token. An answer may hold `meta.session_token`, also a 401 that asks for a code or for a second
  factor. Keep the newest one, and send it with each call.
- A session ends {days} days after the last step of its sign-in, by signing out, or when another session sets a new
  password. There is nothing to refresh.
- A 410 here, and a 401 with the code `session_over` elsewhere, mean that the session is over. Forget the token, and
  offer both ways to sign in: `auth/login`, and `auth/code/request` for a user without a password.

- Send `X-Session-Token` and `Accept-Language` with each call, here and of all other operations.

## Answers

An answer is an object with `status`, which repeats the status of HTTP. `data`, `meta` and `errors` come with it where
there is something to say.

- 200: done. After a sign-in, `data.user` is the user.
- 400: `errors` lists what is wrong, each with `message`, `code` and, for a field, `param`.
- 401: something is still to do. `data.flows` says what. Branch on the flow with `is_pending`: it has begun. Without
  one, each flow of the list can be begun. With
  `meta.is_authenticated` true the user is signed in, and has to prove it again by one of the flows.
- 409: the call does not fit now. There is no flow of this kind, or the user is signed in already.
- 429: too many calls. `Retry-After` says how many seconds to wait. The limits are counted by address and by network.

A 403, a 409 and a 429 have one entry in `errors`, whose `message` can be shown.

`Accept-Language`, as in `es-MX,es;q=0.9`, sets the language of answers. At sign-up it sets that of the account and of
its letters, too; `PATCH /api/v1/me` changes it.

An operation here ignores a key of the body that it does not know. All other operations refuse one.

A body that is no JSON, is too long, or is not declared as JSON never gets so far. It gets an
`application/problem+json`, as everywhere else: 400, 411, 413 or 415. So does an unknown path (404), and what goes wrong
on our side (500, 503).

## Flows

| `id` | what to call |
|---|---|
| `signup` | `auth/signup` |
| `login` | `auth/login` |
| `login_by_code` | `auth/code/request`, then `auth/code/confirm` |
| `mfa_login_webauthn` | `auth/webauthn/login` |
| `verify_email` | `auth/email/verify` |
| `mfa_authenticate` | `auth/2fa/authenticate` or `auth/webauthn/authenticate` |
| `password_reset_by_code` | `auth/password/request`, then `auth/password/reset` |
| `reauthenticate` | `auth/reauthenticate`, with the password |
| `mfa_reauthenticate` | `auth/2fa/reauthenticate` or `auth/webauthn/reauthenticate` |

## Codes in letters

A code that proves an address, or sets a password, has eight letters and digits, as in `K7QX-2MPD`. A code to sign in
with has six digits. Case, hyphens and spaces do not matter. A code lives for {minutes} minutes. An empty one counts
as a wrong one. After {guesses} wrong codes the flow is over. The `message` of the last 400 says so. From then on the
answer is 409, and the user begins again.
A new code can be sent before that, {resend} after the last one; the old one is void then. Codes to sign in with, and
codes that are sent once more, count together: an address gets {letters} of them in {period} from one network, and
{all_letters} letters with codes in {all_period}.

## Who has an account

Nothing here tells whether an address has an account. A sign-up with a known address gets the same answer as a new one,
and that address gets a letter without a code. The same goes for the request of a code, and of a new password.
"""

KEY_TEXT = "The code of the letter, eight letters and digits. Case, hyphens and spaces do not matter."
CODE_TEXT = "The six digits of the letter. Hyphens and spaces do not matter."

NO_PASSWORD_TEXT = (
    "The new password. Left out: the account has none, and its user signs in with codes. One that is common, all "
    "digits, or much like the address is refused."
)

RESPONSE_DESCRIPTIONS = {
    "403": "It is too early for another letter.",
    "409": "It does not fit now: nothing of this kind has begun, it is over, or the user is signed in already.",
    "400": "Something in the body is wrong. A body that is no JSON gets a problem.",
    "429": "Too many requests: `Retry-After` says how many seconds to wait.",
}


TAG_DESCRIPTIONS = {
    "Account: 2FA": "The second factors of an account.",
    "Account: Email": "The addresses of an account.",
    "Account: Password": "The password of an account.",
    "Account: WebAuthn": "The passkeys of an account.",
    "Authentication: 2FA": "The second factor at a sign-in, and once more.",
    "Authentication: Account": "Sign-up and sign-in with a password.",
    "Authentication: Current Session": "Who is signed in.",
    "Authentication: Login By Code": "Sign-in with a mailed code.",
    "Authentication: Password Reset": "A new password by a mailed code.",
    "Authentication: WebAuthn: Login": "Sign-in with a passkey.",
    "Configuration": "What this site offers.",
}
