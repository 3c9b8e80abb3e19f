"""A Telegram of our own: a Bot API server and a page with phones, for the demo and the tests."""
