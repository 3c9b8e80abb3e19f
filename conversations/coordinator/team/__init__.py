"""The team: who works here, who comes, and who takes which case."""
