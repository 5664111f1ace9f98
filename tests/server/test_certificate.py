import ssl
import stat

from cryptography import x509

from meetagain.server.certificate import household_certificate


def test_a_certificate_for_the_household_that_ssl_accepts(tmp_path):
    made = household_certificate(tmp_path, ("192.168.1.20",))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made.chain, made.key)
    leaf = x509.load_pem_x509_certificates(made.chain.read_bytes())[0]
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert "192.168.1.20" in [str(address) for address in names.get_values_for_type(x509.IPAddress)]
    authority = x509.load_pem_x509_certificate(made.authority.read_bytes())
    leaf.verify_directly_issued_by(authority)


def test_the_authority_stays_the_same_so_that_a_headset_trusts_it_once(tmp_path):
    first = household_certificate(tmp_path, ("192.168.1.20",)).authority.read_bytes()
    assert household_certificate(tmp_path, ("192.168.1.77",)).authority.read_bytes() == first


def test_keys_are_for_the_owner_only(tmp_path):
    made = household_certificate(tmp_path, ())
    assert stat.S_IMODE(made.key.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "household-authority.key").stat().st_mode) == 0o600
