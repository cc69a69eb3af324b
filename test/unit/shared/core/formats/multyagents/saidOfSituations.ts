import type { Said } from './saidOf.ts'

/** What is said of each of the situations. */
export const saidOfSituations: Readonly<Record<string, Said>> = {
  'a failure without a message': {
    diagnoses: [
      'F155 stuck: Implement feature failed',
      'F156 attention: Review change waits for Implement feature.',
    ],
    evidence: [
      'Exit code: 1',
      'Kind: flaky-test',
      'Hint: Flaky test signal detected. Re-run failing tests with focused logs before escalation.',
      'Retries: none: the role has no retry policy',
      'Last retry: retry policy skipped: max_retries=0',
    ],
    run: [
      'Feature delivery failed 2026-11-21T08:27:42.264Z 2026-11-21T08:27:42.272Z 2026-11-21T08:27:42.272Z Task 2 failed.',
      'task-1 succeeded succeeded',
      'task-2 failed failed',
      'task-3 pending ',
    ],
  },
  'a failure of which only the runner tells': {
    diagnoses: [
      'F155 stuck: Implement feature failed: out of memory',
      'F156 attention: Review change waits for Implement feature.',
    ],
    evidence: [
      'Message: out of memory',
      'Exit code: 1',
      'Kind: flaky-test',
      'Hint: Flaky test signal detected. Re-run failing tests with focused logs before escalation.',
      'Retries: none: the role has no retry policy',
      'Last retry: retry policy skipped: max_retries=0',
    ],
    run: [
      'Feature delivery failed 2026-11-21T08:27:42.264Z 2026-11-21T08:27:42.272Z 2026-11-21T08:27:42.272Z out of memory',
      'task-1 succeeded succeeded',
      'task-2 failed failed',
      'task-3 pending ',
    ],
  },
  'a task that was cancelled': {
    diagnoses: [
      'F155 stuck: Implement feature canceled: AssertionError: expected 3 got 2',
      'F156 attention: Review change waits for Implement feature.',
    ],
    evidence: [
      'Message: tests failed: assertion error',
      'Exit code: 1',
      'Kind: flaky-test',
      'Hint: Flaky test signal detected. Re-run failing tests with focused logs before escalation.',
      'Retries: none: the role has no retry policy',
      'Last retry: retry policy skipped: max_retries=0',
    ],
    run: [
      'Feature delivery failed 2026-11-21T08:27:42.264Z 2026-11-21T08:27:42.272Z 2026-11-21T08:27:42.272Z -',
      'task-1 succeeded succeeded',
      'task-2 cancelled cancelled',
      'task-3 pending ',
    ],
    resume: [
      'task-1 reuse: It is done.',
      'task-2 runAgain: The rerun sets it back to created, clears its output and drops its handoff.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/partial-rerun with the tasks 2.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
    ],
  },
  'a task that could not be submitted': {
    diagnoses: [
      'F155 stuck: Implement feature submit-failed: AssertionError: expected 3 got 2',
      'F156 stuck: Implement feature could be dispatched, and nobody does it.',
      'F156 attention: Review change waits for Implement feature.',
    ],
    resume: [
      'task-1 reuse: It is done.',
      'task-2 runAgain: The rerun sets it back to created, clears its output and drops its handoff.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/partial-rerun with the tasks 2.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
    ],
  },
  'a failed task behind a failed one': {
    diagnoses: [
      'F155 stuck: Plan feature failed: done',
      'F155 stuck: Implement feature failed: AssertionError: expected 3 got 2',
      'F156 attention: Review change waits for Implement feature.',
    ],
    run: [
      'Feature delivery failed 2026-11-21T08:27:42.264Z 2026-11-21T08:27:42.272Z 2026-11-21T08:27:42.272Z done',
      'task-1 failed failed',
      'task-2 failed failed',
      'task-3 pending ',
    ],
    resume: [
      'task-1 runAgain: The rerun sets it back to created, clears its output and drops its handoff.',
      'task-2 runAgain: The rerun sets it back to created, clears its output and drops its handoff.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/partial-rerun with the tasks 1, 2.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
    ],
  },
  'a rerun of what did not fail': {
    resume: [
      'task-1 reuse: It is done.',
      'task-2 skip: It is failed: only a partial rerun takes it again.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
      'refused: task-1 is success: only a failed task is rerun.',
    ],
  },
  'a rerun of what is not there': {
    resume: [
      'task-1 reuse: It is done.',
      'task-2 skip: It is failed: only a partial rerun takes it again.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
      'refused: The run has no task task-9.',
    ],
  },
  'a rerun while it is aborted': {
    resume: [
      'task-1 reuse: It is done.',
      'task-2 runAgain: The rerun sets it back to created, clears its output and drops its handoff.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/partial-rerun with the tasks 2.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
      'refused: A partial rerun is refused while the run is aborted.',
    ],
  },
  'an artifact of any kind': {
    diagnoses: [
      'F156 stuck: Implement feature needs an artifact, which nobody published.',
      'F156 attention: Review change waits for Implement feature.',
    ],
    resume: [
      'task-1 reuse: It is done.',
      'task-2 skip: Not before an artifact is published.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
    ],
  },
  'an artifact of a kind': {
    diagnoses: [
      'F156 stuck: Implement feature needs an artifact "report" of task 1, which nobody published.',
      'F156 attention: Review change waits for Implement feature.',
    ],
    resume: [
      'task-1 reuse: It is done.',
      'task-2 skip: Not before an artifact "report" is published.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
    ],
  },
  'an artifact with a label': {
    diagnoses: [
      'F156 stuck: Implement feature needs an artifact "final" of task 1, which nobody published.',
      'F156 attention: Review change waits for Implement feature.',
    ],
    resume: [
      'task-1 reuse: It is done.',
      'task-2 skip: Not before an artifact "final" is published.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
    ],
  },
  'an artifact with another label': {
    diagnoses: [
      'F156 stuck: Implement feature needs an artifact "final" of task 1, which nobody published.',
      'F156 attention: Review change waits for Implement feature.',
    ],
    resume: [
      'task-1 reuse: It is done.',
      'task-2 skip: Not before an artifact "final" is published.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
    ],
  },
  'an artifact that is there': {
    diagnoses: [
      'F156 stuck: Implement feature could be dispatched, and nobody does it.',
      'F156 attention: Review change waits for Implement feature.',
    ],
    resume: [
      'task-1 reuse: It is done.',
      'task-2 run: It is dispatched by dispatch-ready.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
    ],
  },
  'an artifact of another task': {
    diagnoses: [
      'F156 stuck: Implement feature needs an artifact of task 1, which nobody published.',
      'F156 attention: Review change waits for Implement feature.',
    ],
    resume: [
      'task-1 reuse: It is done.',
      'task-2 skip: Not before an artifact is published.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
    ],
  },
  'several that could be dispatched': {
    diagnoses: [
      'F156 stuck: Plan feature, Implement feature and Review change could be dispatched, and nobody does it.',
    ],
    resume: [
      'task-1 run: It is dispatched by dispatch-ready.',
      'task-2 run: It is dispatched by dispatch-ready.',
      'task-3 run: It is dispatched by dispatch-ready.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
    ],
  },
  'an approval that nobody asked for': {
    diagnoses: [
      'F154 stuck: Plan feature waits for an approval; multyagents names nobody who should give it.',
      'F156 attention: Implement feature waits for Plan feature.',
      'F156 attention: Review change waits for Implement feature.',
    ],
    evidence: ['Approval: none is there'],
    run: [
      'Feature delivery pending 2026-11-21T08:27:42.234Z 2026-11-21T08:27:42.234Z - -',
      'task-1 waiting ',
      'task-2 pending ',
      'task-3 pending ',
    ],
    resume: [
      'task-1 skip: Not before it is approved.',
      'task-2 skip: Not yet: it waits for Plan feature.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
    ],
  },
  'an approval that was rejected by nobody': {
    diagnoses: [
      'F154 stuck: Plan feature was rejected: it is never dispatched.',
      'F156 attention: Implement feature waits for Plan feature.',
      'F156 attention: Review change waits for Implement feature.',
    ],
    evidence: ['Approval: 1', 'Decide with: POST /approvals/1/approve'],
    run: [
      'Feature delivery pending 2026-11-21T08:27:42.234Z 2026-11-21T08:27:42.234Z - -',
      'task-1 pending ',
      'task-2 pending ',
      'task-3 pending ',
    ],
    resume: [
      'task-1 skip: Not before it is approved.',
      'task-2 skip: Not yet: it waits for Plan feature.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
    ],
  },
  'an approval that was given': {
    diagnoses: [
      'F156 stuck: Plan feature could be dispatched, and nobody does it.',
      'F156 attention: Implement feature waits for Plan feature.',
      'F156 attention: Review change waits for Implement feature.',
    ],
    evidence: ['Dispatch with: POST /workflow-runs/1/dispatch-ready'],
    run: [
      'Feature delivery pending 2026-11-21T08:27:42.234Z 2026-11-21T08:27:42.234Z - -',
      'task-1 pending ',
      'task-2 pending ',
      'task-3 pending ',
    ],
    resume: [
      'task-1 run: It is dispatched by dispatch-ready.',
      'task-2 skip: Not yet: it waits for Plan feature.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
    ],
  },
  'a path that the task itself has locked': {
    diagnoses: [
      'F156 stuck: Plan feature could be dispatched, and nobody does it.',
      'F156 attention: Implement feature waits for Plan feature.',
      'F156 attention: Review change waits for Implement feature.',
    ],
    evidence: ['Dispatch with: POST /workflow-runs/1/dispatch-ready'],
    resume: [
      'task-1 run: It is dispatched by dispatch-ready.',
      'task-2 skip: Not yet: it waits for Plan feature.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
    ],
  },
  'a path that another task has locked': {
    diagnoses: [
      'F156 attention: Plan feature waits for /srv/a, which task 3 has locked.',
      'F156 attention: Implement feature waits for Plan feature.',
      'F156 attention: Review change waits for Implement feature.',
    ],
    evidence: ['Status of the holder: created'],
    resume: [
      'task-1 skip: Not before the task 3 releases /srv/a.',
      'task-2 skip: Not yet: it waits for Plan feature.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
    ],
  },
  'a task that is needed and gone': {
    diagnoses: [
      'F156 stuck: Plan feature waits for task 9.',
      'F156 attention: Implement feature waits for Plan feature.',
      'F156 attention: Review change waits for Implement feature.',
    ],
    evidence: ['Task 9: not there'],
    run: [
      'Feature delivery pending 2026-11-21T08:27:42.234Z 2026-11-21T08:27:42.234Z - -',
      'task-1 pending ',
      'task-2 pending ',
      'task-3 pending ',
    ],
    repairs: [],
  },
  'a pause with nothing that runs': {
    diagnoses: [
      'F156 stuck: Plan feature could be dispatched, and nobody does it.',
      'F156 attention: Implement feature waits for Plan feature.',
      'F156 attention: Review change waits for Implement feature.',
      'F157 stuck: Paused; last change 3 h ago.',
    ],
    resume: [
      'task-1 run: It is dispatched by dispatch-ready.',
      'task-2 skip: Not yet: it waits for Plan feature.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
      'While it is paused, the next message of a runner makes it running by itself.',
    ],
  },
  'a pause with nothing that runs, from a failed task': {
    diagnoses: [
      'F155 stuck: Implement feature failed: AssertionError: expected 3 got 2',
      'F156 attention: Review change waits for Implement feature.',
      'F157 stuck: Paused; last change 3 h ago.',
    ],
    resume: [
      'task-1 reuse: It is done.',
      'task-2 runAgain: The rerun sets it back to created, clears its output and drops its handoff.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/partial-rerun with the tasks 2.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
      'While it is paused, the next message of a runner makes it running by itself.',
      'refused: A partial rerun is refused while the run is paused.',
    ],
  },
  'an abort that left nothing': {
    diagnoses: ['F158 resting: Aborted 3 h ago.'],
    evidence: [],
    resume: [
      'task-1 run: It is dispatched by dispatch-ready.',
      'task-2 skip: Not yet: it waits for Plan feature.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
      'refused: The run is aborted, and stays so: multyagents dispatches nothing of it.',
    ],
  },
  'an abort that left a lock': {
    diagnoses: ['F158 stuck: Aborted, but multyagents keeps /srv/a locked.'],
    evidence: ['/srv/a: locked by task 3'],
    resume: [
      'task-1 run: It is dispatched by dispatch-ready.',
      'task-2 skip: Not yet: it waits for Plan feature.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
      'refused: The run is aborted, and stays so: multyagents dispatches nothing of it.',
    ],
  },
  'an abort that left a task': {
    diagnoses: ['F158 stuck: Aborted, but multyagents leaves 1 of its tasks running.'],
    evidence: ['Task 2: running'],
    resume: [
      'task-1 reuse: It is done.',
      'task-2 unknown: It is running: whether its runner still works, the store does not tell. It is not dispatched again.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
      'refused: The run is aborted, and stays so: multyagents dispatches nothing of it.',
    ],
  },
  'a run that is done': {
    diagnoses: ['F159 resting: Done; last change 3 h ago.'],
    resume: [
      'task-1 reuse: It is done.',
      'task-2 reuse: It is done.',
      'task-3 reuse: It is done.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
    ],
  },
  'a run that runs without an event': {
    diagnoses: [
      'F156 attention: Review change waits for Implement feature.',
      'F159 attention: Implement feature is said to be running; last change 3 h ago.',
    ],
    evidence: ['Task 2: running', 'Approval: pending'],
  },
  'a task without a title': {
    diagnoses: [
      'F155 stuck: task 2 failed: AssertionError: expected 3 got 2',
      'F156 attention: Review change waits for task 2.',
    ],
    run: [
      'Feature delivery failed 2026-11-21T08:27:42.264Z 2026-11-21T08:27:42.272Z 2026-11-21T08:27:42.272Z tests failed: assertion error',
      'task-1 succeeded succeeded',
      'task-2 failed failed',
      'task-3 pending ',
    ],
    resume: [
      'task-1 reuse: It is done.',
      'task-2 skip: It is failed: only a partial rerun takes it again.',
      'task-3 skip: Not yet: it waits for task 2.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
      'refused: task-3 is created: only a failed task is rerun.',
    ],
    repairs: [],
  },
  'a task without a record': {
    diagnoses: ['F156 stuck: Review change waits for task 2.'],
    run: [
      'Feature delivery failed 2026-11-21T08:27:42.264Z 2026-11-21T08:27:42.272Z 2026-11-21T08:27:42.267Z -',
      'task-1 succeeded succeeded',
      'task-2 pending ',
      'task-3 pending ',
    ],
    resume: [
      'task-1 reuse: It is done.',
      'task-2 unknown: The store has no such task.',
      'task-3 skip: Not yet: it waits for task 2.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
      'refused: task-2 is not there: only a failed task is rerun.',
    ],
    repairs: ['references likely: workflow_runs/1/task_ids/1.'],
  },
  'a run without a time': {
    run: [
      'Feature delivery failed 2026-11-21T08:27:42.266Z 2026-11-21T08:27:42.272Z 2026-11-21T08:27:42.272Z tests failed: assertion error',
      'task-1 succeeded succeeded',
      'task-2 failed failed',
      'task-3 pending ',
    ],
  },
  'a run without any time': {
    run: [
      'Feature delivery pending 2026-11-21T12:00:00.000Z 2026-11-21T12:00:00.000Z - -',
      'task-1 pending ',
      'task-2 pending ',
      'task-3 pending ',
    ],
  },
  'a run without a template': {
    run: [
      'Run 1 pending 2026-11-21T08:27:42.234Z 2026-11-21T08:27:42.234Z - -',
      'task-1 pending ',
      'task-2 pending ',
      'task-3 pending ',
    ],
  },
  'a word of no meaning': {
    diagnoses: [
      'F156 attention: Implement feature waits for Plan feature.',
      'F156 attention: Review change waits for Implement feature.',
    ],
    run: [
      'Feature delivery pending 2026-11-21T08:27:42.234Z 2026-11-21T08:27:42.234Z - -',
      'task-1 pending ',
      'task-2 pending ',
      'task-3 pending ',
    ],
    resume: [
      'task-1 skip: It is odder: only a partial rerun takes it again.',
      'task-2 skip: Not yet: it waits for Plan feature.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
    ],
    repairs: [],
  },
  'a word that is none': {
    diagnoses: [
      'F155 stuck: Implement feature failed: AssertionError: expected 3 got 2',
      'F156 attention: Review change waits for Implement feature.',
    ],
    run: [
      'Feature delivery pending 2026-11-21T08:27:42.264Z 2026-11-21T08:27:42.272Z - -',
      'task-1 succeeded succeeded',
      'task-2 failed failed',
      'task-3 pending ',
    ],
    resume: [
      'task-1 reuse: It is done.',
      'task-2 skip: It is failed: only a partial rerun takes it again.',
      'task-3 skip: Not yet: it waits for Implement feature.',
      'Its API does it: POST /workflow-runs/1/dispatch-ready.',
      'POST /workflow-runs/1/resume sets the word running and dispatches nothing.',
    ],
    repairs: ['status:1 likely: The word null.'],
  },
  'ids that are not those they are kept under': {
    repairs: ['ids likely: The id 2 in roles/1/id. The id 7 in tasks/3/id.'],
  },
  'references to what is gone': {
    repairs: [
      'references likely: workflow_runs/1/task_ids/3. task_latest_run/8. tasks/1/project_id. workflow_runs/1/workflow_template_id.',
    ],
    run: [
      'Run 1 failed 2026-11-21T08:27:42.264Z 2026-11-21T08:27:42.272Z 2026-11-21T08:27:42.272Z tests failed: assertion error',
      'task-1 succeeded succeeded',
      'task-2 failed failed',
      'task-3 pending ',
      'task-9 pending ',
    ],
  },
  'fields that no version knows': {
    repairs: ['unknown-fields likely: roles/1/mood, which a newer multyagents may have written.'],
  },
  'a handoff that differs': { repairs: ['handoffs likely: '] },
  'a handoff without an audit': { repairs: [] },
  'locks of which only one side tells': { repairs: ['locks likely: '] },
  'a lock that names another task': {
    repairs: ['locks likely: The lock of /srv/x by the task 1.'],
  },
}
