"""Made-up people for the demo: self-reporters, workers with their cases, a coordinator, and a year of a region."""
