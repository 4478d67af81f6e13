"""Source files become rows."""
