"""Reads stores of multyagents from the facts alone, as its API does when it starts: all of a record's fields are known, next ids
are above all ids. Prints whether each is what the API would have written, or exits with 1."""
import json
import sys

RECORDS = {
    "projects": {"id", "name", "root_path", "allowed_paths"},
    "skill_packs": {"id", "name", "skills"},
    "roles": {"id", "name", "context7_enabled", "system_prompt", "allowed_tools", "skill_packs", "execution_constraints"},
    "tasks": {
        "id", "role_id", "title", "context7_mode", "execution_mode", "requires_approval", "project_id", "lock_paths", "sandbox",
        "quality_gate_policy", "status", "runner_message", "started_at", "finished_at", "exit_code", "stdout", "stderr",
    },
    "workflow_runs": {
        "id", "workflow_template_id", "task_ids", "status", "initiated_by", "created_at", "updated_at", "step_dependencies",
        "step_artifact_requirements",
    },
    "approvals": {"id", "task_id", "status", "decided_by", "comment"},
}
TASK = {"created", "dispatched", "queued", "running", "cancel-requested", "success", "failed", "canceled", "submit-failed"}
RUN = {"created", "running", "paused", "aborted", "success", "failed"}


def load(text):
    store = json.loads(text)
    for table, fields in RECORDS.items():
        for key, record in store.get(table, {}).items():
            if set(record) - fields:
                raise TypeError(f"{table}/{key}: unexpected keyword argument {sorted(set(record) - fields)}")
            if int(key) != record["id"]:
                raise ValueError(f"{table}/{key} is {record['id']}")
    for task in store["tasks"].values():
        if task["status"] not in TASK:
            raise ValueError(task["status"])
    for run in store["workflow_runs"].values():
        if run["status"] not in RUN:
            raise ValueError(run["status"])
        for task in run["task_ids"]:
            store["tasks"][str(task)]
    for table, sequence in (("tasks", "task_seq"), ("workflow_runs", "workflow_run_seq"), ("approvals", "approval_seq")):
        if max([0, *map(int, store.get(table, {}))]) >= store["sequences"].get(sequence, 1):
            raise ValueError(sequence)
    for path, task in store["path_locks"].items():
        if path not in store["task_locks"][str(task)]:
            raise ValueError(f"{path} is locked by {task}")
    return json.dumps(store, sort_keys=True)


print(json.dumps([load(text) == text for text in json.load(sys.stdin)]))
