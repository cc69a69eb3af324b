// The list of runs that changed: appended by writers, read by whoever watches the workspace.
import type { RunId } from '../../shared/schema/ids.ts'
import { toAppError } from '../../shared/errors.ts'
import { appendLine } from './appendLine.ts'
import { replaceFile } from './atomicWrite.ts'
import { encodeText } from './files.ts'
import { places } from './layout.ts'
import { statusOf } from './paths.ts'
import type { StoreContext } from './storeContext.ts'

/** Names a run as changed. A list that has grown too long begins anew: whoever reads it then takes all runs as changed. */
async function noteChange(context: StoreContext, run: RunId): Promise<void> {
  const status = await statusOf(context, places.changes)
  if (status !== null && status.sizeBytes > maxSizeBytes) {
    return replaceFile(context, places.changes, encodeText(`${run}\n`))
  }
  await appendLine(context, places.changes, { line: run, durable: false })
}

/** The same, for one change; what fails is told to `onProblem`, because the change itself has been made. */
export function announceChange(context: StoreContext, run: RunId): Promise<void> {
  return createChangeNotices(context, run).close()
}

export interface ChangeNotices {
  /** The run has changed: noted at once, or with the next note when the last one is younger than 250 ms. */
  changed(): void
  /** Resolves when the last change is noted; safe to call twice. Never rejects: a missing note costs a later look at the disk, not a run. */
  close(): Promise<void>
}

export function createChangeNotices(context: StoreContext, run: RunId): ChangeNotices {
  let forget: (() => void) | null = null
  let isPending = false
  let isClosed = false
  let writing: Promise<void> = Promise.resolve()

  const write = (): void => {
    isPending = false
    writing = writing
      .then(() => noteChange(context, run))
      .catch((error: unknown) => context.onProblem(toAppError(error)))
  }
  const onTime = (): void => {
    forget = null
    if (!isPending) return
    write()
    forget = context.timers.after(intervalMs, onTime)
  }
  return {
    changed: () => {
      isPending = true
      if (forget !== null) return
      write()
      forget = context.timers.after(intervalMs, onTime)
    },
    close: async () => {
      forget?.()
      if (!isClosed) write()
      isClosed = true
      await writing
    },
  }
}

const intervalMs = 250
const maxSizeBytes = 1024 * 1024
