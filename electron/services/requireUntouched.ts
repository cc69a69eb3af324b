import { summariseRecord } from '../../shared/core/run/summariseRecord.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { Backup } from '../store/documentStore.ts'
import type { ServiceContext } from './context.ts'
import { decodeLossy } from './decodeUtf8.ts'

/** Throws when the run went on after a backup: with the older state back, a resume would do again what was done since. */
export async function requireUntouched(
  context: ServiceContext,
  run: RunId,
  backup: Backup,
): Promise<void> {
  const { journal } = await context.store.read(run)
  const knownSeq = await lastSeqIn(context, run, backup)
  const since = (journal?.records ?? []).filter(
    ({ record }) => record.seq > knownSeq && !housekeeping.has(record.type) && !isOfRepair(record),
  )
  const last = since.at(-1)
  if (last === undefined) return
  const message = `Run ${run} went on after backup ${backup.id} was made: ${since.length} records came, the last of them "${summariseRecord(last)}" Nothing was put back, because its steps would run a second time.`
  throw new AppError('invalid-input', message, { run, backup: backup.id, records: since.length })
}

/** What a repair or a migration writes, and what changes no step. */
const housekeeping = new Set(['keyframe', 'repaired', 'migrated', 'thinned', 'annotated'])

/** [R82] What a repair set right is taken away with it. */
function isOfRepair(record: { readonly type: string; readonly repair?: unknown }): boolean {
  return record.type === 'edited' && typeof record.repair === 'string'
}

/** The highest sequence number of a whole line in the backup's journal, damaged ones included; 0 when it holds none. */
async function lastSeqIn(context: ServiceContext, run: RunId, backup: Backup): Promise<number> {
  const path = context.store.layout.journal(run)
  if (!backup.files.includes(path)) return 0
  const { bytes } = await context.store.readBackup(run, backup.id, path)
  let highest = 0
  for (const [, seq] of decodeLossy(bytes).matchAll(wholeLine))
    highest = Math.max(highest, Number(seq))
  return highest
}

const wholeLine = /^\{"seq":(\d{1,15}),.*,"sum":"[0-9a-f]{32}"\}$/gm
