"""The names and texts of the operations of sign-up and sign-in. They are for developers, in English."""

OPERATION_DESCRIPTIONS = {
    "get config": "What this site offers. It is the same for everybody.",
    "post auth/login": "Sign in with the address and the password. Send no token: one that is over makes this a 410. "
    "A 401 with the flow `mfa_authenticate` asks for the "
    "second factor. A 409 means that the token is of a session that is signed in already. An address that was never "
    "proved is refused like a wrong password: sign up again.",
    "post auth/signup": "Make an account. The answer is a 401 with the flow `verify_email`, and a letter brings the "
    "code. `Accept-Language` becomes the language of the account and of its letters. A known address gets the same "
    "answer, and a letter without a code. Who lost the code, or used up the "
    "guesses, signs up again with the same address; the password of that sign-up counts. Within {sign_up} of the "
    "last sign-up of this address, the answer is 429. A 409 means that the token is of a session that is signed in "
    "already.",
    "get auth/email/verify": "Say whether a code is right, without using it. A wrong one counts as a guess.",
    "post auth/email/verify": "Prove the address with the code of the letter. The code lives for {minutes} minutes; "
    "case, hyphens and spaces do not matter. A wrong code is a 400. One that is empty or left out counts as "
    "a wrong one. The one after which the sign-up is over, the wrong one number {guesses}, says so. Here a 409 means "
    "that the guesses are used "
    "up, or that the session waits for no code: go back to sign-up.",
    "post auth/email/verify/resend": "Mail a new code, with a life and guesses of its own; the old one is void. Within "
    "{resend} of the last letter the answer is 429, and so it is after {letters} codes in {period}. A 409 means that "
    "this session waits for no code: sign up again. A known address gets the same answer.",
    "post auth/code/request": "Mail a code to sign in with. The answer is a 401 with the flow `login_by_code`, for "
    "each address. One without an account gets a letter without a code. A 409 means that the token is of a session "
    "that is signed in: leave it out.",
    "post auth/code/confirm": "Sign in with the code of the letter, which shows its six digits as `492 039`. Spaces "
    "and hyphens do not matter. It lives for {minutes} minutes. After {guesses} wrong codes the answer is 409: ask for "
    "another one.",
    "post auth/code/resend": "Mail a new code, with a life and guesses of its own; the old one is void. Within "
    "{resend} of the last letter the answer is 429, and so it is after {letters} codes in {period}. A 409 means that "
    "this session waits for no code: ask for one.",
    "post auth/password/request": "Mail a code with which a new password can be set. The answer is a 401 with the flow "
    "`password_reset_by_code`, for each address.",
    "get auth/password/reset": "Say whether a code is right, without using it. A wrong one counts as a guess.",
    "post auth/password/reset": "Set a new password with the code of the letter. The answer is a 401: sign in with the "
    "new password. The code lives for {minutes} minutes. After {guesses} wrong codes the answer is 409.",
    "get auth/session": "Say who is signed in: 200 with the user, 401 without one, 410 where the session is over. "
    "`data.user.has_usable_password` says whether the account has a password.",
    "delete auth/session": "Sign out. The answer is a 401, which means that it is done.",
    "post account/email": "Add an address. A letter brings a code, which `auth/email/verify` takes with this session.",
    "put account/email": "Mail the code for an address once more. A 403 means that it is too early.",
    "post account/password/change": "Change the password. Other sessions end. An account without a password leaves out "
    "`current_password`.",
    "post auth/reauthenticate": "Prove with the password that it is still the user. Some calls ask for that ten "
    "minutes after the last sign-in: they answer 401 with the flows, or 403 with the code `sign_in_again`.",
    "get auth/webauthn/authenticate": "The options that the browser needs to use a passkey after the password.",
    "get auth/webauthn/reauthenticate": "The options that the browser needs to use a passkey once more.",
    "get auth/webauthn/login": "The options that the browser needs to sign in with a passkey.",
    "get account/authenticators/webauthn": "The options that the browser needs to make a passkey.",
    "get account/authenticators/totp": "The authenticator app of the user. A 404 means that there is none, and holds "
    "the secret to set one up with.",
    "get account/authenticators": "The second factors of the user.",
    "post account/authenticators/recovery-codes": "Make new recovery codes; the old ones are void.",
    "get account/authenticators/recovery-codes": "The recovery codes that are left; 404 without any.",
}
"""By method and the end of the path."""

OPERATION_IDS = {
    "get config": "getAuthConfiguration",
    "post auth/login": "signIn",
    "post auth/signup": "signUp",
    "get auth/email/verify": "checkEmailCode",
    "post auth/email/verify": "verifyEmail",
    "post auth/email/verify/resend": "resendEmailCode",
    "post auth/reauthenticate": "proveByPassword",
    "post auth/password/request": "requestPasswordReset",
    "get auth/password/reset": "checkPasswordResetCode",
    "post auth/password/reset": "resetPassword",
    "post auth/2fa/authenticate": "signInByFactor",
    "post auth/2fa/reauthenticate": "proveByFactor",
    "get auth/webauthn/authenticate": "getFactorPasskeyOptions",
    "post auth/webauthn/authenticate": "signInByFactorPasskey",
    "get auth/webauthn/reauthenticate": "getProofPasskeyOptions",
    "post auth/webauthn/reauthenticate": "proveByPasskey",
    "get auth/webauthn/login": "getPasskeySignInOptions",
    "post auth/webauthn/login": "signInByPasskey",
    "post auth/code/request": "requestSignInCode",
    "post auth/code/confirm": "signInByCode",
    "post auth/code/resend": "resendSignInCode",
    "get auth/session": "getSession",
    "delete auth/session": "signOut",
    "get account/email": "listAddresses",
    "post account/email": "addAddress",
    "put account/email": "resendAddressCode",
    "patch account/email": "makeAddressPrimary",
    "delete account/email": "removeAddress",
    "post account/password/change": "changePassword",
    "get account/authenticators": "listFactors",
    "get account/authenticators/totp": "getAuthenticatorApp",
    "post account/authenticators/totp": "addAuthenticatorApp",
    "delete account/authenticators/totp": "removeAuthenticatorApp",
    "get account/authenticators/recovery-codes": "listRecoveryCodes",
    "post account/authenticators/recovery-codes": "makeRecoveryCodes",
    "get account/authenticators/webauthn": "getNewPasskeyOptions",
    "post account/authenticators/webauthn": "addPasskey",
    "put account/authenticators/webauthn": "renamePasskey",
    "delete account/authenticators/webauthn": "removePasskey",
}
"""By method and the end of the path."""
