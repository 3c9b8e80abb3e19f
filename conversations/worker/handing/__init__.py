"""Between colleagues: a case goes over, a question, a bottleneck, what a meeting decided."""
