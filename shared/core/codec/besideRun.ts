import { compare } from '../../schema/compare.ts'
import { HeadDocument } from '../../schema/head.ts'
import type { Run } from '../../schema/run.ts'

const ownKeys = Object.keys(HeadDocument.shape)

/** Where a run carries what its head has beside it, so that the next head has it too. */
const key = 'besideRun'

/** The run of a head, with the keys beside it that this version does not know. */
export function takeBeside(document: HeadDocument): Run {
  const unknown = Object.entries(document).filter(([name]) => !ownKeys.includes(name))
  return unknown.length === 0
    ? document.run
    : { ...document.run, [key]: Object.fromEntries(unknown) }
}

/** The run as it stands in a head, and what stands beside it, by name. */
export function putBeside(run: Run): {
  readonly run: Run
  readonly beside: readonly (readonly [string, unknown])[]
} {
  const { [key]: kept, ...rest } = run
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return { run, beside: [] }
  const beside = Object.entries(kept).toSorted(([one], [other]) => compare(one, other))
  const isOurs = beside.length > 0 && beside.every(([name]) => !ownKeys.includes(name))
  return isOurs ? { run: rest, beside } : { run, beside: [] }
}
