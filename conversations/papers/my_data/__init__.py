"""My data: all that is kept about somebody, for them to read (GDPR, article 15). `columns`: what is left out, why."""
