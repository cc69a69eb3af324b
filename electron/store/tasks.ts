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
import { asWriteError } from './storeErrors.ts'

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
    throw error
  }
  try {
    return await work()
  } finally {
    await taken.value.release()
  }
}

/** Null: nothing was noted, or nothing that can be read. */
export async function readTaskNote(context: StoreContext, task: string): Promise<unknown> {
  const stored = await readDocumentOrNull(context, notePath(task))
  if (stored === null) return null
  try {
    return JSON.parse(decodeText(stored.bytes)) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) return null
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
