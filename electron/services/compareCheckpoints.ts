import type { ChangeRow } from '../../shared/contract/compare.ts'
import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import { comparableRun as comparable } from '../../shared/core/diff/blame.ts'
import type { Change } from '../../shared/core/diff/change.ts'
import { countChanges, diff } from '../../shared/core/diff/diff.ts'
import { ownNames } from '../../shared/core/diff/firstDivergence.ts'
import { isByChance } from '../../shared/core/diff/isByChance.ts'
import { outline, type Outline, type OutlineRow } from '../../shared/core/diff/outline.ts'
import { toPatch } from '../../shared/core/diff/toPatch.ts'
import { outlineUnder } from '../../shared/core/diff/under.ts'
import { throwIfCancelled } from '../../shared/cancel.ts'
import type { ServiceContext } from './context.ts'
import { areLarge, differenceBetween, readSides } from './readSides.ts'
import { sliceText } from './sliceText.ts'

/** What differs between two states, a page at a time. The journal's own bookkeeping is left out. */
export async function compareCheckpoints(
  context: ServiceContext,
  input: HandlerInput<'checkpoint.compare'>,
  { signal, progress }: HandlerOptions<'checkpoint.compare'>,
): Promise<CallOutput<'checkpoint.compare'>> {
  const found = await findChanges(context, input, { signal, progress })
  const told = outlineUnder(found.outline, input.under)
  const isNarrowed = input.kinds.length > 0 || !found.isWhole
  const rows = isNarrowed
    ? told.rows.filter(({ change }) => isOfKind(change, input.kinds))
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
    ...(input.steady ? { byChance: found.byChance } : {}),
  }
}

type Found = {
  readonly outline: Outline
  readonly coarse: boolean
  readonly byChance: number
  /** False where it is not known what lies unchanged between the changes. */
  readonly isWhole: boolean
}

async function findChanges(
  context: ServiceContext,
  input: HandlerInput<'checkpoint.compare'>,
  { signal, progress }: HandlerOptions<'checkpoint.compare'>,
): Promise<Found> {
  const options = { maxNodes: maxNodes[input.effort], keys: input.keys }
  progress({ phase: 'reading' })
  if (!input.steady && (await areLarge(context, input))) {
    const { changes, coarse } = await differenceBetween(context, input, options)
    throwIfCancelled(signal, 'Comparing')
    const rows = changes.map((change) => ({ change, unchangedBefore: [] }))
    return { outline: { rows, unchangedAfter: [] }, coarse, byChance: 0, isWhole: false }
  }
  const runs = await readSides(context, input, signal)
  progress({ phase: 'comparing' })
  const [before, after] = [comparable(runs.left), comparable(runs.right)]
  const all = diff(before, after, options)
  throwIfCancelled(signal, 'Comparing')
  const own = ownNames(runs)
  const changes = input.steady
    ? all.changes.filter((change) => !isByChance(change, own))
    : all.changes
  const byChance = all.changes.length - changes.length
  const told = outline(before, after, changes)
  return { outline: told, coarse: all.coarse, byChance, isWhole: true }
}

function isOfKind({ kind }: Change, kinds: readonly Change['kind'][]): boolean {
  return kinds.length === 0 || kinds.includes(kind)
}

/** The same as an RFC 6902 patch. */
export async function patchBetween(
  context: ServiceContext,
  input: HandlerInput<'checkpoint.patch'>,
  { signal }: HandlerOptions<'checkpoint.patch'>,
): Promise<CallOutput<'checkpoint.patch'>> {
  const { left, right } = await readSides(context, input, signal)
  const before = comparable(left)
  const operations = toPatch(before, diff(before, comparable(right), { keys: input.keys }).changes)
  const slice = sliceText(JSON.stringify(operations, null, 2), input)
  return { ...slice, operations: operations.length }
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
