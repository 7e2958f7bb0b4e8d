"""A device that keeps passkeys, as a browser would speak for it."""

import json
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

HOST, ORIGIN = "testserver", "http://testserver"
PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class Device:
    """One passkey; `handle` is the user that the site named when it was made."""

    def __init__(self, credential_id: bytes = b"one passkey") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id, self.handle = credential_id, ""

    def register(self, options: dict[str, Any]) -> dict[str, Any]:
        """Return a new credential for the options of the site."""
        asked = options["publicKey"]
        self.handle = asked["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        data = AttestedCredentialData.create(Aaguid.NONE, self.credential_id, public)
        flags = PRESENT_AND_VERIFIED | AuthenticatorData.FLAG.AT
        authenticator = AuthenticatorData.create(sha256(HOST.encode()).digest(), flags, 1, data)
        attestation = AttestationObject.create("none", authenticator, {})
        response = {
            "clientDataJSON": self._say("webauthn.create", asked),
            "attestationObject": websafe_encode(attestation),
        }
        return self._wrap(response) | {"clientExtensionResults": {"credProps": {"rk": True}}}

    def answer(self, options: dict[str, Any]) -> dict[str, Any]:
        """Return the credential that proves the passkey."""
        said = self._say("webauthn.get", options["publicKey"])
        authenticator = AuthenticatorData.create(sha256(HOST.encode()).digest(), PRESENT_AND_VERIFIED, 2)
        signed = authenticator + sha256(websafe_decode(said)).digest()
        response = {
            "clientDataJSON": said,
            "authenticatorData": websafe_encode(authenticator),
            "signature": websafe_encode(self.key.sign(signed, ec.ECDSA(hashes.SHA256()))),
            "userHandle": self.handle,
        }
        return self._wrap(response)

    def _wrap(self, response: dict[str, str]) -> dict[str, Any]:
        name = websafe_encode(self.credential_id)
        return {"id": name, "rawId": name, "type": "public-key", "response": response}

    def _say(self, kind: str, asked: dict[str, Any]) -> str:
        said = {"type": kind, "challenge": asked["challenge"], "origin": ORIGIN, "crossOrigin": False}
        return websafe_encode(json.dumps(said).encode())
