/** TAPPS keeps a copy of each state. */
const tappsState = String.raw`{
  "workflow_id": "full-sdlc-20250106-091500",
  "started_at": "2025-01-06T09:15:00.123456",
  "current_step": "design",
  "completed_steps": [
    "requirements",
    "planning"
  ],
  "skipped_steps": [
    "optional-docs"
  ],
  "artifacts": {
    "requirements.md": {
      "name": "requirements.md",
      "path": "docs/requirements.md",
      "status": "complete",
      "created_by": "requirements",
      "created_at": "2025-01-06T09:16:02",
      "metadata": {
        "type": "file"
      }
    },
    "src/": {
      "name": "src/",
      "path": "src/",
      "status": "pending",
      "created_by": null,
      "created_at": null,
      "metadata": {}
    }
  },
  "variables": {
    "user_prompt": "Build a na\u00efve cart",
    "_workflow_path": "workflows/full-sdlc.yaml",
    "score": 7.0,
    "nested": {
      "b": 2,
      "a": [
        1,
        2.5,
        null,
        true
      ]
    }
  },
  "status": "running",
  "error": null,
  "_checksum": "9a4bc47129e720f8b799c1c19208904811ddeeb1fb3eae918634b6ba5bdd0bee"
}`

/** A small state of each other engine, as its own code wrote it, and one document that no engine is known for. */
export const foreignSampleFiles: Readonly<Record<string, string>> = {
  'awf/states/0b7e1c52-6a1d-4c0e-9f2b-3d5a8e7c9a10.json': String.raw`{
  "WorkflowID": "0b7e1c52-6a1d-4c0e-9f2b-3d5a8e7c9a10",
  "WorkflowName": "deploy",
  "ParentRunID": "",
  "Status": "failed",
  "CurrentStep": "error",
  "ExitCode": 0,
  "Inputs": {
    "api_token": "sk-secret-123",
    "env": "staging",
    "replicas": 9007199254740993
  },
  "States": {
    "build": {
      "Name": "build",
      "Status": "completed",
      "Output": "building\n",
      "Stderr": "",
      "ExitCode": 0,
      "Attempt": 1,
      "Error": "",
      "StartedAt": "2025-01-06T08:36:48.036329267Z",
      "CompletedAt": "2025-01-06T08:36:48.040450878Z",
      "Response": null,
      "JSON": null,
      "Conversation": null,
      "TokensUsed": 0,
      "TokensInput": 0,
      "TokensOutput": 0,
      "TokensEstimated": false,
      "OutputPath": "",
      "StderrPath": "",
      "Truncated": false,
      "Data": null
    },
    "test": {
      "Name": "test",
      "Status": "failed",
      "Output": "",
      "Stderr": "3 tests failed\n",
      "ExitCode": 2,
      "Attempt": 1,
      "Error": "3 tests failed\n",
      "StartedAt": "2025-01-06T08:36:48.041412512Z",
      "CompletedAt": "2025-01-06T08:36:48.043383192Z",
      "Response": null,
      "JSON": null,
      "Conversation": null,
      "TokensUsed": 0,
      "TokensInput": 0,
      "TokensOutput": 0,
      "TokensEstimated": false,
      "OutputPath": "",
      "StderrPath": "",
      "Truncated": false,
      "Data": null
    }
  },
  "Env": {},
  "StartedAt": "2025-01-06T08:36:48.036301233Z",
  "UpdatedAt": "2025-01-06T08:36:48.044106089Z",
  "CompletedAt": "2025-01-06T08:36:48.044105965Z",
  "CurrentLoop": null,
  "CallStack": null
}`,
  'awf/workflows/deploy.yaml': `name: deploy
version: "1.0.0"
inputs:
  - name: env
    type: string
    default: staging
  - name: api_token
    type: string
    default: ""
  - name: replicas
    type: integer
    default: 3
states:
  initial: build
  build:
    type: step
    command: echo building
    on_success: test
    on_failure: error
  test:
    type: step
    command: test -f seed.txt && echo tests-ok || (echo "3 tests failed" >&2; exit 2)
    on_success: release
    on_failure: error
  release:
    type: step
    command: echo released {{.inputs.env}}
    on_success: done
  done:
    type: terminal
    status: success
  error:
    type: terminal
    status: failure
    message: deploy failed
`,
  '.tapps-agents/workflow-state/full-sdlc-20250106-091500-20250106-103138.json': tappsState,
  '.tapps-agents/workflow-state/history/full-sdlc-20250106-091500-20250106-103138.json': tappsState,
  '.tapps-agents/workflow-state/full-sdlc-20250106-091500.meta.json': `{
  "version": "2.0",
  "saved_at": "2025-01-06T10:31:38.215574",
  "checksum": "9a4bc47129e720f8b799c1c19208904811ddeeb1fb3eae918634b6ba5bdd0bee",
  "workflow_id": "full-sdlc-20250106-091500",
  "state_file": "full-sdlc-20250106-091500-20250106-103138.json",
  "workflow_path": "workflows/full-sdlc.yaml",
  "compression": false,
  "current_step": "design",
  "completed_steps_count": 2,
  "progress_percentage": 0.0,
  "trigger_step_id": null
}`,
  '.tapps-agents/workflow-state/last.json': `{
  "workflow_id": "full-sdlc-20250106-091500",
  "state_file": "/srv/shop/.tapps-agents/workflow-state/full-sdlc-20250106-091500-20250106-103138.json",
  "metadata_file": "/srv/shop/.tapps-agents/workflow-state/full-sdlc-20250106-091500.meta.json",
  "saved_at": "2025-01-06T10:31:38.222348",
  "version": "2.0",
  "workflow_path": "workflows/full-sdlc.yaml"
}`,
  'marsys/sessions/session_failed_789.json': String.raw`{
  "session_id": "failed_789",
  "timestamp": 1736150407.5364025,
  "branches": {
    "branch_f": {
      "id": "branch_f",
      "name": "Branch Coder",
      "type": "simple",
      "topology": {
        "agents": [
          "Coder",
          "Summarizer"
        ],
        "entry_agent": "Coder",
        "current_agent": "Coder",
        "allowed_transitions": {
          "Coder": [
            "Summarizer"
          ]
        },
        "conversation_pattern": null,
        "max_iterations": null,
        "conversation_turns": 0
      },
      "state": {
        "status": "failed",
        "current_step": 1,
        "total_steps": 1,
        "conversation_turns": 0,
        "start_time": 1736150300.0,
        "end_time": 1736150309.25,
        "error": "ModelAPIError: 429",
        "completed_agents": []
      },
      "parent_branch": null,
      "metadata": {
        "initial_task": "Analyze dataset",
        "note": "na\u00efve caf\u00e9"
      }
    }
  },
  "active_branches": [],
  "completed_branches": [
    "branch_f"
  ],
  "waiting_branches": {},
  "branch_results": {
    "branch_f": {
      "branch_id": "branch_f",
      "success": false,
      "final_response": null,
      "total_steps": 1,
      "execution_trace": [
        {
          "agent_name": "Coder",
          "success": false,
          "action_type": null,
          "error": "ModelAPIError: 429"
        }
      ],
      "branch_memory": {},
      "metadata": {},
      "error": "ModelAPIError: 429"
    }
  },
  "parent_child_map": {},
  "child_parent_map": {},
  "metadata": {
    "total_steps": 1,
    "status": "running"
  },
  "checksum": "1b2380b8ba85d3fc5f3f2d922f76bca6ceb9ecdf98ec39534007742d29d14cc1"
}`,
  'multyagents/api-state.json': `{"approvals": {"1": {"comment": null, "decided_by": null, "id": 1, "status": "pending", "task_id": 3}}, "artifacts": [], "audits": {}, "events": [{"contract_version": "v1", "created_at": "2025-01-06T08:27:42.230706+00:00", "event_type": "task.created", "id": 1, "payload": {"execution_mode": "no-workspace", "requires_approval": false, "role_id": 1}, "producer_role": "system", "run_id": null, "task_id": 1}, {"contract_version": "v1", "created_at": "2025-01-06T08:27:42.233888+00:00", "event_type": "task.created", "id": 2, "payload": {"execution_mode": "shared-workspace", "requires_approval": false, "role_id": 2}, "producer_role": "system", "run_id": null, "task_id": 2}, {"contract_version": "v1", "created_at": "2025-01-06T08:27:42.234403+00:00", "event_type": "approval.pending", "id": 3, "payload": {"approval_id": 1}, "producer_role": "system", "run_id": null, "task_id": 3}, {"contract_version": "v1", "created_at": "2025-01-06T08:27:42.234420+00:00", "event_type": "task.created", "id": 4, "payload": {"execution_mode": "no-workspace", "requires_approval": true, "role_id": 1}, "producer_role": "system", "run_id": null, "task_id": 3}, {"contract_version": "v1", "created_at": "2025-01-06T08:27:42.234850+00:00", "event_type": "workflow_run.created", "id": 5, "payload": {"initiated_by": "alice", "task_ids": [1, 2, 3], "workflow_template_id": 1}, "producer_role": "system", "run_id": 1, "task_id": null}], "handoffs": {}, "isolated_branch_locks": {}, "isolated_sessions": {}, "isolated_worktree_locks": {}, "path_locks": {}, "projects": {"1": {"allowed_paths": ["/srv/demo-shop/src", "/srv/demo-shop/docs"], "id": 1, "name": "demo-shop", "root_path": "/srv/demo-shop"}}, "roles": {"1": {"allowed_tools": ["read"], "context7_enabled": true, "execution_constraints": {"max_steps": 5}, "id": 1, "name": "planner", "skill_packs": ["core"], "system_prompt": "Plan the work."}, "2": {"allowed_tools": ["read", "write"], "context7_enabled": false, "execution_constraints": {}, "id": 2, "name": "coder", "skill_packs": [], "system_prompt": "Write code."}}, "sequences": {"approval_seq": 2, "artifact_seq": 1, "event_seq": 6, "project_seq": 2, "role_seq": 3, "skill_pack_seq": 2, "task_seq": 4, "workflow_run_seq": 2, "workflow_template_seq": 2}, "skill_packs": {"1": {"id": 1, "name": "core", "skills": ["skills/task-governance"]}}, "task_approval": {"3": 1}, "task_latest_run": {"1": 1, "2": 1, "3": 1}, "task_locks": {}, "tasks": {"1": {"context7_mode": "inherit", "execution_mode": "no-workspace", "exit_code": null, "finished_at": null, "id": 1, "lock_paths": [], "project_id": null, "quality_gate_policy": {"required_checks": [{"check": "task-status", "config": {}, "description": null, "required": true, "severity": "blocker"}]}, "requires_approval": false, "role_id": 1, "runner_message": null, "sandbox": null, "started_at": null, "status": "created", "stderr": null, "stdout": null, "title": "Plan feature"}, "2": {"context7_mode": "inherit", "execution_mode": "shared-workspace", "exit_code": null, "finished_at": null, "id": 2, "lock_paths": ["/srv/demo-shop/src"], "project_id": 1, "quality_gate_policy": {"required_checks": [{"check": "task-status", "config": {}, "description": null, "required": true, "severity": "blocker"}]}, "requires_approval": false, "role_id": 2, "runner_message": null, "sandbox": null, "started_at": null, "status": "created", "stderr": null, "stdout": null, "title": "Implement feature"}, "3": {"context7_mode": "inherit", "execution_mode": "no-workspace", "exit_code": null, "finished_at": null, "id": 3, "lock_paths": [], "project_id": null, "quality_gate_policy": {"required_checks": [{"check": "task-status", "config": {}, "description": null, "required": true, "severity": "blocker"}]}, "requires_approval": true, "role_id": 1, "runner_message": null, "sandbox": null, "started_at": null, "status": "created", "stderr": null, "stdout": null, "title": "Review change"}}, "workflow_runs": {"1": {"created_at": "2025-01-06T08:27:42.234832+00:00", "id": 1, "initiated_by": "alice", "status": "created", "step_artifact_requirements": {"1": [], "2": [{"artifact_type": "report", "from_task_ids": [1], "label": null}], "3": []}, "step_dependencies": {"1": [], "2": [1], "3": [2]}, "task_ids": [1, 2, 3], "updated_at": "2025-01-06T08:27:42.234832+00:00", "workflow_template_id": 1}}, "workflow_templates": {"1": {"id": 1, "name": "Feature delivery", "project_id": 1, "steps": [{"depends_on": [], "quality_gate_policy": {"required_checks": [{"check": "task-status", "config": {}, "description": null, "required": true, "severity": "blocker"}]}, "required_artifacts": [], "role_id": 1, "step_id": "plan", "title": "Plan feature"}, {"depends_on": ["plan"], "quality_gate_policy": {"required_checks": [{"check": "task-status", "config": {}, "description": null, "required": true, "severity": "blocker"}]}, "required_artifacts": [{"artifact_type": "report", "from_step_id": "plan", "label": null}], "role_id": 2, "step_id": "code", "title": "Implement feature"}, {"depends_on": ["code"], "quality_gate_policy": {"required_checks": [{"check": "task-status", "config": {}, "description": null, "required": true, "severity": "blocker"}]}, "required_artifacts": [], "role_id": 1, "step_id": "review", "title": "Review change"}]}}}`,
  'task-runner/snapshot.json': `{
  "cleanup-tmp": {
    "status": "skipped",
    "message": "Skipped by condition evaluation."
  },
  "fetch-data": {
    "status": "success",
    "message": "fetch-data ok",
    "data": {
      "rows": 42
    },
    "metrics": {
      "startTime": 136.435814,
      "endTime": 150.979901,
      "duration": 14.544087000000019
    }
  },
  "notify-slack": {
    "status": "failure",
    "error": "429",
    "metrics": {
      "startTime": 151.321912,
      "endTime": 151.440096,
      "duration": 0.11818400000001361
    }
  },
  "train-model": {
    "status": "failure",
    "error": "CUDA OOM",
    "metrics": {
      "startTime": 151.108873,
      "endTime": 155.708554,
      "duration": 4.599681000000004
    }
  },
  "evaluate": {
    "status": "skipped",
    "message": "Skipped because dependency 'train-model' failed: CUDA OOM"
  },
  "send-email": {
    "status": "skipped",
    "message": "Skipped because dependency 'evaluate' failed"
  },
  "charge-card": {
    "status": "success",
    "message": "charge-card ok",
    "data": {
      "chargeId": "ch_1"
    },
    "metrics": {
      "startTime": 151.075294,
      "endTime": 165.952504,
      "duration": 14.877209999999991
    }
  },
  "after-notify": {
    "status": "success",
    "message": "after-notify ok",
    "metrics": {
      "startTime": 151.500563,
      "endTime": 167.081956,
      "duration": 15.581392999999991
    }
  }
}
`,
  'other/warehouse-sync.json': `{
  "job": "warehouse-sync",
  "state": "FAILED",
  "began": "2025-01-06T02:00:00Z",
  "ended": "2025-01-06T02:14:09Z",
  "stages": [
    {
      "name": "copy",
      "state": "DONE",
      "rows": 48211
    },
    {
      "name": "verify",
      "state": "FAILED",
      "message": "checksum of table refunds differs"
    },
    {
      "name": "publish",
      "state": "WAITING"
    }
  ]
}
`,
}
