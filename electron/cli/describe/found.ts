import type { CallOutput } from '../../../shared/contract/contract.ts'
import type { StepUse } from '../../../shared/contract/reading.ts'
import { printable } from '../text/printable.ts'
import { table } from '../text/table.ts'

export function describeMatches({ matches, next }: CallOutput<'state.search'>): readonly string[] {
  if (matches.length === 0) return ['Nothing in the state holds it.']
  const rows = matches.map(({ node, excerpt }) => [
    printable(node.pointer),
    node.type,
    printable(excerpt ?? node.preview),
  ])
  return [...table(rows), ...(next === null ? [] : ['There is more: --limit.'])]
}

export function describeLines(matches: CallOutput<'log.search'>['matches']): readonly string[] {
  if (matches.length === 0) return ['No log of this run holds it.']
  return matches.map(
    ({ step, attempt, line, text }) => `${step}.${attempt}:${line}: ${printable(text)}`,
  )
}

export function describeUses({ reads, writes }: CallOutput<'step.uses'>): readonly string[] {
  return table([...reads.map(rowOf('reads')), ...writes.map(rowOf('writes'))])
}

function rowOf(does: string): (use: StepUse) => readonly string[] {
  return ({ kind, name, pointer, value }) => [
    does,
    kind,
    printable(name),
    printable(pointer ?? ''),
    printable(value?.preview ?? 'nothing yet'),
  ]
}
