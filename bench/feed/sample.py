"""Reads a feed as guides show it: requests, json(), a cursor kept after each page. Nothing is checked."""
import json
import os
import resource
import sys
import time

import requests

base, state = sys.argv[1:3]
limit = 2000
began = time.monotonic()
url = base + "/v2/inthreat/collections/d6092c37-d8d7-45c3-8aff-c4dc26030608/objects"
cursor = None
objects = 0
while True:
    params = {"limit": limit}
    if cursor:
        params["cursor"] = cursor
    page = requests.get(url, params=params, headers={"Authorization": "Bearer bench-key"}).json()
    objects += len(page["items"])
    cursor = page["next_cursor"]
    with open(state + ".new", "w") as file:
        file.write(cursor)
        file.flush()
        os.fsync(file.fileno())
    os.replace(state + ".new", state)
    if len(page["items"]) < limit:
        break
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "objects": objects,
    "millis": (time.monotonic() - began) * 1000,
    "cpuMillis": (used.ru_utime + used.ru_stime) * 1000,
    "maxRss": used.ru_maxrss * 1024,
}))
