import fastJsonPatch from 'fast-json-patch'
import { create } from 'jsondiffpatch'
import microdiff from 'microdiff'
import { applyDiff } from '../../../shared/core/diff/applyDiff.ts'
import { diff } from '../../../shared/core/diff/diff.ts'
import { isEqualJson } from '../../../shared/core/diff/jsonShape.ts'
import type { Json } from '../../../shared/schema/json.ts'
import { makeAnyDocuments, type DocumentPair } from '../diff/anyDocuments.ts'
import { paired } from '../paired.ts'
import type { BenchRow, Measured } from '../row.ts'

const edits = 1000

/** Two JSON documents that no program of ours wrote: parsed and compared, beside parsing alone. */
export const diffAnyRows: readonly BenchRow[] = [
  ...[10, 50].map((megabytes): BenchRow => ({
    id: `diff-any-${megabytes}`,
    what: `two documents of ${megabytes} MB parsed and compared, ${edits} edits, inserts, moves, deletes`,
    peer: 'JSON.parse of both',
    goal: { atMost: 1.35 },
    measure: () => besideParse(megabytes),
  })),
  ...peers().map(({ name, compare }): BenchRow => ({
    id: `diff-${name}`,
    what: `two documents of 10 MB parsed and compared, ${edits} edits`,
    peer: name,
    goal: { shown: true },
    measure: () => besidePeer(compare),
  })),
]

type Compare = (before: Json, after: Json) => number

/** Each compares two values and says in how many operations. */
function peers(): readonly { readonly name: string; readonly compare: Compare }[] {
  const jsondiffpatch = create({
    objectHash: (item) => ('id' in item ? String(item.id) : JSON.stringify(item)),
  })
  return [
    {
      name: 'microdiff',
      compare: (one, other) => microdiff(asRecord(one), asRecord(other)).length,
    },
    {
      name: 'jsondiffpatch',
      compare: (one, other) => countDelta(jsondiffpatch.diff(one, other)),
    },
    {
      name: 'fast-json-patch',
      compare: (one, other) => fastJsonPatch.compare(asRecord(one), asRecord(other)).length,
    },
  ]
}

function asRecord(value: Json): Record<string, unknown> {
  return value as Record<string, unknown> // the documents of the bench are objects
}

/** An operation of jsondiffpatch is a list: what it was and what it is. */
function countDelta(delta: unknown): number {
  if (Array.isArray(delta)) return 1
  if (typeof delta !== 'object' || delta === null) return 0
  return Object.values(delta).reduce((sum: number, inside) => sum + countDelta(inside), 0)
}

async function besideParse(megabytes: number): Promise<Measured> {
  const pair = makeAnyDocuments(megabytes * 1e6, edits)
  const operations = checkedOperations(pair)
  const measured = await paired({
    rounds: megabytes > 20 ? 7 : 25,
    ours: async () => void diff(JSON.parse(pair.before), JSON.parse(pair.after)),
    peer: async () => parseBoth(pair),
  })
  if ('missing' in measured) return measured
  const detail = `${measured.detail}; ${operations} operations for ${edits} edits`
  return { ...measured, detail }
}

async function besidePeer(compare: Compare): Promise<Measured> {
  const pair = makeAnyDocuments(10e6, edits)
  let operations = 0
  const measured = await paired({
    rounds: 3,
    ours: async () => void diff(JSON.parse(pair.before), JSON.parse(pair.after)),
    peer: async () => {
      operations = compare(JSON.parse(pair.before), JSON.parse(pair.after))
    },
  })
  if ('missing' in measured) return measured
  return { ...measured, detail: `${measured.detail}; theirs in ${operations} operations` }
}

/** The comparison has to be right before it may be quick. */
function checkedOperations(pair: DocumentPair): number {
  const [before, after]: [Json, Json] = [JSON.parse(pair.before), JSON.parse(pair.after)]
  const { changes, coarse } = diff(before, after)
  if (coarse || changes.length > pair.edits)
    throw new Error(`${changes.length} operations were found for ${pair.edits} edits.`)
  if (!isEqualJson(applyDiff(before, changes), after))
    throw new Error('The operations do not make the later document.')
  return changes.length
}

function parseBoth(pair: DocumentPair): void {
  JSON.parse(pair.before)
  JSON.parse(pair.after)
}
