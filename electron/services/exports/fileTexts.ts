// Journals and logs on their way out, a piece at a time.
import { AppError } from '../../../shared/errors.ts'
import type { RunId } from '../../../shared/schema/ids.ts'
import type { Run } from '../../../shared/schema/run.ts'
import type { ServiceContext } from '../context.ts'
import { openBlocks } from '../fileBlocks.ts'

/** The lines of a run's journal, without their ends; none where there is no journal. */
export async function* journalLines(
  { store }: Pick<ServiceContext, 'store'>,
  run: RunId,
): AsyncGenerator<string> {
  const blocks = await openIfThere(() => openBlocks(store, store.layout.journal(run)))
  if (blocks === null) return
  for (let at = 0; at < blocks.sizeBytes;) {
    const newline = await blocks.newlineFrom(at)
    const end = newline === -1 ? blocks.sizeBytes : newline
    const text = new TextDecoder().decode(await blocks.slice(at, end))
    if (text !== '') yield text
    at = end + 1
  }
}

export type RunLog = { readonly step: string; readonly attempt: number; readonly path: string }

export function logsOf({ store }: Pick<ServiceContext, 'store'>, run: Run): readonly RunLog[] {
  return Object.entries(run.steps).flatMap(([step, { attempts }]) =>
    attempts.map(({ number }) => ({
      step,
      attempt: number,
      path: store.layout.log(run.id, step, number),
    })),
  )
}

/** The text of a file; bytes that are no UTF-8 are told as U+FFFD. Nothing where there is no file. */
export async function* fileTexts(
  { store }: Pick<ServiceContext, 'store'>,
  path: string,
): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  for (let offset = 0; ;) {
    const read = await openIfThere(() => store.readSlice(path, { offset, limitBytes: sliceBytes }))
    if (read === null || read.bytes.byteLength === 0) break
    offset += read.bytes.byteLength
    yield decoder.decode(read.bytes, { stream: true })
  }
  yield decoder.decode()
}

const sliceBytes = 64 * 1024

async function openIfThere<T>(open: () => Promise<T>): Promise<T | null> {
  try {
    return await open()
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return null
    throw error
  }
}
