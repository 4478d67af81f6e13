"""The plan becomes outcomes, one object type a call."""
