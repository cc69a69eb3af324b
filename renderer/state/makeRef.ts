import type { Ref } from '../../shared/contract/call.ts'
import type { FormatId } from '../../shared/schema/format.ts'

/** What a route means in the open workspace. */
export function makeRef(
  workspace: string,
  document: string,
  format: FormatId,
  item: string | null = null,
): Ref {
  return { workspace, format, document, item }
}

/** True where the run has a journal: its past can be read. */
export function isNative({ format }: Ref): boolean {
  return format === 'unstuck'
}
