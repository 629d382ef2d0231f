"""The console script `advocacy`: what an operator, a cron job or a developer asks for by a command."""
