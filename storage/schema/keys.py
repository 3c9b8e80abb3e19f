"""Keys: the one of each subject, wrapped."""

from __future__ import annotations

from sqlalchemy import LargeBinary, String, Table

from storage.schema.columns import metadata, pseudonymous, public

# A subject is a case, a member of staff, or one of the installation's own keys; its key lies here, wrapped.
subject_keys = Table(
    "subject_key",
    metadata,
    pseudonymous("subject", String(32), primary_key=True),
    public("master", String(32)),
    public("wrapped", LargeBinary),
)
