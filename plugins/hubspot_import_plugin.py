"""The one file Airflow loads from ``plugins/``: the fence in ``.airflowignore`` keeps it from executing the packages.

It registers the plugin's name and nothing else. It imports only ``AirflowPlugin``, because every process of Airflow
executes it, task processes included.
"""

from __future__ import annotations

from airflow.plugins_manager import AirflowPlugin


class HubSpotImportPlugin(AirflowPlugin):
    """What Airflow lists under Admin > Plugins."""

    name = "hubspot_imports"
