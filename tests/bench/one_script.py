"""The peer of `make bench`: contacts.csv into HubSpot with HubSpot's own client, one batch after another.

What a careful script looks like that checks, links, retries and reports nothing. Prints what it took as JSON.
"""

from __future__ import annotations

import csv
import json
import resource
import sys
import time
from itertools import islice
from pathlib import Path

from hubspot import HubSpot
from hubspot.crm.contacts import BatchInputSimplePublicObjectBatchInputUpsert, SimplePublicObjectBatchInputUpsert


def main(url: str, token: str, source: str) -> None:
    """Upsert every row of contacts.csv by e-mail."""
    client = HubSpot(access_token=token, host=url)
    started = time.perf_counter()
    with (Path(source) / "contacts.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        while rows := list(islice(reader, 100)):
            inputs = [
                SimplePublicObjectBatchInputUpsert(id=row["email"], id_property="email", properties=row) for row in rows
            ]
            client.crm.contacts.batch_api.upsert(BatchInputSimplePublicObjectBatchInputUpsert(inputs=inputs))
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "peak_bytes": peak}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
