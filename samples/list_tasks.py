import json
import os
import sys
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

server = os.environ.get("TASKS_SERVER", "http://localhost:5080")
token = os.environ.get("TASKS_ACCESS_TOKEN") or sys.exit("Set TASKS_ACCESS_TOKEN to a token.")
request = Request(f"{server}/api/tasks", headers={"Authorization": f"Bearer {token}"})
try:
    tasks = json.load(urlopen(request))["results"]
except HTTPError as error:
    sys.exit(f"{server} answered {error.code} {error.reason}. Is the token still good?")
except URLError as error:
    sys.exit(f"{server} does not answer: {error.reason}")
for task in tasks:
    print(task["id"], task["name"])
