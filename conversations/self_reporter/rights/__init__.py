"""Rights: what is kept, who looked, stopping and erasing."""
