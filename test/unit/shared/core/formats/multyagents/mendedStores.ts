import type { Mended } from './mended.ts'

/** What is said and offered of each of the stores that can be mended. */
export const mendedStores: Readonly<Record<string, Mended>> = {
  'next ids too low': {
    findings: [
      'F145 error /sequences/task_seq: task_seq is 1, but the task 3 is there: the next task takes the id of another one. → Set it to 4.',
    ],
    points: ['current current 2026-11-21T08:27:42.272Z: As it is '],
    ways: [
      'sequences certain: Set the next ids above all that are there | state.json (the store) | sequences/task_seq/ = 4',
    ],
  },
  'fields that stop the API': {
    findings: [
      'F142 error /roles/2/mood: The role 2 has mood, which multyagents does not know: the API does not start (TypeError). → Take the field out.',
      'F142 error /tasks/1/mood: The task 1 has mood, which multyagents does not know: the API does not start (TypeError). → Take the field out.',
    ],
    points: ['current current 2026-11-21T08:27:42.272Z: As it is '],
    ways: [
      'unknown-fields likely: Take out the fields that stop the API when it starts | roles/2/mood, which a newer multyagents may have written. | tasks/1/mood, which a newer multyagents may have written. | state.json (the store) | roles/2/mood = nothing | tasks/1/mood = nothing',
    ],
  },
  'records under another id': {
    findings: [
      'F144 error /roles/1/id: The role 1 calls itself 7. → nothing',
      'F144 error /tasks/2/id: The task 2 calls itself 8. → nothing',
    ],
    points: ['current current 2026-11-21T08:27:42.272Z: As it is '],
    ways: [
      'ids likely: Give records the id that they are kept under | The id 7 in roles/1/id. | The id 8 in tasks/2/id. | state.json (the store) | roles/1/id = 1 | tasks/2/id = 2',
    ],
  },
  'names of what is gone': {
    findings: [
      'F146 error /tasks/1/project_id: tasks/1/project_id names the project 78, which is not there: multyagents loads it, and fails with a 500 when it is read. → Take the reference out.',
      'F146 error /task_approval/9: task_approval/9 names the approval 8, which is not there: multyagents loads it, and fails with a 500 when it is read. → Take the reference out.',
      'F146 error /task_latest_run/9: task_latest_run/9 names the workflow run 8, which is not there: multyagents loads it, and fails with a 500 when it is read. → Take the reference out.',
      'F146 error /workflow_runs/1/workflow_template_id: workflow_runs/1/workflow_template_id names the workflow template 77, which is not there: multyagents loads it, and fails with a 500 when it is read. → Take the reference out.',
      'F146 error /workflow_runs/1/task_ids/3: workflow_runs/1/task_ids/3 names the task 9, which is not there: multyagents loads it, and fails with a 500 when it is read. → Take the reference out.',
    ],
    points: ['current current 2026-11-21T08:27:42.272Z: As it is '],
    ways: [
      'references likely: Take out what names records that are gone | workflow_runs/1/task_ids/3. | task_approval/9. | task_latest_run/9. | tasks/1/project_id. | workflow_runs/1/workflow_template_id. | state.json (the store) | task_approval/9/ = nothing | task_latest_run/9/ = nothing | tasks/1/project_id = null | workflow_runs/1/step_dependencies = {"1":[],"2":[1],"3":[2]} | workflow_runs/1/task_ids = [1,2,3] | workflow_runs/1/workflow_template_id = null',
    ],
  },
  'locks of tasks that have ended, and lists that differ': {
    findings: [
      'F148 warning /path_locks/~1srv~1b: /srv/b is still locked by the task 1, which is success: no other task gets it. → Release the lock.',
      'F147 warning /path_locks/~1srv~1c: /srv/c is locked by the task 2, whose own list does not say so. → Release the lock.',
      'F147 warning /path_locks/~1srv~1d: /srv/d is locked by the task 99, whose own list does not say so. → Release the lock.',
      'F148 warning /path_locks/~1srv~1d: /srv/d is locked by the task 99, which is not there: nothing releases it. → Release the lock.',
      'F147 warning /path_locks/~1srv~1demo-shop~1src: /srv/demo-shop/src is locked by the task 2, whose own list does not say so. → Release the lock.',
      'F147 warning /task_locks/2/1: The task 2 says that it holds /srv/x, but the lock is not there. → Release the lock.',
    ],
    points: ['current current 2026-11-21T08:27:42.248Z: As it is '],
    ways: [
      'locks likely: Release the locks of tasks that have ended, and make both lists of locks say the same | The lock of /srv/b by the task 1. | The lock of /srv/d by the task 99. | state.json (the store) | path_locks//srv/b/ = nothing | path_locks//srv/d/ = nothing | task_locks/1/0 = nothing | task_locks/2/1 = "/srv/c" | task_locks/2/2 = "/srv/demo-shop/src"',
    ],
  },
  'locks of which one list says nothing': {
    findings: [
      'F147 warning /path_locks/~1srv~1a: /srv/a is locked by the task 2, whose own list does not say so. → Release the lock.',
      'F147 warning /path_locks/~1srv~1c: /srv/c is locked by the task 2, whose own list does not say so. → Release the lock.',
    ],
    points: ['current current 2026-11-21T08:27:42.248Z: As it is '],
    ways: [
      'locks likely: Release the locks of tasks that have ended, and make both lists of locks say the same | state.json (the store) | task_locks/2/0 = "/srv/a" | task_locks/2/1 = "/srv/c" | task_locks/2/2 = "/srv/demo-shop/src"',
    ],
  },
  'locks that agree': {
    findings: [],
    points: ['current current 2026-11-21T08:27:42.248Z: As it is '],
    ways: [],
  },
  'work trees and branches of no session': {
    findings: [
      'F149 warning /isolated_worktree_locks/~1srv~1w: The work tree /srv/w is locked for the task 2, which has no session with it. → Release the lock.',
      'F149 warning /isolated_branch_locks/b: The branch b is locked for the task 1, which has no session with it. → Release the lock.',
    ],
    points: ['current current 2026-11-21T08:27:42.272Z: As it is '],
    ways: [
      'isolated-locks likely: Release the work trees and branches that no session uses | The lock of /srv/w. | The lock of b. | state.json (the store) | isolated_branch_locks/b/ = nothing | isolated_worktree_locks//srv/w/ = nothing',
    ],
  },
  'a handoff that its task does not have': {
    findings: [
      'F152 warning /audits/1/handoff: The audit of the task 1 does not have the handoff that the task published. → Copy it.',
    ],
    points: ['current current 2026-11-21T08:27:42.248Z: As it is '],
    ways: [
      'handoffs likely: Copy the handoffs into the audits of their tasks | state.json (the store) | audits/1/handoff = {"artifacts":[{"artifact_id":1,"is_required":true,"note":null}],"created_at":"2026-11-21T08:27:42.245630+00:00","details":"3 milestones","nex',
    ],
  },
  'a status that is not what the tasks say': {
    findings: [
      'F151 warning /workflow_runs/1/status: The run 1 is success, but its tasks say failed: task 1 success, task 2 failed, task 3 created. → Set the status that its tasks say.',
    ],
    points: ['current current 2026-11-21T08:27:42.272Z: As it is '],
    ways: [
      'status:1 likely: Set the status of the run 1 to failed, as its tasks say | The word "success". | state.json (the store) | workflow_runs/1/status = "failed"',
    ],
  },
  'a status that is none': {
    findings: [
      'F143 error /workflow_runs/1/status: status of the workflow run 1 is null (expected a string). → nothing',
    ],
    points: ['current current 2026-11-21T08:27:42.272Z: As it is '],
    ways: [
      'status:1 likely: Set the status of the run 1 to failed, as its tasks say | The word null. | state.json (the store) | workflow_runs/1/status = "failed"',
    ],
  },
  'a status of another run': {
    findings: [],
    points: ['current current 2026-11-21T08:27:42.272Z: As it is '],
    ways: [],
  },
  'an abort that left a task and its lock': {
    findings: [],
    points: ['current current 2026-11-21T08:27:42.248Z: As it is '],
    ways: [
      'aborted:1 guess: End what the abort of the run 1 left: cancel its tasks, release their locks | That task 2 is running: its runner may still work. | The lock of /srv/demo-shop/src by the task 2. | state.json (the store) | path_locks//srv/demo-shop/src/ = nothing | task_locks/2/0 = nothing | tasks/2/status = "canceled"',
    ],
  },
  'an abort that left a lock': {
    findings: [
      'F147 warning /path_locks/~1srv~1b: /srv/b is locked by the task 9, whose own list does not say so. → Release the lock.',
      'F148 warning /path_locks/~1srv~1b: /srv/b is locked by the task 9, which is not there: nothing releases it. → Release the lock.',
    ],
    points: ['current current 2026-11-21T08:27:42.234Z: As it is '],
    ways: [
      'locks likely: Release the locks of tasks that have ended, and make both lists of locks say the same | The lock of /srv/b by the task 9. | state.json (the store) | path_locks//srv/b/ = nothing',
      'aborted:1 likely: End what the abort of the run 1 left: cancel its tasks, release their locks | The lock of /srv/a by the task 3. | state.json (the store) | path_locks//srv/a/ = nothing | task_locks/3/0 = nothing',
    ],
  },
  'an abort of a run whose task another one has': {
    findings: [],
    points: ['current current 2026-11-21T08:27:42.248Z: As it is '],
    ways: [],
  },
  'an abort of another run': {
    findings: [],
    points: ['current current 2026-11-21T08:27:42.248Z: As it is '],
    ways: [],
  },
  'a newer left-over file': {
    findings: [
      'F163 warning null: state.json.tmp is left over from a write that did not end, and is whole: it may be the newer one. → Compare the two.',
    ],
    points: [
      'current current 2026-11-21T08:27:42.234Z: As it is ',
      'temporary temporary 2026-11-21T08:27:42.272Z: Left over from a write that did not end ',
    ],
    ways: [
      'temporary:take likely: Take the left-over file of the write that did not end | state.json (the store) | events/0/created_at = "2026-11-21T08:27:42.263579+00:00" | events/1/created_at = "2026-11-21T08:27:42.264078+00:00" | events/2/created_at = "2026-11-21T08:27:42.264465+00:00" | events/3/created_at = "2026-11-21T08:27:42.264478+00:00" | events/4/created_at = "2026-11-21T08:27:42.264910+00:00" | sequences/artifact_seq/ = 2 | sequences/event_seq/ = 21 | tasks/1/exit_code = 0 | and 223 more | state.json.tmp (the left-over file) | goes',
    ],
  },
  'an older left-over file': {
    findings: [
      'F163 warning null: state.json.tmp is left over from a write that did not end, and is whole: it may be the newer one. → Compare the two.',
    ],
    points: [
      'current current 2026-11-21T08:27:42.272Z: As it is ',
      'temporary temporary 2026-11-21T08:27:42.234Z: Left over from a write that did not end ',
    ],
    ways: [
      'temporary:away certain: Put the older left-over file into the trash | state.json.tmp (the left-over file) | goes',
      'temporary:take guess: Take the left-over file of the write that did not end | The last 15 events, and what they changed. | state.json (the store) | artifacts/0/artifact_type = nothing | artifacts/0/contract_version = nothing | artifacts/0/created_at = nothing | artifacts/0/id = nothing | artifacts/0/location = nothing | artifacts/0/metadata = nothing | artifacts/0/producer_task_id = nothing | artifacts/0/run_id = nothing | and 223 more | state.json.tmp (the left-over file) | goes',
    ],
  },
  'the same left over': {
    findings: [
      'F163 warning null: state.json.tmp is left over from a write that did not end, and is whole: it may be the newer one. → Compare the two.',
    ],
    points: [
      'current current 2026-11-21T08:27:42.272Z: As it is ',
      'temporary temporary 2026-11-21T08:27:42.272Z: Left over from a write that did not end ',
    ],
    ways: [
      'temporary:away certain: Put the older left-over file into the trash | state.json.tmp (the left-over file) | goes',
      'temporary:take guess: Take the left-over file of the write that did not end | state.json (the store) | state.json.tmp (the left-over file) | goes',
    ],
  },
  'a broken left-over file': {
    findings: [
      'F163 warning null: state.json.tmp is left over from a write that did not end, and is broken itself. → Clean it up.',
    ],
    points: [
      'current current 2026-11-21T08:27:42.272Z: As it is ',
      'temporary temporary 2026-11-21T09:00:00.000Z: Left over from a write that did not end It is no JSON. The text ends where a key in quotes was expected.',
    ],
    ways: [
      'temporary:away certain: Put the broken left-over file into the trash | Nothing that multyagents would have read. | state.json.tmp (the left-over file) | goes',
    ],
  },
  'a broken store and a whole left-over file': {
    findings: [
      'F141 error null: The store is broken. The text ends inside a string. The API does not start with it, and has no other copy. → Take the left-over temporary file, or what can be salvaged.',
      'F163 warning null: state.json.tmp is left over from a write that did not end, and is whole: it may be the newer one. → Compare the two.',
    ],
    points: [
      'current current 2026-11-21T09:00:00.000Z: As it is It is no JSON. The text ends inside a string.',
      'temporary temporary 2026-11-21T08:27:42.272Z: Left over from a write that did not end ',
    ],
    ways: [
      'temporary:take likely: Take the left-over file of the write that did not end | state.json (the store) | approvals/1/comment = null | approvals/1/decided_by = null | approvals/1/id = 1 | approvals/1/status = "pending" | approvals/1/task_id = 3 | artifacts/0/artifact_type = "report" | artifacts/0/contract_version = "v1" | artifacts/0/created_at = "2026-11-21T08:27:42.266789+00:00" | and 344 more | state.json.tmp (the left-over file) | goes',
    ],
  },
  'a broken store': {
    findings: [
      'F141 error null: The store is broken. The text ends inside a string. The API does not start with it, and has no other copy. → Take the left-over temporary file, or what can be salvaged.',
    ],
    points: [
      'current current 2026-11-21T09:00:00.000Z: As it is It is no JSON. The text ends inside a string.',
    ],
    ways: [],
  },
  'a store without its end': {
    findings: [
      'F141 error null: The store is broken. The text ends where a comma or } was expected. The API does not start with it, and has no other copy. → Take the left-over temporary file, or what can be salvaged.',
    ],
    points: [
      'current current 2026-11-21T09:00:00.000Z: As it is It is no JSON. The text ends where a comma or } was expected.',
    ],
    ways: [
      'salvage guess: Keep what can be read of the damaged file | Line 1: The document is cut here. What was open is closed behind the last complete value. | state.json (what could be read of the store) | approvals/1/comment = null | approvals/1/decided_by = null | approvals/1/id = 1 | approvals/1/status = "pending" | approvals/1/task_id = 3 | artifacts/0/artifact_type = "report" | artifacts/0/contract_version = "v1" | artifacts/0/created_at = "2026-11-21T08:27:42.266789+00:00" | and 344 more',
    ],
  },
  'a store without its end, and with next ids too low': {
    findings: [
      'F141 error null: The store is broken. The text ends where a comma or } was expected. The API does not start with it, and has no other copy. → Take the left-over temporary file, or what can be salvaged.',
    ],
    points: [
      'current current 2026-11-21T09:00:00.000Z: As it is It is no JSON. The text ends where a comma or } was expected.',
    ],
    ways: [
      'salvage guess: Keep what can be read of the damaged file | Line 1: The document is cut here. What was open is closed behind the last complete value. | The next ids: they are counted anew from what is there. | state.json (what could be read of the store) | approvals/1/comment = null | approvals/1/decided_by = null | approvals/1/id = 1 | approvals/1/status = "pending" | approvals/1/task_id = 3 | artifacts/0/artifact_type = "report" | artifacts/0/contract_version = "v1" | artifacts/0/created_at = "2026-11-21T08:27:42.266789+00:00" | and 344 more',
    ],
  },
  'an empty store': {
    findings: [
      'F141 error null: The store is empty. The API does not start with it, and has no other copy. → Take the left-over temporary file, or what can be salvaged.',
    ],
    points: [
      'current current 2026-11-21T09:00:00.000Z: As it is It is no JSON. The text ends where a value was expected.',
    ],
    ways: [],
  },
}
