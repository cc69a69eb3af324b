import type { JournalReading, StoredRecord } from '../../schema/journalReading.ts'
import type { RecordOf } from '../../schema/journal.ts'
import { runAsJson, type Run } from '../../schema/run.ts'
import { diff } from '../diff/diff.ts'
import { toPatch } from '../diff/toPatch.ts'
import { readRunAt } from '../reading/readRunAt.ts'
import { applyEdit } from '../run/applyEdit.ts'
import { summariseRecord } from '../run/summariseRecord.ts'
import { newFindings } from './newFindings.ts'

export type UndoPlan =
  | {
      readonly kind: 'ready'
      /** The record that is taken back. */
      readonly seq: number
      readonly patch: RecordOf<'edited'>['patch']
      readonly run: Run
    }
  | { readonly kind: 'refused'; readonly sentence: string }

/** [N15] [N16] The inverse of an edit (`seq` null: of the last one that stands), so long as nothing was built on it. */
export function planUndo(journal: JournalReading, run: Run, seq: number | null): UndoPlan {
  const undone = undoneSeqs(journal.records)
  const target = journal.records.findLast(
    (item) => isEdit(item) && (seq === null ? isStanding(item, undone) : item.record.seq === seq),
  )
  if (target === undefined)
    return refused(
      seq === null
        ? `Run ${run.id} has no edit that could be undone.`
        : `Record ${seq} of run ${run.id} is no edit.`,
    )
  const at = target.record.seq
  if (undone.has(at)) return refused(`The edit of record ${at} was undone already.`)
  const built = journal.records.findLast(
    (item) => item.record.seq > at && !isHarmless(item, undone),
  )
  if (built !== undefined)
    return refused(
      `Run ${run.id} went on after the edit of record ${at}: "${summariseRecord(built)}" Edit the value again instead, or fork from a checkpoint before it.`,
    )
  const [before, after] = [readRunAt(journal, at - 1), readRunAt(journal, at)]
  if (before === null || after === null)
    return refused(`The records before the edit of record ${at} are not there any more.`)
  const patch = toPatch(runAsJson(after), diff(runAsJson(after), restored(before, after)).changes)
  const next = applyEdit(run, patch)
  if (next === null || newFindings(run, next).some(({ severity }) => severity === 'error'))
    return refused(`What the edit of record ${at} changed does not fit the run any more.`)
  return { kind: 'ready', seq: at, patch: [...patch], run: next }
}

/** The state before, at the place in the journal that the run has by now. */
function restored(before: Run, after: Run) {
  const { journal, updatedAt } = after
  return runAsJson({ ...before, journal, updatedAt })
}

function refused(sentence: string): UndoPlan {
  return { kind: 'refused', sentence }
}

function isEdit({ kind, record }: StoredRecord): boolean {
  return kind === 'known' && record.type === 'edited'
}

/** An undo is no edit that an undo without a number would take back. */
function isStanding(item: StoredRecord, undone: ReadonlySet<number>): boolean {
  return !undone.has(item.record.seq) && undoesOf(item) === null
}

/** Which edits were taken back; an undo that was undone itself does not count. */
function undoneSeqs(records: readonly StoredRecord[]): ReadonlySet<number> {
  const undone = new Set<number>()
  for (const item of records.toReversed()) {
    const undoes = isEdit(item) ? undoesOf(item) : null
    if (undoes !== null && !undone.has(item.record.seq)) undone.add(undoes)
  }
  return undone
}

function undoesOf({ record }: StoredRecord): number | null {
  const undoes = record['undoes']
  return typeof undoes === 'number' ? undoes : null
}

/** Records that change nothing which an edit was about, and edits that were taken back with their undoing. */
function isHarmless(item: StoredRecord, undone: ReadonlySet<number>): boolean {
  if (harmless.has(item.record.type)) return true
  if (!isEdit(item)) return false
  return undone.has(item.record.seq) || undoesOf(item) !== null
}

const harmless: ReadonlySet<string> = new Set([
  'keyframe',
  'migrated',
  'thinned',
  'annotated',
  'checkpoint',
])
