# Reads the states of a workflow as TappsCodingAgents would, written from what is known of its files: its own json and hashlib.
# usage: loader.py WORKFLOW FOLDER... Prints one JSON object a folder: what was wrong, and the state.
import gzip
import hashlib
import json
import os
import sys


def load(path):
    if os.path.getsize(path) < 50 and not path.endswith(".gz"):
        raise ValueError("shorter than 50 bytes")
    opened = gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")
    with opened as file:
        return json.load(file)


def checksum(state):
    covered = {
        "workflow_id": state.get("workflow_id"),
        "current_step": state.get("current_step"),
        "completed_steps": sorted(state.get("completed_steps", [])),
        "skipped_steps": sorted(state.get("skipped_steps", [])),
        "status": state.get("status"),
        "variables": state.get("variables", {}),
    }
    return hashlib.sha256(json.dumps(covered, sort_keys=True).encode()).hexdigest()


def main(folder, workflow):
    problems = []
    meta = load(os.path.join(folder, workflow + ".meta.json"))
    state_path = os.path.join(folder, meta["state_file"])
    state = load(state_path)
    for field in ("workflow_id", "started_at", "status"):
        if field not in state:
            problems.append("no " + field)
    if state.get("status") not in ("running", "paused", "completed", "failed"):
        problems.append("status " + str(state.get("status")))
    stated = state.get("_checksum")
    if stated is not None and stated != checksum(state):
        problems.append("checksum of the state")
    if meta["checksum"] != (stated or ""):
        problems.append("checksum of the description")
    if meta["version"] != "2.0":
        problems.append("version " + meta["version"])
    if meta.get("current_step") != state.get("current_step"):
        problems.append("current step of the description")
    if meta.get("completed_steps_count") != len(state["completed_steps"]):
        problems.append("count of the description")
    if meta["compression"] != state_path.endswith(".gz"):
        problems.append("compression of the description")
    copy = os.path.join(folder, "history", meta["state_file"])
    if os.path.exists(copy) and load(copy) != state:
        problems.append("copy in history")
    last_path = os.path.join(folder, "last.json")
    if os.path.exists(last_path):
        last = load(last_path)
        if last["workflow_id"] == workflow:
            if os.path.basename(last["state_file"]) != meta["state_file"]:
                problems.append("pointer to " + last["state_file"])
    with (gzip.open(state_path, "rt", encoding="utf-8") if state_path.endswith(".gz") else open(state_path, encoding="utf-8")) as file:
        text = file.read()
    if text != json.dumps(json.loads(text), indent=2):
        problems.append("layout")
    print(json.dumps({"problems": problems, "state": state}))


for one in sys.argv[2:]:
    main(one, sys.argv[1])
