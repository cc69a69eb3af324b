import type { Sha256 } from '../../../schema/digest.ts'
import type { FileSet } from '../format.ts'
import { member, type TextObject } from '../text/parseText.ts'
import { isUnsigned, matchingForm, stepChecksum, taskChecksum } from './checksums.ts'
import { isLog, isState, knownDocument, type DocumentKind } from './documentKind.ts'
import { baseOf, isCopy, isTemporary, stateName } from './names.ts'
import { parseState, type ParsedState } from './parseState.ts'
import { stateFields, textOf, type StateFields } from './stateFields.ts'

/** One state of the workflow: what stands in a file, and whether the engine would take it. */
export type StateFile = {
  readonly path: string
  readonly name: string
  /** Null: it could not be read or unpacked. */
  readonly text: string | null
  readonly stamp: string | null
  readonly isCopy: boolean
  readonly isTemporary: boolean
  readonly root: TextObject | null
  readonly fields: StateFields | null
  /** Why the engine refuses it; null when it takes it. */
  readonly refusal: string | null
}

export function stateFile(
  path: string,
  {
    set,
    workflow,
    sha256,
  }: { readonly set: FileSet; readonly workflow: string | null; readonly sha256: Sha256 },
): StateFile {
  const named = stateName(path)
  const text = set.texts.get(path) ?? null
  const parsed = text === null ? null : parseState(text)
  const root = parsed?.kind === 'ok' ? parsed.root : null
  return {
    path,
    name: baseOf(path),
    text,
    // An id that ends in a time looks like a stamp: then it is no snapshot.
    stamp: workflow === null || named?.workflow === workflow ? (named?.stamp ?? null) : null,
    isCopy: isCopy(path),
    isTemporary: isTemporary(path),
    root,
    fields: root === null ? null : stateFields(root),
    refusal:
      text === null || parsed === null
        ? 'It cannot be read.'
        : refusalIn(parsed, knownDocument(path, text).kind, sha256),
  }
}

function refusalIn(parsed: ParsedState, kind: DocumentKind, sha256: Sha256): string | null {
  if (isLog(kind)) return null
  if (parsed.kind === 'broken') return `It is no JSON: ${parsed.flaw.sentence}`
  return isState(kind) ? refusalOf(parsed.root, sha256) : sideRefusal(parsed.root, sha256)
}

/** The words that its loader takes; `blocked` is written by one of its executors and taken by none. */
export const loadable: readonly string[] = ['running', 'paused', 'completed', 'failed']

/** Why the loader of this engine refuses a state; null when it takes it. */
export function refusalOf(root: TextObject, sha256: Sha256): string | null {
  const missing = ['workflow_id', 'started_at', 'status'].find(
    (key) => !root.members.some((one) => one.key === key),
  )
  if (missing !== undefined) return `${missing} is missing.`
  const status = textOf(root, 'status')
  if (status === null || !loadable.includes(status))
    return `The status ${status === null ? 'is none' : `"${status}" is none that it takes`}.`
  if (isUnsigned(root, '_checksum') || matchingForm(root, sha256) !== null) return null
  return 'Its checksum is not that of what stands in it.'
}

/** Of a step's or a task's checkpoint; other stores have nothing that could be verified. */
export function sideRefusal(root: TextObject, sha256: Sha256): string | null {
  if (isUnsigned(root, 'checksum') || member(root, 'metadata') === null) return null
  const stated = textOf(root, 'checksum')
  if (stepChecksum(root, sha256) === stated || taskChecksum(root, sha256) === stated) return null
  return 'Its checksum is not that of what stands in it.'
}
