"""Records meet the account: the plan (pre-flight)."""
