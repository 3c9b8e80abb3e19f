"""Imports: what an overview that was read brings to cases: weighed in memory, then written, all or nothing."""
