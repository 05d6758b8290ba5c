import json
import os
from urllib.request import Request, urlopen

server = os.environ.get("TASKS_SERVER", "http://localhost:5080")
token = os.environ["TASKS_ACCESS_TOKEN"]
request = Request(f"{server}/api/tasks", headers={"Authorization": f"Bearer {token}"})
for task in json.load(urlopen(request))["results"]:
    print(task["id"], task["name"])
