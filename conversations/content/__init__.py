"""Content: what is said about, as data; the models of its files, and what is checked between them."""
