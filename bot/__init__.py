"""The running program: Telegram in, Telegram out, the clockwork and the command line."""
