"""The key that signs, made once beside a local database so that a first start needs no set-up."""

import os
import secrets
from pathlib import Path


def kept_key(file: Path) -> str:
    """Return the key in the file, made there once: of two processes that start together, one wins."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        try:
            with draft.open("w", encoding="ascii") as text:
                text.write(secrets.token_hex(32))
                text.flush()
                os.fsync(text.fileno())  # a power cut must not leave the name without the key
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text("utf-8").strip()
