"""Engines: two databases behind one protocol, and what goes over between them."""
