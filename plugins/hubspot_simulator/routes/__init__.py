"""The endpoints, by area of the API."""

from __future__ import annotations
