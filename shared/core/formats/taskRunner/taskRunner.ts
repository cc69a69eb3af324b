// This room reads snapshots of task-runner (thalesraymond/task-runner): results by task, as was proposed and never built.
import type { Format } from '../format.ts'
import { editSnapshot } from './editSnapshot.ts'
import { exportSnapshot } from './exportSnapshot.ts'
import { importSnapshot } from './importSnapshot.ts'
import { readSnapshot } from './readSnapshot.ts'
import { salvageRepair } from '../view/salvageRepair.ts'
import { resumeSnapshot } from './resumeSnapshot.ts'

export const taskRunner: Format = {
  id: 'task-runner',
  name: 'task-runner',
  role: () => 'run',
  folders: (document) => [document.slice(0, Math.max(0, document.lastIndexOf('/')))],
  belongs: () => [],
  read: readSnapshot,
  edit: editSnapshot,
  repairs: (set, context) => salvageRepair(set, { read: readSnapshot, context }),
  resume: resumeSnapshot,
  cleanupRules: {
    rules: [],
    dangers: [
      'task-runner writes no state by itself: who wrote the snapshots decides which may go.',
    ],
  },
  toRun: importSnapshot,
  fromRun: exportSnapshot,
}
