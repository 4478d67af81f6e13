"""Rows become valid rows or rejects."""
