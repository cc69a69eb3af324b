"""Recomputes the checksums of documents as their engines do, with Python's own json and hashlib: a row each, [stated, computed]."""
import hashlib
import json
import sys


def digest(value, **options):
    return hashlib.sha256(json.dumps(value, sort_keys=True, **options).encode()).hexdigest()


def tapps_state(state):
    lists = {key: sorted(state.get(key, [])) for key in ("completed_steps", "skipped_steps")}
    plain = {key: state.get(key) for key in ("workflow_id", "current_step", "status")}
    return state["_checksum"], digest({**plain, **lists, "variables": state.get("variables", {})})


def tapps_step(state):
    return state["checksum"], digest({key: value for key, value in state.items() if key != "checksum"}, default=str)


def tapps_task(state):
    keys = ("task_id", "agent_id", "command", "state", "progress", "checkpoint_time")
    context = json.dumps(state["context"], sort_keys=True)
    covered = {**{key: state[key] for key in keys}, "context": context, "artifacts": sorted(state["artifacts"])}
    return state["checksum"], digest(covered)


def marsys_session(state):
    covered = {
        "session_id": state["session_id"],
        "timestamp": state["timestamp"],
        "branches": sorted(state["branches"].items()),
        "active_branches": sorted(state["active_branches"]),
        "completed_branches": sorted(state["completed_branches"]),
    }
    return state["checksum"], digest(covered, default=str)


def of(state):
    if "_checksum" in state:
        return tapps_state(state)
    if not state.get("checksum"):
        return None
    if "step_output" in state:
        return tapps_step(state)
    if "agent_id" in state:
        return tapps_task(state)
    return marsys_session(state) if "branch_results" in state else None


print(json.dumps([of(json.loads(text)) for text in json.load(sys.stdin)]))
