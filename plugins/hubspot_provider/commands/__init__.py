"""What the Makefile's verbs run: processes around Airflow, never inside it."""
