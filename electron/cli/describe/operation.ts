import type { OperationEntry } from '../../../shared/contract/upkeep.ts'
import { whyNoUndo } from '../../../shared/core/operations/whyNoUndo.ts'
import type { SeenFile } from '../../../shared/schema/operation.ts'
import type { Mask } from '../createMask.ts'
import type { Paint } from '../text/paint.ts'
import { printable } from '../text/printable.ts'
import { time } from '../text/quantities.ts'
import { section, table } from '../text/table.ts'

export const outcomeColours = { done: 'green', failed: 'red', unfinished: 'yellow' } as const

export function byOf({ by, host }: Pick<OperationEntry, 'by' | 'host'>): string {
  return printable(host === null ? by : `${by} on ${host}`)
}

/** All that the log says of one operation. */
export function describeOperation(
  operation: OperationEntry,
  { paint, mask }: { readonly paint: Paint; readonly mask: Mask },
): readonly string[] {
  const { id, call, item, run, application, state, error, reason, undoes, undoneBy } = operation
  const why = whyNoUndo(operation)
  const facts: readonly (readonly [string, string | null])[] = [
    ['Operation', id],
    ['What', call],
    ['On', run === null || run === item ? item : `${item} (run ${run})`],
    ['Made', operation.made ?? null],
    ['Who', byOf(operation)],
    ['With', application === null ? null : `Unstuck ${application.version}, ${application.host}`],
    ['Why', reason ?? null],
    ['Requested', time(operation.requestedAt)],
    ['Observed', operation.observedAt === null ? 'nothing' : time(operation.observedAt)],
    ['Outcome', error === null ? state : `${state}: ${error.code}: ${mask.text(error.message)}`],
    ['Takes back', undoes ?? null],
    ['Taken back by', undoneBy],
    ['Before', seenText(operation.before)],
    ['After', seenText(operation.after)],
    ['To take it back', why ?? `unstuck undo --operation ${id ?? ''}`],
  ]
  const changes = (operation.changes ?? []).map(({ path, before, after }) => [
    printable(path),
    `${shownValue(mask, path, before)} → ${shownValue(mask, path, after)}`,
  ])
  return [
    ...table(
      facts.flatMap(([name, text]) =>
        text === null ? [] : [[paint('bold', name), printable(text)]],
      ),
    ),
    ...section('Changes', table(changes)),
  ]
}

/** As a screen shows it. */
export function shownValue(mask: Mask, path: string, value: string | null): string {
  return value === null ? 'nothing' : printable(mask.value(path, value))
}

function seenText(seen: SeenFile | undefined): string | null {
  if (seen === undefined) return null
  const said = [
    ...(seen.status === null ? [] : [seen.status]),
    ...(seen.seq === null ? [] : [`record ${seen.seq}`]),
    seen.digest ?? 'not there',
  ]
  return `${seen.path}: ${said.join(', ')}`
}
