"""Reads MARSYS documents from the facts alone: Python's own json and hashlib. Prints what it read, or exits with 1."""
import hashlib
import json
import sys

TOP = {
    "framework_version", "session_id", "workflow_id", "topology_digest", "created_at", "paused_at", "branches", "barriers",
    "convergence_barriers", "runnable", "fire_queue", "root_barrier_id", "workflow_error", "completed_emitted",
    "user_interactions", "user_interaction_inflight", "max_steps",
}
BRANCH = {
    "id", "current_agent", "status", "delivery_target", "input", "memory", "waiting_on", "candidate_of", "parent_spawn",
    "step_count", "created_at", "last_invoked_agent", "consecutive_content_only", "last_step_span_id",
}


def session(state):
    covered = {
        "session_id": state["session_id"],
        "timestamp": state["timestamp"],
        "branches": sorted(state["branches"].items()),
        "active_branches": sorted(state["active_branches"]),
        "completed_branches": sorted(state["completed_branches"]),
    }
    text = json.dumps(covered, sort_keys=True, default=str)
    computed = hashlib.sha256(text.encode()).hexdigest()
    if state.get("checksum") and state["checksum"] != computed:
        raise ValueError("the checksum does not fit")
    return json.dumps(state, indent=2, default=str)


def snapshot(state):
    if set(state) != TOP:
        raise ValueError(f"fields: {sorted(set(state) ^ TOP)}")
    for branch in state["branches"].values():
        if set(branch) != BRANCH:
            raise ValueError(f"fields of a branch: {sorted(set(branch) ^ BRANCH)}")
    return json.dumps(state, indent=2, ensure_ascii=False)


documents = json.load(sys.stdin)
results = []
for text in documents:
    state = json.loads(text)
    written = snapshot(state) if "framework_version" in state else session(state)
    results.append(written == text)
print(json.dumps(results))
