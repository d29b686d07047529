"""The key that signs records (Ed25519): a file that only its owner can read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from licet.facts.errors import CaseError, LicetError, Place


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs with a private key; `public` is the public one, as 64 hexadecimal digits."""

    private: Ed25519PrivateKey
    public: str

    @classmethod
    def of(cls, private: Ed25519PrivateKey) -> Signer:
        """The signer of a private key."""
        return cls(private, private.public_key().public_bytes_raw().hex())

    def sign(self, data: bytes) -> str:
        """The signature of data, as 128 hexadecimal digits."""
        return self.private.sign(data).hex()


def make_key(path: Path) -> Signer:
    """A new key in a new file, which is never overwritten. Raises CaseError."""
    private = Ed25519PrivateKey.generate()
    text = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(text)
    except FileExistsError:
        raise _wrong(path, "there is a key already", "move it away if no ledger was signed with it") from None
    except OSError as bad:
        raise _wrong(path, f"the key cannot be written: {bad.strerror}") from None
    return Signer.of(private)


def read_key(path: Path) -> Signer:
    """The key in a file. Raises CaseError, also where others can read it."""
    try:
        with path.open("rb") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & 0o077:
                raise _wrong(path, "others can read the key that signs the ledger", f"chmod 600 {path}")
            private = serialization.load_pem_private_key(file.read(), None)
    except OSError as bad:
        text = f"the key that signs the ledger cannot be read: {bad.strerror}"
        raise _wrong(path, text, "put it back, or name it with LICET_LEDGER_KEY") from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise _wrong(path, "this is no key of a ledger") from None
    if not isinstance(private, Ed25519PrivateKey):
        raise _wrong(path, "this is no Ed25519 key")
    return Signer.of(private)


def signed(public: str, signature: str, data: bytes) -> bool:
    """Whether a signature of data was made with the private half of a public key."""
    try:
        _public(public).verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(16)
def _public(text: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(text))


def _wrong(path: Path, text: str, hint: str = "") -> LicetError:
    return CaseError.one("E_LEDGER_KEY", text, Place(str(path)), hint)
