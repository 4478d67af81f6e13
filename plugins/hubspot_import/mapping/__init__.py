"""The YAML that says which column becomes which property."""
