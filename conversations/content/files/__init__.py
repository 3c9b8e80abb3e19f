"""Files of content: how one is found, read, checked and complained about."""
