// What a search of the state found of each document, kept while the document is as it was.
import type { StateCondition } from '../../../shared/schema/runCondition.ts'
import type { RowTable } from './rowTable.ts'

/** `unread`: it cannot be said, because the document could not be read. */
export type Verdict = 'fits' | 'other' | 'unread'

export type Verdicts = {
  /** Null: it is not known, or the document changed since. */
  readonly at: (place: number) => Verdict | null
  readonly put: (place: number, verdict: Verdict) => void
}

export type StateSearches = {
  /** The verdicts on these conditions, those of before among them. */
  readonly of: (rows: RowTable, conditions: readonly StateCondition[]) => Verdicts
}

type Kept = { readonly key: string; readonly rows: RowTable; readonly verdicts: Verdicts }

export function createStateSearches(): StateSearches {
  let kept: readonly Kept[] = []
  return {
    of: (rows, conditions) => {
      const key = JSON.stringify(conditions)
      // Another table has other places.
      const sound = kept.filter((one) => one.rows === rows)
      const known = sound.find((one) => one.key === key) ?? {
        key,
        rows,
        verdicts: createVerdicts(rows),
      }
      kept = [known, ...sound.filter((one) => one !== known)].slice(0, searchesKept)
      return known.verdicts
    },
  }
}

const searchesKept = 3
const codes: readonly (Verdict | null)[] = [null, 'fits', 'other', 'unread']

function createVerdicts(rows: RowTable): Verdicts {
  let told = new Uint8Array(rows.save().rows)
  let stamps = new Float64Array(told.length)
  let documents = new Int32Array(told.length)
  const grow = (place: number): void => {
    if (place < told.length) return
    const size = Math.max(place + 1, Math.ceil(told.length * 1.5))
    const [before, beforeStamps, beforeDocuments] = [told, stamps, documents]
    told = new Uint8Array(size)
    stamps = new Float64Array(size)
    documents = new Int32Array(size)
    told.set(before)
    stamps.set(beforeStamps)
    documents.set(beforeDocuments)
  }
  return {
    at: (place) => {
      const { columns } = rows.save()
      const isSame =
        stamps[place] === columns.stamp[place] && documents[place] === columns.document[place]
      return isSame ? (codes[told[place] ?? 0] ?? null) : null
    },
    put: (place, verdict) => {
      grow(place)
      const { columns } = rows.save()
      told[place] = codes.indexOf(verdict)
      stamps[place] = columns.stamp[place] ?? 0
      documents[place] = columns.document[place] ?? 0
    },
  }
}
