"""Letters, as data: when one is due, and what its back says in other languages."""
