"""Host names and addresses come in, a household certificate authority and a certificate for them come out, made on this computer."""

import contextlib
import datetime as dt
import ipaddress
import os
import socket
from pathlib import Path

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

YEARS_AUTHORITY = 10
DAYS_CERTIFICATE = 397  # the longest that browsers accept


class Certificate(msgspec.Struct, frozen=True):
    """Files that the HTTPS server reads; `authority` is what a headset may be told to trust."""

    authority: Path
    chain: Path
    key: Path


def lan_addresses() -> tuple[str, ...]:
    """This computer's own addresses on the local network, the likeliest first. No packet is sent."""
    found: list[str] = []
    probe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with contextlib.closing(probe), contextlib.suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # TEST-NET: a datagram socket only picks a route here
        found.append(probe.getsockname()[0])
    with contextlib.suppress(OSError):
        found.extend(str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET))
    return tuple(dict.fromkeys(str(address) for address in found if not str(address).startswith("127.")))


def household_certificate(folder: Path, addresses: tuple[str, ...]) -> Certificate:
    """Make or reuse the household's authority, and make a certificate for these addresses. Keys are readable by the owner only."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    authority_file, authority_key_file = folder / "household-authority.pem", folder / "household-authority.key"
    if authority_file.exists() and authority_key_file.exists():
        authority = x509.load_pem_x509_certificate(authority_file.read_bytes())
        authority_key = serialization.load_pem_private_key(authority_key_file.read_bytes(), None)
        assert isinstance(authority_key, ec.EllipticCurvePrivateKey)
    else:
        authority, authority_key = _authority()
        authority_file.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
        _write_key(authority_key_file, authority_key)
    certificate, key = _certificate(authority, authority_key, addresses)
    chain_file, key_file = folder / "house.pem", folder / "house.key"
    chain_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + authority.public_bytes(serialization.Encoding.PEM))
    _write_key(key_file, key)
    return Certificate(authority=authority_file, chain=chain_file, key=key_file)


def _write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(pem)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _authority() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    now = dt.datetime.now(dt.UTC)
    name = _name("Meet Again household")
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=365 * YEARS_AUTHORITY))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(sign_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return builder.sign(key, hashes.SHA256()), key


def _certificate(
    authority: x509.Certificate, authority_key: ec.EllipticCurvePrivateKey, addresses: tuple[str, ...]
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    now = dt.datetime.now(dt.UTC)
    names: list[x509.GeneralName] = [x509.DNSName("localhost"), x509.DNSName("meetagain.local")]
    names += [x509.IPAddress(ipaddress.ip_address(address)) for address in ("127.0.0.1", *addresses)]
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name("Meet Again"))
        .issuer_name(authority.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=DAYS_CERTIFICATE))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(sign_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
    )
    return builder.sign(authority_key, hashes.SHA256()), key


def _usage(sign_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=sign_certificates,
        crl_sign=sign_certificates,
        encipher_only=False,
        decipher_only=False,
    )
