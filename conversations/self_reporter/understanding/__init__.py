"""Understanding: what is typed instead of tapped, what cannot wait, and what nobody understands."""
