import type { FileSet, FormatChange, FormatContext } from '../format.ts'
import { isNothing, member } from '../text/parseText.ts'
import type { TextPatch } from '../text/patchText.ts'
import { patchAsPython } from '../view/patchAsPython.ts'
import { checksumState, legacyChecksum } from './legacyChecksum.ts'
import { openMarsys } from './marsysDocument.ts'
import { breachesOf } from './readMarsys.ts'

/** The removed state manager escapes everything beyond ASCII, the snapshots of 0.3 keep it as it is; both indent by 2. */
const legacyStyle = { indent: 2, ensureAscii: true }
const snapshotStyle = { indent: 2, ensureAscii: false }

/** [F131] Changes of a document as MARSYS would have written them, its checksum computed anew. */
export function editMarsys(
  set: FileSet,
  patches: readonly TextPatch[],
  context: FormatContext,
): FormatChange {
  const text = set.texts.get(set.document)
  if (text === undefined) return refused(`${set.document} could not be read.`)
  if (patches.length === 0) return { kind: 'ok', changes: [], notes: [] }
  const before = openMarsys(text)
  if (before.kind === 'broken') return refused('A broken document is repaired, not edited.')
  if (before.kind === 'lossy') {
    return refused('MARSYS 0.1 wrote the branches of this checkpoint as text: it is read only.')
  }
  const isSnapshot = before.kind === 'snapshot'
  const patched = patchAsPython(text, patches, isSnapshot ? snapshotStyle : legacyStyle)
  if (patched.kind === 'refused') return refused(patched.problem)
  const signed = isSnapshot
    ? { kind: 'ok' as const, text: patched.text, notes: snapshotNotes }
    : withChecksum(text, patched.text, context)
  if (signed.kind === 'refused') return signed
  const problems = newErrors(set, { before: text, after: signed.text }, context)
  if (problems.length > 0) return { kind: 'refused', problems }
  if (signed.text === text) return { kind: 'ok', changes: [], notes: [] }
  const why = isSnapshot ? 'the snapshot' : 'the state and its checksum'
  return {
    kind: 'ok',
    changes: [{ path: set.document, text: signed.text, why }],
    notes: signed.notes,
  }
}

const snapshotNotes = [
  'A snapshot has no checksum: MARSYS cannot tell that it was edited.',
  'A program that has the session open does not see the edit.',
]

function refused(problem: string): Extract<FormatChange, { readonly kind: 'refused' }> {
  return { kind: 'refused', problems: [problem] }
}

/** A document without a checksum stays without: MARSYS takes it for a good one. */
export function withChecksum(
  before: string,
  after: string,
  { sha256 }: FormatContext,
):
  | { readonly kind: 'ok'; readonly text: string; readonly notes: readonly string[] }
  | Extract<FormatChange, { readonly kind: 'refused' }> {
  const was = openMarsys(before)
  const opened = openMarsys(after)
  if (opened.kind === 'broken') return refused('The changed document is no JSON.')
  if (isNothing(member(opened.root, 'checksum'))) return { kind: 'ok', text: after, notes: [] }
  const sum = legacyChecksum(opened.root, sha256)
  if (sum === null)
    return refused('MARSYS could not compute the checksum of what would stand there.')
  const patched = patchAsPython(
    after,
    [{ op: 'replace', path: ['checksum'], value: `"${sum}"` }],
    legacyStyle,
  )
  if (patched.kind === 'refused') return refused(patched.problem)
  const wasWrong = was.kind === 'session' && checksumState(was.root, sha256) !== 'good'
  const notes = [
    'A program that has the session in memory does not see the edit, and overwrites it with its next save.',
    ...(wasWrong
      ? ['The checksum did not fit before: from now on it covers what stands there.']
      : []),
  ]
  return { kind: 'ok', text: patched.text, notes }
}

/** What MARSYS's reader would refuse afterwards and did not before. */
function newErrors(
  set: FileSet,
  { before, after }: { readonly before: string; readonly after: string },
  context: FormatContext,
): readonly string[] {
  const errors = (text: string) => {
    const opened = openMarsys(text)
    if (opened.kind === 'broken') return []
    return breachesOf(opened, set.document, context)
      .filter(({ severity }) => severity === 'error')
      .map(({ sentence }) => sentence)
  }
  const known = new Set(errors(before))
  return errors(after).filter((sentence) => !known.has(sentence))
}
