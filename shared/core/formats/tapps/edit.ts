import type { FileChange, FileSet, FormatChange, FormatContext } from '../format.ts'
import { member, type TextObject } from '../text/parseText.ts'
import { patchText, type TextPatch } from '../text/patchText.ts'
import { pythonJson, pythonString } from '../text/pythonJson.ts'
import { isUnsigned, matchingForm, stateChecksum, stepChecksum, taskChecksum } from './checksums.ts'
import { describedAs } from './describedAs.ts'
import { isLog, isState } from './documentKind.ts'
import { openStore, type FileStore } from './fileStore.ts'
import { openText } from '../view/openText.ts'
import { parseState } from './parseState.ts'
import { textOf } from './stateFields.ts'
import { refusalOf } from './stateFile.ts'

/** [F80] [F81] [F82] */
export function edit(
  set: FileSet,
  patches: readonly TextPatch[],
  { sha256 }: FormatContext,
): FormatChange {
  const store = openStore(set, sha256)
  const problems = refusals(store, patches)
  if (problems.length > 0) return { kind: 'refused', problems }
  const patched = patchText(
    store.text,
    patches.map((patch) => asPython(patch, store.text)),
    'python',
  )
  if (patched.kind === 'refused') return { kind: 'refused', problems: [patched.problem] }
  if (patched.text === store.text) return { kind: 'ok', changes: [], notes: [] }
  const signed = signedText(store, patched.text, sha256)
  if (signed.kind === 'refused') return { kind: 'refused', problems: [signed.problem] }
  const { text, root } = signed
  return {
    kind: 'ok',
    changes: [{ path: set.document, text, why: 'the state' }, ...followers(store, text, root)],
    notes: notesOf(store, root, sha256),
  }
}

/** [F82] */
function refusals({ kind }: FileStore, patches: readonly TextPatch[]): readonly string[] {
  if (patches.length === 0) return []
  if (isLog(kind)) return ['A log is only ever added to: it is repaired, not edited.']
  const key = isState(kind) ? '_checksum' : 'checksum'
  const signs = isState(kind) || kind === 'step' || kind === 'task'
  if (signs && patches.some(({ path }) => path[0] === key))
    return [`/${key} cannot be changed: it is computed from what stands in the document.`]
  return []
}

/** A value as Python's `json.dumps` would have written it; the digits of a number stay as they were typed. */
function asPython(patch: TextPatch, text: string): TextPatch {
  if (patch.op === 'remove') return patch
  const value = openText(patch.value)
  if (value.kind === 'broken') return patch
  const { root } = value
  if (root.kind === 'scalar' && !root.lexeme.startsWith('"')) return patch
  const style = text.includes('\n') ? { indent: 2 } : {}
  return { ...patch, value: pythonJson(root, style) }
}

type Signed =
  | { readonly kind: 'ok'; readonly text: string; readonly root: TextObject }
  | { readonly kind: 'refused'; readonly problem: string }

/** [F81] The text with the checksum that its engine would have given it; one that had none gets none. */
export function signedText(
  { kind, workflow, parsed }: Pick<FileStore, 'kind' | 'workflow' | 'parsed'>,
  text: string,
  sha256: FormatContext['sha256'],
): Signed {
  const after = parseState(text)
  if (after.kind === 'broken')
    return { kind: 'refused', problem: `The change makes it no state: ${after.flaw.sentence}` }
  const { root } = after
  const before = parsed.kind === 'ok' ? parsed.root : null
  if (
    isState(kind) &&
    before !== null &&
    textOf(before, 'workflow_id') !== textOf(root, 'workflow_id')
  ) {
    const named = workflow === null ? '' : ` (${workflow})`
    return {
      kind: 'refused',
      problem: `/workflow_id cannot be changed: every file of the workflow is named after it${named}.`,
    }
  }
  const key = isState(kind) ? '_checksum' : 'checksum'
  if (isUnsigned(root, key) || !(isState(kind) || kind === 'step' || kind === 'task'))
    return { kind: 'ok', text, root }
  const form = before === null ? 'plain' : (matchingForm(before, sha256) ?? 'plain')
  const sum = isState(kind)
    ? stateChecksum(root, sha256, form)
    : kind === 'step'
      ? stepChecksum(root, sha256)
      : taskChecksum(root, sha256)
  if (sum === null)
    return {
      kind: 'refused',
      problem:
        'The checksum cannot be taken: completed_steps, skipped_steps and artifacts are lists of texts.',
    }
  const signed = patchText(
    text,
    [{ op: 'replace', path: [key], value: pythonString(sum) }],
    'python',
  )
  if (signed.kind === 'refused') return { kind: 'refused', problem: signed.problem }
  const again = parseState(signed.text)
  return again.kind === 'ok'
    ? { kind: 'ok', text: signed.text, root: again.root }
    : { kind: 'refused', problem: again.flaw.sentence }
}

/** [F81] What this engine writes together with the state: its copy in history, and its description when it is the one described. */
export function followers(store: FileStore, text: string, root: TextObject): readonly FileChange[] {
  const { own, states, kind, meta } = store
  if (!isState(kind) || kind === 'basic' || own.isCopy || own.isTemporary) return []
  const copy = states.find(
    ({ isCopy, isTemporary, name }) => isCopy && !isTemporary && name === own.name,
  )
  const copies = copy === undefined ? [] : [{ path: copy.path, text, why: 'its copy in history' }]
  if (meta?.description?.stateFile !== own.name) return copies
  const described = describedAs(meta.text, root)
  if (described === null || described === meta.text) return copies
  return [
    ...copies,
    { path: meta.path, text: described, why: 'its description: checksum, current step and count' },
  ]
}

function notesOf(
  store: FileStore,
  root: TextObject,
  sha256: FormatContext['sha256'],
): readonly string[] {
  const { own, kind, parsed, meta } = store
  const notes: string[] = []
  const before = parsed.kind === 'ok' ? parsed.root : null
  if (isState(kind)) {
    if (
      before !== null &&
      !isUnsigned(before, '_checksum') &&
      matchingForm(before, sha256) === null
    )
      notes.push(
        'Its checksum did not fit before: the new one is that of everything that stands in it now, also of what was changed before.',
      )
    if (before !== null && isUnsigned(before, '_checksum') && kind === 'snapshot')
      notes.push('It has no checksum, and gets none: its own loader verifies nothing.')
    const refusal = refusalOf(root, sha256)
    if (refusal !== null) notes.push(`Its own loader would refuse it: ${refusal}`)
    if (kind === 'snapshot' && !own.isCopy && meta?.parsed.kind === 'broken')
      notes.push('Its description is damaged and stays as it is: repair it.')
    if (own.isCopy)
      notes.push('Only this copy in history is changed, not the state that it is a copy of.')
  }
  if (kind === 'snapshot' && !own.isCopy)
    notes.push(
      'saved_at and last.json stay as they are: they say when and where this engine saved it, which is still so.',
    )
  if (
    before !== null &&
    member(before, 'metadata') !== null &&
    member(before, 'version') !== null &&
    kind === 'snapshot'
  )
    notes.push('metadata.checksum stays as it is: this engine does not read it.')
  return notes
}
