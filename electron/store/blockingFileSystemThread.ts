// A helper's entry: it looks at folders and reads starts of files for a thread that does the same beside it.
import { parentPort } from 'node:worker_threads'
import { lookNow, readStartsNow } from './blockingFileSystemCalls.ts'
import type { HelperAnswer, HelperTask } from './blockingFileSystemTasks.ts'

if (parentPort === null) throw new Error('A helper is started by a blocking file system.')
const port = parentPort
port.on('message', (task: HelperTask) => {
  const answer = perform(task)
  port.postMessage(answer, buffersOf(answer))
})

function perform(task: HelperTask): HelperAnswer {
  const { id } = task
  return task.kind === 'starts'
    ? { kind: 'starts', id, starts: readStartsNow(task.paths, task.limitBytes) }
    : { kind: 'look', id, found: lookNow(task.root, task.folder, task) }
}

/** Given away, not copied. */
function buffersOf(answer: HelperAnswer): ArrayBuffer[] {
  const buffers = new Set(arraysOf(answer).map(({ buffer }) => buffer))
  return [...buffers].filter((buffer) => buffer instanceof ArrayBuffer)
}

function arraysOf(answer: HelperAnswer): readonly ArrayBufferView[] {
  if (answer.kind === 'starts') return [answer.starts.bytes, answer.starts.lengths]
  const { look, starts } = answer.found
  const read = starts === null ? [] : [starts.bytes, starts.offsets, starts.lines.id]
  return 'code' in look ? read : [look.rows, look.modes, look.uids, ...read]
}
