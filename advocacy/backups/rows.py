"""How many rows a database holds, asked in the transaction under way."""

import sqlalchemy as sa


def count(connection: sa.Connection) -> dict[str, int]:
    """Rows by table, for every table there is, known to this program or not."""
    names = sorted(sa.inspect(connection).get_table_names())
    return {name: connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) or 0 for name in names}
