"""A HubSpot account in one process. Imports nothing of the importer: a misreading must not cancel out."""
