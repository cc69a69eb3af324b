import { diff } from '../../../../../shared/core/diff/diff.ts'
import { toPatch } from '../../../../../shared/core/diff/toPatch.ts'
import { mendState } from '../../../../../shared/core/repair/state/mendState.ts'
import { runAsJson, type Run } from '../../../../../shared/schema/run.ts'

export function mend(run: Run, rejected: readonly string[] = [], now: string | null = null) {
  return mendState(run, { rejected: new Set(rejected), now })
}

/** Every fix with what it says, and every value that changes. */
export function told(before: Run, { run, fixes }: ReturnType<typeof mendState>): readonly string[] {
  const said = fixes.flatMap(({ id, rule, confidence, pointer, sentence, reason, needs }) => [
    `${id} ${rule} ${confidence} ${pointer}: ${sentence}`,
    reason,
    ...(needs.length === 0 ? [] : [`needs ${needs.join(' ')}`]),
  ])
  const changed = toPatch(runAsJson(before), diff(runAsJson(before), runAsJson(run)).changes)
  const values = changed.map((one) =>
    'value' in one ? `${one.op} ${one.path} ${JSON.stringify(one.value)}` : `${one.op} ${one.path}`,
  )
  return [...said, ...values].map(String)
}
