import { jsonrepair } from 'jsonrepair'
import { readFileSync } from 'node:fs'
import { salvage } from '../../../shared/core/repair/salvage/salvage.ts'
import { makeAnyDocuments } from '../diff/anyDocuments.ts'
import { paired } from '../paired.ts'
import type { BenchRow, Measured } from '../row.ts'

const sizes = [10, 50] as const

/** A document cut at 90 % of its length: what is certain of it, beside reading it whole and beside another mender. */
export const salvageRows: readonly BenchRow[] = [
  ...sizes.map((megabytes): BenchRow => ({
    id: `salvage-${megabytes}`,
    what: `a document of ${megabytes} MB cut at 90 %, salvaged`,
    peer: 'JSON.parse of the whole',
    goal: { atMost: 2 },
    measure: () => besideParse(megabytes),
  })),
  ...sizes.map((megabytes): BenchRow => ({
    id: `salvage-jsonrepair-${megabytes}`,
    what: `a document of ${megabytes} MB cut at 90 %, salvaged`,
    peer: 'jsonrepair',
    goal: { atMost: 0.12 },
    measure: () => besideRepair(megabytes),
  })),
  {
    id: 'salvage-wrong',
    what: 'truncation points of a head of a run at which a value is made up: ours',
    peer: 'none',
    goal: { exactly: 0 },
    measure: async () => wrongAt('salvage', (text) => salvage(text).text),
  },
  {
    id: 'salvage-wrong-jsonrepair',
    what: 'truncation points of a head of a run at which a value is made up, of all: theirs',
    peer: 'jsonrepair',
    goal: { shown: true },
    measure: async () => wrongAt('jsonrepair', repaired),
  },
]

function cutDocument(megabytes: number): { readonly whole: string; readonly cut: string } {
  const whole = makeAnyDocuments(megabytes * 1e6, 0).before
  return { whole, cut: whole.slice(0, Math.floor(whole.length * 0.9)) }
}

function besideParse(megabytes: number): Promise<Measured> {
  const { whole, cut } = cutDocument(megabytes)
  requireSalvaged(cut)
  return paired({
    rounds: megabytes > 20 ? 9 : 31,
    ours: async () => void salvage(cut),
    peer: async () => void JSON.parse(whole),
  })
}

function besideRepair(megabytes: number): Promise<Measured> {
  const { cut } = cutDocument(megabytes)
  requireSalvaged(cut)
  return paired({
    rounds: megabytes > 20 ? 2 : 5,
    ours: async () => void salvage(cut),
    peer: async () => void jsonrepair(cut),
  })
}

/** It has to be right before it may be quick. */
function requireSalvaged(cut: string): void {
  const { kind, text } = salvage(cut)
  if (kind !== 'salvaged' || text.length < cut.length * 0.999)
    throw new Error(`Of ${cut.length} characters ${text.length} were salvaged.`)
  JSON.parse(text)
}

/** Cut at every character: how often the result holds a value that the whole document does not. */
function wrongAt(name: string, mend: (text: string) => string): Measured {
  const whole = readFileSync(
    'test/fixtures/versions/3/deploy-20250102-101500.json',
    'utf8',
  ).trimEnd()
  const truth: unknown = JSON.parse(whole)
  let wrong = 0
  for (let cut = 1; cut < whole.length; cut += 1) {
    const text = mend(whole.slice(0, cut))
    if (text !== '' && !isPartOf(JSON.parse(text), truth)) wrong += 1
  }
  const detail = `${name}: ${wrong} of ${whole.length - 1} truncation points`
  return { ratio: wrong / (whole.length - 1), detail }
}

/** Values that are cut off are no lie, nor is an object or array that is empty; values that differ are. */
function isPartOf(part: unknown, whole: unknown): boolean {
  if (typeof part !== 'object' || part === null) return Object.is(part, whole)
  if (typeof whole !== 'object' || whole === null) return false
  if (Array.isArray(part) !== Array.isArray(whole)) return false
  const truth = new Map<string, unknown>(Object.entries(whole))
  return Object.entries(part).every(
    ([key, value]) => truth.has(key) && isPartOf(value, truth.get(key)),
  )
}

function repaired(text: string): string {
  try {
    return jsonrepair(text)
  } catch (error) {
    // Where it gives up it makes up nothing.
    if (error instanceof Error) return ''
    throw error
  }
}
