import type { JournalRecord } from '../../schema/journal.ts'
import type { Json } from '../../schema/json.ts'
import { tokensOf } from '../../schema/pointer.ts'
import { runAsJson, type Run } from '../../schema/run.ts'
import type { Draft } from '../run/draft.ts'
import { advance, begin } from '../run/transition.ts'
import { isEqualJson, isList, isRecord, ownValue } from './jsonShape.ts'
import { lookAtFields } from './touchedFields.ts'

/** A record that changed the value at a path. A side is left out where nothing was there, or where it was not kept. */
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

/** Whether the pointer names the run or one of its fields, whose values are copied for each record that keeps them. */
export function isWholeField(pointer: string): boolean {
  return tokensOf(pointer).length <= 1
}

/**
 * Which records of a journal changed the value at a pointer: a replay that looks at one place. Of a whole field the values
 * are kept only for the records that are wanted, because each is a copy of all of it.
 */
export function createBlame(
  pointer: string,
  isWanted: (item: JournalRecord) => boolean = () => true,
): Blame {
  const found: BlamedRecord[] = []
  const read = isWholeField(pointer)
    ? readField(tokensOf(pointer), isWanted)
    : readPlace(tokensOf(pointer))
  let draft: Draft | null = null
  let seq = 0
  return {
    add: (item) => {
      const isFirst = draft === null
      draft ??= begin(null, item)
      if (draft === null) return
      const values = read(draft, item, isFirst)
      if (values !== null) {
        const gapFromSeq = item.record.seq > seq + 1 ? seq + 1 : null
        found.push({ item, ...values, gapFromSeq })
      }
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

/** Applies a record and says what was and is at the place; null: it is the same. */
type Read = (draft: Draft, item: JournalRecord, isFirst: boolean) => Values | null
type Values = { readonly before?: Json; readonly after?: Json }

/** A draft changes its own containers in place; what is deeper is never changed, only replaced. */
function readPlace(path: readonly string[]): Read {
  let value: Json | undefined
  return (draft, item) => {
    const before = value
    advance(draft, item)
    value = valueAt(draft.run, path)
    return isEqualJson(before, value) ? null : valuesOf(before, value)
  }
}

function readField(path: readonly string[], isWanted: (item: JournalRecord) => boolean): Read {
  return (draft, item, isFirst) => {
    const keeps = isWanted(item)
    // What is kept is not changed in place, neither by this record nor by the next.
    if (keeps) draft.owned.clear()
    const before = isFirst ? undefined : valueAt(draft.run, path)
    const isTouched = lookAtFields(draft, item, path[0] ?? null)
    advance(draft, item)
    const after = valueAt(draft.run, path)
    if (isFirst ? after === undefined : !isTouched(draft.run)) return null
    if (!keeps) return {}
    draft.owned.clear()
    return valuesOf(before, after)
  }
}

function valuesOf(before: Json | undefined, after: Json | undefined): Values {
  return {
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  }
}

function valueAt(run: Run, path: readonly string[]): Json | undefined {
  let found: Json | undefined = path.length === 0 ? comparableRun(run) : runAsJson(run)
  for (const token of path) {
    if (isList(found)) found = /^(?:0|[1-9]\d*)$/.test(token) ? found[Number(token)] : undefined
    else found = isRecord(found) ? ownValue(found, token) : undefined
  }
  return found
}
