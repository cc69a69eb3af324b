import type { Sha256 } from '../../../schema/digest.ts'
import { pointer } from '../../../schema/pointer.ts'
import { textFinding } from '../../codec/headFinding.ts'
import type { Finding, Severity } from '../../integrity/finding.ts'
import { nodeAt, type TextNode } from '../text/parseText.ts'
import { isLog, isState } from './documentKind.ts'
import { eventFindings, looseLineFindings } from './eventFindings.ts'
import type { FileStore } from './fileStore.ts'
import { sideFindings } from './sideFindings.ts'
import { stateFindings } from './stateFindings.ts'
import { storeFindings } from './storeFindings.ts'

/** What one rule says. `path` is a place in the document; null where the place is in another file, or in none. */
export type Breach = {
  readonly rule: string
  readonly severity: Severity
  readonly sentence: string
  readonly path: readonly string[] | null
  readonly remedy: string | null
}

/** Everything that the rules of this format say of a document and of what lies beside it. */
export function findingsOf(store: FileStore, sha256: Sha256): readonly Finding[] {
  const { set, text, parsed, kind } = store
  if (kind === 'other') return []
  if (!set.texts.has(set.document)) return [unreadable(store)]
  if (isLog(kind)) return looseLineFindings(text, kind)
  const root = parsed.kind === 'ok' ? parsed.root : null
  const own = parsed.kind === 'broken' ? [brokenFinding(text, parsed.flaw)] : []
  const breaches = [
    ...(root === null
      ? []
      : isState(kind)
        ? stateFindings(store, root, sha256)
        : sideFindings(kind, root, sha256)),
    ...(isState(kind) ? storeFindings(store) : []),
    ...eventFindings(store),
  ]
  return [...own, ...breaches.map((breach) => findingOf(text, root, breach))]
}

function findingOf(text: string, root: TextNode | null, breach: Breach): Finding {
  const { path, ...rest } = breach
  return textFinding(text, {
    ...rest,
    file: 'document',
    index: path === null || root === null ? null : placeOf(root, path),
    pointer: path === null ? null : pointer(...path),
  })
}

/** Where the value begins; where nothing stands there, the object that lacks it. */
function placeOf(root: TextNode, path: readonly string[]): number {
  return (nodeAt(root, path) ?? nodeAt(root, path.slice(0, -1)) ?? root).start
}

/** [F55] */
function brokenFinding(
  text: string,
  flaw: { readonly index: number; readonly sentence: string },
): Finding {
  const isEmpty = text.trim() === ''
  const isShort = !isEmpty && text.length < leastBytes
  const sentence = isEmpty
    ? 'The file is empty.'
    : `It is no JSON, as when a write was cut short. ${flaw.sentence}${isShort ? ` Its reader refuses any file below ${leastBytes} bytes.` : ''}`
  return textFinding(text, {
    rule: 'F55',
    severity: 'error',
    sentence,
    file: 'document',
    index: flaw.index,
    pointer: null,
    remedy:
      'Take the copy in history or an older snapshot: its own loader does not, it only fails.',
  })
}

export const leastBytes = 50

/** [F55] */
function unreadable({ set }: FileStore): Finding {
  const isPacked = set.document.endsWith('.gz')
  return textFinding('', {
    rule: 'F55',
    severity: 'error',
    sentence: isPacked
      ? 'It cannot be unpacked: the file is cut or damaged, and its own loader ends with an error.'
      : 'It cannot be read as text.',
    file: 'document',
    index: null,
    pointer: null,
    remedy: 'Take the copy in history or an older snapshot.',
  })
}
