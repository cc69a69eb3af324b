// Work of which a workspace needs one process at a time, and what was noted of it last.
import { AppError } from '../../shared/errors.ts'
import { RunId } from '../../shared/schema/ids.ts'
import { replaceFile } from './atomicWrite.ts'
import { decodeText, encodeText } from './files.ts'
import { places } from './layout.ts'
import { takeLock } from './lock.ts'
import { makeFolders } from './paths.ts'
import { readDocumentOrNull } from './readStoredRun.ts'
import type { StoreContext } from './storeContext.ts'
import { asWriteError, errorCode } from './storeErrors.ts'

/** Null, with nothing done, while another process is at it. */
export async function doExclusively<T>(
  context: StoreContext,
  task: string,
  work: () => Promise<T>,
): Promise<T | null> {
  const options = { purpose: task, controlSocket: null, readEpoch: async () => 0 }
  const [taken] = await Promise.allSettled([
    takeLock(context, RunId.parse(`task-${task}`), options),
  ])
  if (taken.status === 'rejected') {
    const error: unknown = taken.reason
    if (error instanceof AppError && error.code === 'locked') return null
    throw ofTask(task, error)
  }
  const [done] = await Promise.allSettled([work()])
  const [freed] = await Promise.allSettled([taken.value.release()])
  if (done.status === 'rejected') throw done.reason
  if (freed.status === 'rejected') throw ofTask(task, freed.reason)
  return done.value
}

/** A lock says of which run it is, and a task has none. */
function ofTask(task: string, error: unknown): unknown {
  if (!(error instanceof AppError) && errorCode(error) === null) return error
  const { code, message, details } = asWriteError(error, 'It could not be changed')
  const told = `The lock of the task "${task}" below .unstuck: ${message}`
  return new AppError(code, told, details, { cause: error })
}

/** Null: nothing was noted, or nothing that can be read. */
export async function readTaskNote(context: StoreContext, task: string): Promise<unknown> {
  try {
    const stored = await readDocumentOrNull(context, notePath(task))
    return stored === null ? null : (JSON.parse(decodeText(stored.bytes)) as unknown)
  } catch (error) {
    // What is wrong with the folder is told by whoever writes there: a note that cannot be read is none.
    if (error instanceof SyntaxError || error instanceof AppError) return null
    throw error
  }
}

export async function noteTask(context: StoreContext, task: string, note: unknown): Promise<void> {
  try {
    await makeFolders(context, folder)
    await replaceFile(context, notePath(task), encodeText(`${JSON.stringify(note)}\n`))
  } catch (error) {
    throw asWriteError(error, `What came of "${task}" could not be noted in ${folder}`)
  }
}

function notePath(task: string): string {
  return `${folder}/${task}.json`
}

const folder = `${places.state}/tasks`
