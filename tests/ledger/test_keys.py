"""The key that signs: a file of its owner's only."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from licet.facts.errors import LicetError
from licet.ledger.keys import make_key, read_key, signed


def test_a_key_signs_and_is_read_again(tmp_path: Path) -> None:
    made = make_key(tmp_path / "own" / "key.pem")
    assert (tmp_path / "own" / "key.pem").stat().st_mode & 0o777 == 0o600
    assert read_key(tmp_path / "own" / "key.pem").public == made.public
    signature = made.sign(b"data")
    assert signed(made.public, signature, b"data")
    assert not signed(made.public, signature, b"Data")
    assert not signed("00" * 32, signature, b"data")
    assert not signed("short", signature, b"data")


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    made = make_key(tmp_path / "key.pem")
    with pytest.raises(LicetError, match="E_LEDGER_KEY: there is a key already"):
        make_key(tmp_path / "key.pem")
    assert read_key(tmp_path / "key.pem").public == made.public


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    make_key(tmp_path / "key.pem")
    (tmp_path / "key.pem").chmod(0o640)
    with pytest.raises(LicetError, match="others can read"):
        read_key(tmp_path / "key.pem")


@pytest.mark.parametrize("data", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_what_is_no_key_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "key.pem").write_bytes(data)
    (tmp_path / "key.pem").chmod(0o600)
    with pytest.raises(LicetError, match="this is no key"):
        read_key(tmp_path / "key.pem")
    with pytest.raises(LicetError, match="cannot be read"):
        read_key(tmp_path / "none.pem")


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    text = X25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "key.pem").write_bytes(text)
    (tmp_path / "key.pem").chmod(0o600)
    with pytest.raises(LicetError, match="no Ed25519 key"):
        read_key(tmp_path / "key.pem")
