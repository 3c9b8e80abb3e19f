"""The program killed at any instruction: nothing that was confirmed is lost, and nothing happens twice."""
