"""All that is kept about somebody, for them to read (GDPR, article 15). `columns` says what is left out, and why."""
