import type { ChangeRow } from '../../shared/contract/compare.ts'
import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import { comparableRun } from '../../shared/core/diff/blame.ts'
import type { Change } from '../../shared/core/diff/change.ts'
import { countChanges, diff } from '../../shared/core/diff/diff.ts'
import { ownNames } from '../../shared/core/diff/firstDivergence.ts'
import { isByChance } from '../../shared/core/diff/isByChance.ts'
import { outline, type OutlineRow } from '../../shared/core/diff/outline.ts'
import { toPatch } from '../../shared/core/diff/toPatch.ts'
import { outlineUnder } from '../../shared/core/diff/under.ts'
import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import type { Json } from '../../shared/schema/json.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import { readRunState } from './readState.ts'
import { sliceText } from './sliceText.ts'

type Sides = Pick<HandlerInput<'checkpoint.compare'>, 'left' | 'right'>

/** What differs between two states, a page at a time. The journal's own bookkeeping is left out. */
export async function compareCheckpoints(
  context: ServiceContext,
  input: HandlerInput<'checkpoint.compare'>,
  { signal, progress }: HandlerOptions<'checkpoint.compare'>,
): Promise<CallOutput<'checkpoint.compare'>> {
  progress({ phase: 'reading' })
  const runs = await readSides(context, input, signal)
  progress({ phase: 'comparing' })

  const { before, after } = comparable(runs)
  const found = diff(before, after, { maxNodes: maxNodes[input.effort] })
  throwIfCancelled(signal, 'Comparing')
  const own = ownNames(runs)
  const changes = input.steady
    ? found.changes.filter((change) => !isByChance(change, own))
    : found.changes
  const told = outlineUnder(outline(before, after, changes), input.under)
  const isNarrowed = input.kinds.length > 0
  const rows = isNarrowed
    ? told.rows.filter(({ change }) => input.kinds.includes(change.kind))
    : told.rows

  const end = input.offset + input.limit
  const characters = Math.min(8192, Math.floor(pageCharacters / (2 * input.limit)))
  const isLast = !isNarrowed && end >= rows.length
  return {
    changes: rows
      .slice(input.offset, end)
      .map((row) => changeRow(isNarrowed ? { change: row.change } : row, characters)),
    total: rows.length,
    counts: countChanges(told.rows.map(({ change }) => change)),
    coarse: found.coarse,
    ...(isLast ? { unchangedAfter: [...told.unchangedAfter] } : {}),
    ...(input.steady ? { byChance: found.changes.length - changes.length } : {}),
  }
}

/** The same as an RFC 6902 patch. */
export async function patchBetween(
  context: ServiceContext,
  input: HandlerInput<'checkpoint.patch'>,
  { signal }: HandlerOptions<'checkpoint.patch'>,
): Promise<CallOutput<'checkpoint.patch'>> {
  const { before, after } = comparable(await readSides(context, input, signal))
  const operations = toPatch(before, diff(before, after).changes)
  const slice = sliceText(JSON.stringify(operations, null, 2), input)
  return { ...slice, operations: operations.length }
}

export async function readSides(
  context: ServiceContext,
  sides: Sides,
  signal: CancelSignal,
): Promise<{ readonly left: Run; readonly right: Run }> {
  const [left, right] = await Promise.all([
    readRunState(context, sides.left),
    readRunState(context, sides.right),
  ])
  throwIfCancelled(signal, 'Comparing')
  return { left, right }
}

/** Without what every record changes by itself: the list of checkpoints, the place in the journal, the last change. */
function comparable({ left, right }: { readonly left: Run; readonly right: Run }): {
  readonly before: Json
  readonly after: Json
} {
  return { before: comparableRun(left), after: comparableRun(right) }
}

/** How many values may be looked at before the rest is compared coarsely. */
const maxNodes = { usual: 1_000_000, longer: 50_000_000 } as const

const pageCharacters = 300_000

function changeRow(
  row: Pick<OutlineRow, 'change'> & Partial<OutlineRow>,
  characters: number,
): ChangeRow {
  const { change, unchangedBefore } = row
  const before = 'before' in change ? JSON.stringify(change.before, null, 2) : null
  const after = 'after' in change ? JSON.stringify(change.after, null, 2) : null
  return {
    kind: change.kind,
    ...placeOf(change),
    before: before?.slice(0, characters) ?? null,
    after: after?.slice(0, characters) ?? null,
    truncated: Math.max(before?.length ?? 0, after?.length ?? 0) > characters,
    ...(unchangedBefore === undefined ? {} : { unchangedBefore: [...unchangedBefore] }),
  }
}

function placeOf(change: Change): Pick<ChangeRow, 'path' | 'from'> {
  if (change.kind === 'moved') return { path: change.path, from: change.from }
  if (change.kind === 'changed' && change.to !== undefined)
    return { path: change.to, from: change.path }
  return { path: change.path, from: null }
}
