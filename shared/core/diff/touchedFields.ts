// Whether a record changed a field of a run, told from what the record touched and not from all that is in the field.
import type { JournalRecord } from '../../schema/journal.ts'
import type { Json } from '../../schema/json.ts'
import { runAsJson, type Run } from '../../schema/run.ts'
import type { Draft } from '../run/draft.ts'
import { isEqualJson, isList, isRecord, ownValue, type JsonRecord } from './jsonShape.ts'

/**
 * To be asked before a record is applied to the draft; what it returns is asked afterwards. The field null stands for all,
 * without those that every record changes by itself.
 */
export function lookAtFields(
  draft: Draft,
  item: JournalRecord,
  field: string | null,
): (after: Run) => boolean {
  const names = touchedBy(item)
  // Without a container of its own the draft makes another one, which is compared with the first.
  if (names === null) draft.owned.clear()
  const before = fieldsOf(draft.run)
  const asked = field === null ? Object.keys(before).filter(isComparable) : [field]
  const looks = asked.map((key) => ({ key, look: lookAt(ownValue(before, key), names ?? []) }))
  return (run) => {
    const after = fieldsOf(run)
    const isMore = field === null && Object.keys(after).some((key) => !Object.hasOwn(before, key))
    return isMore || looks.some(({ key, look }) => look(ownValue(after, key)))
  }
}

/** Entries of containers that it changes in place; lists only grow. Null: it may be any. */
function touchedBy(item: JournalRecord): readonly string[] | null {
  if (item.kind === 'unknown') return []
  const { record } = item
  switch (record.type) {
    case 'stepStarted':
    case 'stepSucceeded':
    case 'stepFailed':
    case 'stepSkipped':
    case 'stepCancelled':
    case 'retryScheduled':
    case 'gateDecided':
    case 'decision':
      return [record.step]
    case 'stepWaiting':
      return record.items === undefined ? [record.step] : null
    case 'variableSet':
      return [record.name]
    case 'variablesChanged':
      return [...record.set.map(({ name }) => name), ...record.removed]
    case 'checkpoint':
    case 'annotated':
      return []
    default:
      return null
  }
}

function lookAt(
  before: Json | undefined,
  names: readonly string[],
): (after: Json | undefined) => boolean {
  const length = isList(before) ? before.length : 0
  const record = isRecord(before) ? before : {}
  const values = names.map((name) => ownValue(record, name))
  return (after) => {
    if (before !== after) return !isEqualJson(before, after)
    if (isList(after)) return after.length !== length
    return (
      isRecord(after) &&
      names.some((name, index) => !isEqualJson(values[index], ownValue(after, name)))
    )
  }
}

function fieldsOf(run: Run): JsonRecord {
  const fields = runAsJson(run)
  return isRecord(fields) ? fields : {}
}

function isComparable(field: string): boolean {
  return field !== 'journal' && field !== 'checkpoints' && field !== 'updatedAt'
}
