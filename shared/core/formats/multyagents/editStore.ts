import type { FileSet, FormatChange } from '../format.ts'
import type { TextPatch } from '../text/patchText.ts'
import { patchAsPython } from '../view/patchAsPython.ts'
import { openStore } from './storeDocument.ts'
import { storeBreaches } from './readStore.ts'

/** One line, ASCII, keys in order: the whole store is written so with every change. */
export const storeStyle = { sortKeys: true, ensureAscii: true }

/** [F161, F162] Changes of a store as multyagents would have written them; what would stop the API is refused. */
export function editStore(set: FileSet, patches: readonly TextPatch[]): FormatChange {
  const text = set.texts.get(set.document)
  if (text === undefined) return refused(`${set.document} could not be read.`)
  if (patches.length === 0) return { kind: 'ok', changes: [], notes: [] }
  if (openStore(text).kind === 'broken') {
    return refused('A broken store is repaired, not edited.')
  }
  const patched = patchAsPython(text, patches, storeStyle)
  if (patched.kind === 'refused') return refused(patched.problem)
  const problems = newErrors(text, patched.text)
  if (problems.length > 0) return { kind: 'refused', problems }
  if (patched.text === text) return { kind: 'ok', changes: [], notes: [] }
  return {
    kind: 'ok',
    changes: [{ path: set.document, text: patched.text, why: 'the store' }],
    notes: [
      'An API that runs has the store in memory: stop it first, or its next write takes the edit back.',
    ],
  }
}

function refused(problem: string): FormatChange {
  return { kind: 'refused', problems: [problem] }
}

function newErrors(before: string, after: string): readonly string[] {
  const known = new Set(errorsOf(before))
  return errorsOf(after).filter((sentence) => !known.has(sentence))
}

function errorsOf(text: string): readonly string[] {
  const opened = openStore(text)
  if (opened.kind === 'broken') return []
  return storeBreaches(opened.store, null)
    .filter(({ severity }) => severity === 'error')
    .map(({ sentence }) => sentence)
}
