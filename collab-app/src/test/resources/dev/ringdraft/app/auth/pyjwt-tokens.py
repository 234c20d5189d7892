#!/usr/bin/env python3
"""Makes pyjwt-tokens.json, which ForeignTokensTest reads: tokens by another library than ours.

Debian: apt-get install python3-jwt python3-cryptography; then
./pyjwt-tokens.py > pyjwt-tokens.json

The private keys are thrown away; the tokens are good for a minute of the tests' clock.
"""

import base64
import hashlib
import hmac
import json

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

NOW = 1795435200  # 2026-11-23T12:00:00Z
SECRET = "a secret of thirty-two bytes, no less"
ISSUER = "https://id.example"
AUDIENCE = "drafts"
PARTY = "https://drafts.example"

PRIVATE = {
    "RS256": rsa.generate_private_key(public_exponent=65537, key_size=2048),
    "ES256": ec.generate_private_key(ec.SECP256R1()),
    "EdDSA": ed25519.Ed25519PrivateKey.generate(),
    "HS256": SECRET,
}
OTHER = {
    "RS256": rsa.generate_private_key(public_exponent=65537, key_size=2048),
    "ES256": ec.generate_private_key(ec.SECP256R1()),
    "EdDSA": ed25519.Ed25519PrivateKey.generate(),
    "HS256": "another secret of thirty-two bytes",
}


def pem(private):
    return private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode()


def claims(**others):
    usual = {
        "sub": "ana",
        "iat": NOW,
        "nbf": NOW,
        "exp": NOW + 60,
        "iss": ISSUER,
        "aud": AUDIENCE,
        "azp": PARTY,
    }
    return {name: value for name, value in {**usual, **others}.items() if value is not None}


def by_hand(header, payload, secret):
    """A token that the library refuses to make."""

    def encoded(data):
        return base64.urlsafe_b64encode(data).rstrip(b"=")

    signed = b".".join(encoded(json.dumps(part).encode()) for part in (header, payload))
    return (signed + b"." + encoded(hmac.digest(secret, signed, hashlib.sha256))).decode()


tokens = []


def add(key, what, token, outcome):
    tokens.append({"key": key, "what": what, "token": token, "outcome": outcome})


for algorithm, key in PRIVATE.items():

    def signed(payload, headers=None, key=key, algorithm=algorithm):
        return jwt.encode(payload, key, algorithm=algorithm, headers=headers)

    add(algorithm, "good", signed(claims()), "accepted")
    add(algorithm, "several audiences", signed(claims(aud=["rings", AUDIENCE])), "accepted")
    add(algorithm, "a kid", signed(claims(), {"kid": "k-1"}), "accepted")
    expired = "the token has expired"
    add(algorithm, "expired", signed(claims(exp=NOW - 6)), expired)
    add(algorithm, "not valid yet", signed(claims(nbf=NOW + 6)), "the token is not valid yet")
    add(algorithm, "no exp", signed(claims(exp=None)), "the token has no exp")
    add(algorithm, "no sub", signed(claims(sub=None)), "the token has no sub")
    for name, key in (("iss", "issuer"), ("aud", "audience"), ("azp", "authorized-parties")):
        refused = f"the token's {name} is missing or not accepted here; see auth.jwt.{key}"
        add(algorithm, f"another {name}", signed(claims(**{name: "https://evil.example"})), refused)
        add(algorithm, f"no {name}", signed(claims(**{name: None})), refused)
    for name, value in (("jwk", {"kty": "oct"}), ("jku", "https://evil.example"),
                        ("x5u", "https://evil.example"), ("crit", ["exp"])):
        refused = f"the token's header has {name}, which is not accepted here"
        add(algorithm, f"{name} in the header", signed(claims(), {name: value}), refused)
    forged = jwt.encode(claims(), OTHER[algorithm], algorithm=algorithm)
    add(algorithm, "another key", forged, "the token's signature does not fit the key")
    unsigned = jwt.encode(claims(), None, algorithm="none")
    form = "the token is not a signed JSON Web Token in compact form"
    add(algorithm, "none", unsigned, form)

not_rs256 = "the token is malformed, or not signed by RS256"
for algorithm in ("RS512", "PS256"):
    token = jwt.encode(claims(), PRIVATE["RS256"], algorithm=algorithm)
    add("RS256", algorithm, token, not_rs256)
for algorithm in ("RS256", "ES256", "EdDSA"):
    public = pem(PRIVATE[algorithm]).encode()
    token = by_hand({"alg": "HS256", "typ": "JWT"}, claims(), public)
    refused = f"the token is malformed, or not signed by {algorithm}"
    add(algorithm, "the public key as a secret", token, refused)

document = {
    "made_by": f"PyJWT {jwt.__version__}",
    "secret": SECRET,
    "public_keys": {name: pem(key) for name, key in PRIVATE.items() if name != "HS256"},
    "tokens": tokens,
}
print(json.dumps(document, indent=1))
