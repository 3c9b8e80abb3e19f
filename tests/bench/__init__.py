"""How fast Voorzorg is, beside python-telegram-bot's own echo example: `make bench` prints it. Never a timed test."""
