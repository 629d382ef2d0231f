"""What went wrong on the way, in words that somebody understands who has a blog and no protocol analyser."""

import http.client
import ssl

_CERTIFICATES = {
    9: "shows a certificate that is not valid yet; is a clock wrong?",
    10: "shows a certificate that has expired; who runs the site has to renew it",
    18: "shows a certificate that it signed itself, so nobody can tell whether it is the real one",
    19: "shows a certificate from an authority that nobody here knows",
    20: "shows a certificate from an authority that nobody here knows, or leaves out the certificates in between",
    21: "shows a certificate from an authority that nobody here knows, or leaves out the certificates in between",
    23: "shows a certificate that was taken back",
    62: "shows a certificate that is for another name",
    64: "shows a certificate that is for another name",
}
"""By the number of OpenSSL's verification result (X509_V_ERR_…)."""

_HANDSHAKES = {
    "WRONG_VERSION_NUMBER": "does not speak TLS there; an address that begins with http:// may work",
    "HTTP_REQUEST": "does not speak TLS there; an address that begins with http:// may work",
    "RECORD_LAYER_FAILURE": "does not speak TLS there; an address that begins with http:// may work",
    "UNSUPPORTED_PROTOCOL": "speaks only an old version of TLS, which is no longer safe",
    "TLSV1_ALERT_PROTOCOL_VERSION": "speaks only an old version of TLS, which is no longer safe",
    "DH_KEY_TOO_SMALL": "secures its connections with keys that are too weak",
    "EE_KEY_TOO_SMALL": "secures its connections with keys that are too weak",
    "SSLV3_ALERT_HANDSHAKE_FAILURE": "offers no way to secure the connection that we accept",
    "TLSV1_UNRECOGNIZED_NAME": "says that it has no certificate for this name",
    "UNEXPECTED_EOF_WHILE_READING": "broke the connection off",
}
"""By OpenSSL's reason; those of Python 3.11's OpenSSL 1.1 and of 3.x."""


def in_words(error: Exception) -> str:
    """Say what happened, as it goes on after the host's name."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _CERTIFICATES.get(error.verify_code, f"shows a wrong certificate: {error.verify_message}")
    if isinstance(error, ssl.SSLError):
        return _HANDSHAKES.get(error.reason or "", f"and we found no secure connection ({error.reason or error})")
    if isinstance(error, ConnectionRefusedError):
        return "refuses connections"
    if isinstance(error, ConnectionError):
        return "broke the connection off"
    if isinstance(error, http.client.HTTPException | ValueError):
        return f"does not speak HTTP as it should ({type(error).__name__}: {str(error)[:80]})"
    return f"cannot be reached ({error})"
