import { expect, test } from 'vitest'
import { saidOfFlaw } from './saidOfFlaw.ts'
import { storeFlaws } from './storeFlaws.ts'

const said: Readonly<Record<string, readonly string[]>> = {
  'words that nobody knows': [
    'F151 error /workflow_runs/1/status: The run 1 has the status "odd", which multyagents does not know: it loads it, and fails with a 500 when it is read. → Edit the status.',
    'F151 error /tasks/1/status: The task 1 has the status "odder", which multyagents does not know: it loads it, and fails with a 500 when it is read. → Edit the status.',
    'F151 error /approvals/1/status: The approval 1 has the status "oddest", which multyagents does not know: it loads it, and fails with a 500 when it is read. → Edit the status.',
  ],
  'a run that is said to be done': [
    'F151 warning /workflow_runs/1/status: The run 1 is success, but its tasks say otherwise: task 1 created, task 2 created, task 3 created. → Set the status that its tasks say.',
  ],
  'a run that is said to run, with a task that is gone': [
    'F146 error /approvals/1/task_id: approvals/1/task_id names the task 3, which is not there: multyagents loads it, and fails with a 500 when it is read. → Name one that is there by an edit.',
    'F146 error /workflow_runs/1/task_ids/2: workflow_runs/1/task_ids/2 names the task 3, which is not there: multyagents loads it, and fails with a 500 when it is read. → Take the reference out.',
    'F151 warning /workflow_runs/1/status: The run 1 is running, but its tasks say failed: task 1 success, task 2 failed, task 3 not there. → Set the status that its tasks say.',
  ],
  'a run that is held against its tasks': [],
  'a run without a task': [],
  'tasks that wait for each other, and for a stranger': [
    'F153 error /workflow_runs/1/step_dependencies/2/1: The task 2 needs the task 9, which is not in the run 1. → Take the reference out.',
    'F153 error /workflow_runs/1/step_dependencies: The tasks 1, 2, 3 of the run 1 wait for each other: none of them is ever dispatched. → nothing',
  ],
  'names of records that are gone': [
    'F146 error /tasks/1/role_id: tasks/1/role_id names the role 91, which is not there: multyagents loads it, and fails with a 500 when it is read. → Name one that is there by an edit.',
    'F146 error /approvals/1/task_id: approvals/1/task_id names the task 92, which is not there: multyagents loads it, and fails with a 500 when it is read. → Name one that is there by an edit.',
    'F146 error /artifacts/0/producer_task_id: artifacts/0/producer_task_id names the task 93, which is not there: multyagents loads it, and fails with a 500 when it is read. → Name one that is there by an edit.',
    'F146 error /handoffs/1/task_id: handoffs/1/task_id names the task 94, which is not there: multyagents loads it, and fails with a 500 when it is read. → Name one that is there by an edit.',
    'F146 error /audits/1/task_id: audits/1/task_id names the task 95, which is not there: multyagents loads it, and fails with a 500 when it is read. → Name one that is there by an edit.',
    'F152 warning /audits/1/handoff: The audit of the task 1 does not have the handoff that the task published. → Copy it.',
  ],
  'locks that two lists tell otherwise': [
    'F147 warning /path_locks/~1srv~1x: /srv/x is locked by the task 1, whose own list does not say so. → Release the lock.',
    'F148 warning /path_locks/~1srv~1x: /srv/x is still locked by the task 1, which is success: no other task gets it. → Release the lock.',
    'F147 warning /task_locks/2/1: The task 2 says that it holds /srv/x, but the lock is of the task 1. → Release the lock.',
    'F147 warning /task_locks/2/2: The task 2 says that it holds /srv/y, but the lock is not there. → Release the lock.',
  ],
  'events out of their order': [
    'F150 warning /events/5/id: The event 4 stands twice. → nothing',
    'F150 warning /events/6/id: The event 5 stands twice. → nothing',
    'F150 warning /events/7/id: The event 5 stands twice. → nothing',
  ],
  'sessions with locks of others, and locks of none': [
    'F149 warning /isolated_branch_locks/1:b-1: The branch 1:b-1 is locked for the task 2, which has no session with it. → Release the lock.',
    'F149 warning /isolated_branch_locks/1:b-9: The branch 1:b-9 is locked for the task 2, which has no session with it. → Release the lock.',
    'F149 warning /isolated_sessions/1/git_branch: The session of the task 1 uses the branch b-1, which is not locked for it. → Release the lock.',
    'F149 warning /isolated_sessions/2/git_branch: The session of the task 2 uses the branch b-2, which is not locked for it. → Release the lock.',
  ],
}

test.each(Object.entries(storeFlaws))(
  '[F146] [F147] [F148] [F149] [F150] [F151] [F152] [F153] %s',
  (name, flaw) => {
    expect(saidOfFlaw(flaw)).toEqual(said[name])
  },
)
