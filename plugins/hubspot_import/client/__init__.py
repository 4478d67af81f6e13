"""HubSpot over HTTP: batching, retries, pacing, and every input accounted for."""
