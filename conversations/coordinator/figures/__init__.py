"""Figures on a coordinator’s phone: chosen, shown, taken along."""
