"""What is done for somebody: actions, measures, risks, efforts and decisions."""
