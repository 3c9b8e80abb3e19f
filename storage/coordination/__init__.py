"""Coordination: what coordinators keep beside cases: bottlenecks, questions of colleagues, meetings."""
