import type { FileSet, FormatChange } from '../format.ts'
import { parseShallow } from '../text/parseShallow.ts'
import { patchText, type TextPatch } from '../text/patchText.ts'
import { openAwf } from './awfReading.ts'
import { goLayout } from './goJson.ts'
import { refusalsOf } from './goShape.ts'

const keepsTime =
  'UpdatedAt stays as it is: it says when AWF last saved the state, and neither its resume nor its lists go by it.'
const keepsMode = 'The file keeps its mode: AWF gives its states 0600, because they hold inputs.'

/** [F37] Changes as AWF would have written them; one that its reader would refuse is refused. */
export function editAwf(set: FileSet, patches: readonly TextPatch[]): FormatChange {
  const opened = openAwf(set)
  if (opened.kind === 'broken')
    return { kind: 'refused', problems: [`The state cannot be edited. ${opened.sentence}`] }
  const { text } = opened.read
  const patched = patchText(text, patches.map(asGo))
  if (patched.kind === 'refused') return { kind: 'refused', problems: [patched.problem] }
  const problems = newProblems(text, patched.text)
  if (problems.length > 0) return { kind: 'refused', problems }
  if (patched.text === text) return { kind: 'ok', changes: [], notes: [] }
  const setsTime = patches.some(({ path }) => path[0] === 'UpdatedAt')
  return {
    kind: 'ok',
    changes: [{ path: set.document, text: patched.text, why: 'the state' }],
    notes: [...(setsTime ? [] : [keepsTime]), keepsMode],
  }
}

/** A value that is no JSON is left for the patch to refuse. */
function asGo(patch: TextPatch): TextPatch {
  return patch.op === 'remove' ? patch : { ...patch, value: goLayout(patch.value) ?? patch.value }
}

/** What makes AWF refuse the file and did not before: a file that is wrong already may be set right step by step. */
function newProblems(before: string, after: string): readonly string[] {
  const known = new Set(refusals(before))
  return refusals(after).filter((sentence) => !known.has(sentence))
}

function refusals(text: string): readonly string[] {
  const parsed = parseShallow(text)
  if (parsed.kind === 'broken') return [parsed.flaw.sentence]
  return refusalsOf(parsed.root)
}
