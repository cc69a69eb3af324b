// Whole states of a run that lie beside it: backups of its head, and files that were left over while it was written.
import { decodeHead } from '../../shared/core/codec/decodeHead.ts'
import type { RepairInput } from '../../shared/core/repair/repairInput.ts'
import { replay } from '../../shared/core/run/replay.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { TemporaryFile } from '../store/trashStore.ts'
import type { ServiceContext } from './context.ts'
import { decodeUtf8 } from './decodeUtf8.ts'

/** The newest backups of a head, with what still decodes of them. */
export async function readBackups(
  context: ServiceContext,
  id: RunId,
): Promise<RepairInput['backups']> {
  const head = context.store.layout.head(id)
  const recent = (await context.store.backups(id)).slice(0, backupsTried)
  const read = await Promise.all(
    recent.map(async ({ id: backup, at, files }) => {
      if (!files.includes(head)) return null
      const stored = await context.store.readBackup(id, backup, head)
      return { id: backup, at, run: runIn(context, stored.bytes) }
    }),
  )
  return read.filter((one) => one !== null)
}

/** [R74] Of files whose process is gone: one that is still written is nobody's source. */
export async function readTemporaries(
  context: ServiceContext,
  id: RunId,
): Promise<NonNullable<RepairInput['temporaries']>> {
  const all = await context.store.temporaries()
  const own = all.filter(({ run, owner, base }) => {
    return run === id && owner === 'gone' && (isHead(base) || base.endsWith('.jsonl'))
  })
  return Promise.all(
    own.slice(0, temporariesTried).map(async (file) => ({
      path: file.path,
      run: await readTemporary(context, file),
    })),
  )
}

const [backupsTried, temporariesTried] = [10, 10]

function isHead(base: string): boolean {
  return base.endsWith('.json')
}

async function readTemporary(
  context: ServiceContext,
  { path, base }: TemporaryFile,
): Promise<Run | null> {
  if (!isHead(base)) return replay((await context.store.readJournal(path)).records)
  return runIn(context, (await context.store.readDocument(path)).bytes)
}

function runIn(context: ServiceContext, bytes: Uint8Array): Run | null {
  const decoded = decodeUtf8(bytes)
  const reading = 'text' in decoded ? decodeHead(decoded.text, context.sha256) : null
  return reading?.kind === 'ok' ? reading.run : null
}
