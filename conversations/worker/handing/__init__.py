"""Handing between colleagues: a case, a question, a bottleneck, what a meeting decided."""
