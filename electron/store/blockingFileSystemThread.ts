// A helper's entry: it looks at folders and reads starts of files for a thread that does the same beside it.
import { parentPort } from 'node:worker_threads'
import { lookNow, readStartsNow } from './blockingFileSystemCalls.ts'
import { takeNext, type HelperAnswer, type HelperTask } from './blockingFileSystemTasks.ts'

if (parentPort === null) throw new Error('A helper is started by a blocking file system.')
const port = parentPort
port.on('message', (task: HelperTask) => {
  const answer = perform(task)
  port.postMessage(answer, buffersOf(answer))
})

function perform(task: HelperTask): HelperAnswer {
  if (task.kind === 'starts') {
    return { kind: 'starts', id: task.id, starts: readStartsNow(task.paths, task.limitBytes) }
  }
  const { id, root, folders, next } = task
  const looks: [number, ReturnType<typeof lookNow>][] = []
  for (const index of takeNext(next, folders.length)) {
    looks.push([index, lookNow(root, folders[index] ?? '')])
  }
  return { kind: 'looks', id, looks }
}

/** Given away, not copied. */
function buffersOf(answer: HelperAnswer): ArrayBuffer[] {
  const arrays =
    answer.kind === 'starts'
      ? [answer.starts.bytes, answer.starts.lengths]
      : answer.looks.flatMap(([, look]) =>
          'code' in look ? [] : [look.rows, look.modes, look.uids],
        )
  return arrays.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []))
}
