"""The checklist of life domains: data, and pure rules over it."""
