"""The core: files in, HubSpot records and a report out. Pure Python; never imports Airflow. Start at pipeline.py."""
