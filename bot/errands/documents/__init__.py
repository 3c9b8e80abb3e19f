"""Documents: files for people, made when they are sent, in a process of their own."""
