import type { BatchProgress } from '../../shared/contract/call.ts'
import { printable } from './text/printable.ts'

/** Says which item of a batch is at work. */
export function sayProgress(context: {
  readonly say: (line: string) => void
}): (progress: BatchProgress) => void {
  return ({ done, total, item }) => context.say(`${done} of ${total}  ${printable(item)}`)
}
