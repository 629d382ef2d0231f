"""The data that ships with the product: the starter ladder, its rulebook and its vocabulary."""

from importlib import resources


def text(name: str) -> str:
    """The shipped file of that name, such as `rulebook.toml`."""
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
