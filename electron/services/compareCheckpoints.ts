import type { ChangeRow } from '../../shared/contract/compare.ts'
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { Change } from '../../shared/core/diff/change.ts'
import { countChanges, diff } from '../../shared/core/diff/diff.ts'
import { toPatch } from '../../shared/core/diff/toPatch.ts'
import { under } from '../../shared/core/diff/under.ts'
import type { ServiceContext } from './context.ts'
import { differenceBetween, readSides } from './readSides.ts'

/** What differs between two states, a page at a time. The journal's own bookkeeping is left out. */
export async function compareCheckpoints(
  context: ServiceContext,
  input: HandlerInput<'checkpoint.compare'>,
): Promise<CallOutput<'checkpoint.compare'>> {
  const { changes, coarse } = await differenceBetween(context, input, { keys: input.keys })

  const matching = under(changes, input.under)
  const page = matching.slice(input.offset, input.offset + input.limit)
  const characters = Math.min(8192, Math.floor(pageCharacters / (2 * input.limit)))

  return {
    changes: page.map((change) => changeRow(change, characters)),
    total: matching.length,
    counts: countChanges(matching),
    coarse,
  }
}

/** The same as an RFC 6902 patch. */
export async function patchBetween(
  context: ServiceContext,
  input: HandlerInput<'checkpoint.patch'>,
): Promise<CallOutput<'checkpoint.patch'>> {
  const { left, right } = await readSides(context, input)
  const operations = toPatch(left, diff(left, right, { keys: input.keys }).changes)
  return { text: JSON.stringify(operations, null, 2), operations: operations.length }
}

const pageCharacters = 300_000

function changeRow(change: Change, characters: number): ChangeRow {
  const before = 'before' in change ? JSON.stringify(change.before, null, 2) : null
  const after = 'after' in change ? JSON.stringify(change.after, null, 2) : null
  return {
    kind: change.kind,
    path: change.path,
    from: change.kind === 'moved' ? change.from : null,
    before: before?.slice(0, characters) ?? null,
    after: after?.slice(0, characters) ?? null,
    truncated: Math.max(before?.length ?? 0, after?.length ?? 0) > characters,
  }
}
