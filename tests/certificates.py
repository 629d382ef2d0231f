"""Certificates made on the fly: a right one, and each of the wrong ones that a site may show."""

import ssl
import warnings
from datetime import UTC, datetime, timedelta
from functools import cache

import trustme

HOST = "127.0.0.1"
NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@cache
def authority() -> trustme.CA:
    """The one that our clients know."""
    return trustme.CA()


@cache
def known() -> str:
    """The authority's certificate, as a client is given it."""
    return authority().cert_pem.bytes().decode()


def right() -> ssl.SSLContext:
    return _shown(authority().issue_cert(HOST))


def expired() -> ssl.SSLContext:
    return _shown(authority().issue_cert(HOST, not_before=NOW - 2 * DAY, not_after=NOW - DAY))


def from_tomorrow() -> ssl.SSLContext:
    return _shown(authority().issue_cert(HOST, not_before=NOW + DAY, not_after=NOW + 2 * DAY))


def for_another_name() -> ssl.SSLContext:
    return _shown(authority().issue_cert("other.example"))


def by_an_unknown_authority() -> ssl.SSLContext:
    return _shown(trustme.CA().issue_cert(HOST))


def without_the_one_between() -> ssl.SSLContext:
    return _shown(authority().create_child_ca().issue_cert(HOST), whole=False)


def signed_by_itself() -> ssl.SSLContext:
    alone = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with alone.private_key_pem.tempfile() as key, alone.cert_pem.tempfile() as chain:
        context.load_cert_chain(chain, key)
    return context


def over_old_tls() -> ssl.SSLContext:
    context = right()
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    return context


def _shown(leaf: trustme.LeafCert, whole: bool = True) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if whole:
        leaf.configure_cert(context)
        return context
    with leaf.private_key_pem.tempfile() as key, leaf.cert_chain_pems[0].tempfile() as chain:
        context.load_cert_chain(chain, key)
    return context
