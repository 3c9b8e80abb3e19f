"""What coordinators keep beside cases: bottlenecks, questions of colleagues, meetings."""
