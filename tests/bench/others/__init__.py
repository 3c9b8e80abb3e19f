"""The bots that Voorzorg is compared with: what published examples do, in our own words, each a process of its own."""
