"""The signing key on its way into a backup and out of it, when it is a file that the program keeps."""

from pathlib import Path

from advocacy.backups import archive
from advocacy.backups.manifest import BackupError, Manifest
from advocacy.backups.workshop import give_name, workshop
from advocacy.settings import Settings


def kept(settings: Settings) -> Path | None:
    """The file, when the key in force was made by the program; None when an operator set it."""
    file = settings.data_dir / archive.KEY
    return file if settings.origins.get("ADVOCACY_SECRET_KEY") == f"file {file}" else None


def put_back(file: Path, manifest: Manifest, settings: Settings) -> str:
    """Write the key of a backup where the program keeps it; what became of it, in words. One that is there stays."""
    if not manifest.has_key:
        return "the backup holds none"
    if settings.secret_key:
        return "the one that is set stays"
    final = settings.data_dir / archive.KEY
    final.parent.mkdir(parents=True, exist_ok=True)
    with workshop(final) as folder:
        draft = folder / archive.KEY
        draft.touch(0o600)
        draft.write_bytes(archive.read_key(file))
        try:
            give_name(draft, final)
        except BackupError:
            return f"the one in {final} stays"
    return f"put back into {final}"
