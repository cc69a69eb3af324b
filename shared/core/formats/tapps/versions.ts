import { member, stringOf } from '../text/parseText.ts'
import { isState } from './documentKind.ts'
import type { FileStore } from './fileStore.ts'
import { isFirstVersion } from './stateFindings.ts'

/** Its loader goes by the description alone: it says which version the newest snapshot has, and older ones are judged by it. */
export function versionOf({ kind, meta, own, parsed }: FileStore): {
  readonly version: string | null
  readonly isOld: boolean
} {
  if (!isState(kind)) {
    const stated = parsed.kind === 'ok' ? stringOf(member(parsed.root, 'version')) : null
    return { version: stated, isOld: false }
  }
  const { root } = own
  if (root === null) return { version: null, isOld: false }
  const described = kind === 'snapshot' ? (meta?.description?.version ?? null) : null
  const stated = described ?? stringOf(member(root, 'version'))
  if (isFirstVersion(root)) return { version: '1.0', isOld: true }
  return { version: stated, isOld: stated === '1.0' }
}
