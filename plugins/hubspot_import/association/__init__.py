"""Planned links become pairs of HubSpot ids and their outcomes."""
