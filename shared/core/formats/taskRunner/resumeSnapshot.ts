import type { FileSet, FormatResume } from '../format.ts'
import { isDryRun, openSnapshot, type TaskResult } from './snapshot.ts'

const never =
  'task-runner has no command that goes on from a snapshot: this was proposed and never built. Import the snapshot as a run of Unstuck.'

/** [F179] What the proposal means to be done with each task; there is no command that does it. */
export function resumeSnapshot(set: FileSet): FormatResume {
  const opened = openSnapshot(set)
  if (opened.kind === 'broken')
    return { command: null, steps: [], warnings: [], problems: [opened.sentence, never] }
  const { results } = opened.read
  return {
    command: null,
    steps: results.map(stepOf),
    warnings: [
      'The context that tasks share is not in the snapshot: give it again.',
      'A snapshot names no workflow: see that it is that of the tasks that you run.',
      ...results
        .filter(isDryRun)
        .map(({ task }) => `${task} would be taken for done, and was only tried out.`),
      ...(results.some(({ status }) => status === 'failure')
        ? ['A task that was allowed to fail runs again, and what depends on it does not.']
        : []),
    ],
    noCommand: never,
    problems: [],
  }
}

function stepOf({ task, status }: TaskResult): FormatResume['steps'][number] {
  switch (status) {
    case 'success':
      return { step: task, does: 'reuse', reason: 'It succeeded: it counts as done.' }
    case 'failure':
    case 'cancelled':
      return { step: task, does: 'run', reason: `Its result is ${status}: it runs again.` }
    case 'skipped':
      return { step: task, does: 'run', reason: 'It was skipped: it gets its turn again.' }
    default:
      return { step: task, does: 'unknown', reason: `Its status "${status}" is no result.` }
  }
}
