import type { FileSet, FormatChange } from '../format.ts'
import { patchText, type TextPatch } from '../text/patchText.ts'
import { openSnapshot } from './snapshot.ts'
import { snapshotFindings } from './snapshotFindings.ts'

/** [F178] The patches and nothing else; what would then be no result any more is refused. */
export function editSnapshot(set: FileSet, patches: readonly TextPatch[]): FormatChange {
  const opened = openSnapshot(set)
  if (opened.kind === 'broken')
    return { kind: 'refused', problems: [`The snapshot cannot be edited. ${opened.sentence}`] }
  const { text } = opened.read
  const patched = patchText(text, patches)
  if (patched.kind === 'refused') return { kind: 'refused', problems: [patched.problem] }
  const known = new Set(flawsOf(set))
  const after = { ...set, texts: new Map([...set.texts, [set.document, patched.text]]) }
  const problems = flawsOf(after).filter((sentence) => !known.has(sentence))
  if (problems.length > 0) return { kind: 'refused', problems }
  if (patched.text === text) return { kind: 'ok', changes: [], notes: [] }
  const changes = [{ path: set.document, text: patched.text, why: 'the snapshot' }]
  return { kind: 'ok', changes, notes: [] }
}

/** What makes it a snapshot no more: its shape and its statuses. Times that contradict are told, not forbidden. */
function flawsOf(set: FileSet): readonly string[] {
  const opened = openSnapshot(set)
  if (opened.kind === 'broken') return [opened.sentence]
  return snapshotFindings(opened.read)
    .filter(({ rule, severity }) => rule === 'F172' || (rule === 'F173' && severity === 'error'))
    .map(({ sentence }) => sentence)
}
