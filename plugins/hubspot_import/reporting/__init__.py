"""A run folder becomes its report."""
