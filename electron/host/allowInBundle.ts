import type { CallName } from '../../shared/contract/contract.ts'
import { allowReads } from '../../shared/rpc/serve.ts'

/** In a bundle nothing is changed; who sits before the desktop application may still show something else, and take its runs there. */
export function allowInBundle({
  readOnly,
}: {
  readonly readOnly: boolean
}): (name: CallName) => boolean {
  return (name) => allowReads(name) || (!readOnly && elsewhere.has(name))
}

const elsewhere: ReadonlySet<CallName> = new Set([
  'workspace.open',
  'bundle.into.apply',
  'hosts.connect',
  'hosts.forget',
])
