import type { ChangeRow } from '../../shared/contract/compare.ts'
import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { Change } from '../../shared/core/diff/change.ts'
import { countChanges, diff } from '../../shared/core/diff/diff.ts'
import { isByChance } from '../../shared/core/diff/isByChance.ts'
import { outline, type Outline, type OutlineRow } from '../../shared/core/diff/outline.ts'
import { toPatch } from '../../shared/core/diff/toPatch.ts'
import { outlineUnder } from '../../shared/core/diff/under.ts'
import type { Json } from '../../shared/schema/json.ts'
import { throwIfCancelled } from '../../shared/cancel.ts'
import type { ServiceContext } from './context.ts'
import { areLarge, differenceBetween, readCompared } from './readSides.ts'
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
      .map((row) =>
        changeRow(isNarrowed ? { change: row.change } : row, { characters, print: found.print }),
      ),
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
  readonly print: (value: Json) => string
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
    const told = { rows, unchangedAfter: [] }
    return { outline: told, coarse, byChance: 0, isWhole: false, print: printed }
  }
  const { left: before, right: after, own, print } = await readCompared(context, input, signal)
  progress({ phase: 'comparing' })
  const all = diff(before, after, options)
  throwIfCancelled(signal, 'Comparing')
  const changes = input.steady
    ? all.changes.filter((change) => !isByChance(change, own))
    : all.changes
  const byChance = all.changes.length - changes.length
  const told = outline(before, after, changes)
  return { outline: told, coarse: all.coarse, byChance, isWhole: true, print }
}

function printed(value: Json): string {
  return JSON.stringify(value, null, 2)
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
  const { left, right, print } = await readCompared(context, input, signal)
  const operations = toPatch(left, diff(left, right, { keys: input.keys }).changes)
  const slice = sliceText(print([...operations]), input)
  return { ...slice, operations: operations.length }
}

/** How many values may be looked at before the rest is compared coarsely. */
const maxNodes = { usual: 1_000_000, longer: 50_000_000 } as const

const pageCharacters = 300_000

function changeRow(
  row: Pick<OutlineRow, 'change'> & Partial<OutlineRow>,
  { characters, print }: Pick<Found, 'print'> & { readonly characters: number },
): ChangeRow {
  const { change, unchangedBefore } = row
  const before = 'before' in change ? print(change.before) : null
  const after = 'after' in change ? print(change.after) : null
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
