import type { JournalRecord } from '../../schema/journal.ts'
import type { Json } from '../../schema/json.ts'
import { tokensOf } from '../../schema/pointer.ts'
import { runAsJson, type Run } from '../../schema/run.ts'
import type { Draft } from '../run/draft.ts'
import { advance, begin } from '../run/transition.ts'
import { isEqualJson, isList, isRecord, ownValue } from './jsonShape.ts'

/** A record that changed the value at a path. A side is left out where nothing was there. */
export type BlamedRecord = {
  readonly item: JournalRecord
  readonly before?: Json
  readonly after?: Json
  /** Set where records are missing before this one: the change lies between this number and that of the record. */
  readonly gapFromSeq: number | null
}

export type Blame = {
  /** Records are added in the order of the journal. */
  readonly add: (item: JournalRecord) => void
  /** Every record so far that changed the value, oldest first. */
  readonly changes: () => readonly BlamedRecord[]
}

/** Which records of a journal changed the value at a pointer: a replay that looks at one place. */
export function createBlame(pointer: string): Blame {
  const path = tokensOf(pointer)
  const found: BlamedRecord[] = []
  let draft: Draft | null = null
  let value: Json | undefined
  let seq = 0
  return {
    add: (item) => {
      draft ??= begin(null, item)
      if (draft === null) return
      // A draft changes its own containers in place; what is deeper is never changed, only replaced.
      if (path.length <= 1) draft.owned.clear()
      advance(draft, item)
      const next = valueAt(draft.run, path)
      if (!isSame(value, next)) {
        found.push({
          item,
          ...(value === undefined ? {} : { before: value }),
          ...(next === undefined ? {} : { after: next }),
          gapFromSeq: item.record.seq > seq + 1 ? seq + 1 : null,
        })
      }
      value = next
      seq = item.record.seq
    },
    changes: () => found,
  }
}

/** The run without what every record changes by itself. */
export function comparableRun(run: Run): Json {
  const { journal: _journal, checkpoints: _checkpoints, updatedAt: _updatedAt, ...rest } = run
  return rest as unknown as Json // parts of a run, which is JSON
}

function valueAt(run: Run, path: readonly string[]): Json | undefined {
  let found: Json | undefined = path.length === 0 ? comparableRun(run) : runAsJson(run)
  for (const token of path) {
    if (isList(found)) found = /^(?:0|[1-9]\d*)$/.test(token) ? found[Number(token)] : undefined
    else found = isRecord(found) ? ownValue(found, token) : undefined
  }
  return found
}

function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  return isEqualJson(one, other)
}
