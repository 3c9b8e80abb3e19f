"""Figures: read within a scope, and made into a workbook, pictures and pages."""
