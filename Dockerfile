# Two images from one file: `--target airflow` (the product, the default) and `--target simulator` (the demo's account).

# The simulator: one process, its own few requirements, nothing of the importer.
FROM python:3.12-slim AS simulator
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /opt/simulator
COPY requirements-simulator.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements-simulator.txt \
    && useradd --system --uid 50001 simulator \
    && mkdir /var/lib/simulator \
    && chown 50001 /var/lib/simulator
COPY plugins/hubspot_simulator ./hubspot_simulator
USER 50001
VOLUME /var/lib/simulator
EXPOSE 8025
CMD ["python", "-m", "hubspot_simulator", "--host", "0.0.0.0", "--port", "8025", "--state", "/var/lib/simulator/account.json"]

# The product: Airflow with exactly the versions of the lock, and the importer as an installed distribution, because a
# connection type needs one. The simulator stays out.
FROM apache/airflow:3.3.2-python3.12 AS airflow
WORKDIR /opt/airflow
COPY --chown=airflow:root requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY --chown=airflow:root pyproject.toml README.md ./
COPY --chown=airflow:root plugins/.airflowignore plugins/hubspot_import_plugin.py ./plugins/
COPY --chown=airflow:root plugins/hubspot_import ./plugins/hubspot_import
COPY --chown=airflow:root plugins/hubspot_provider ./plugins/hubspot_provider
COPY --chown=airflow:root dags ./dags
COPY --chown=airflow:root include ./include
# Editable: one copy of the code, at the place where Airflow looks for the plugin file.
RUN pip install --no-cache-dir --no-deps --no-build-isolation --editable . \
    && mkdir -p auth runs
