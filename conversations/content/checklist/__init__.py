"""The checklist of life domains as data: domains, questions, routes, proposals and signals."""
