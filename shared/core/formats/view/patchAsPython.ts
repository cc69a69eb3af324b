import { patchText, type Patched, type TextPatch } from '../text/patchText.ts'
import type { PythonStyle } from '../text/pythonJson.ts'
import { layoutText } from './layoutText.ts'
import { openText } from './openText.ts'

/**
 * Changes a text as its engine would have written it: where the text stands in the engine's layout, so does the changed one, with
 * escapes, key order and indentation; a text that a person laid out otherwise keeps that, and only the patches are put in.
 */
export function patchAsPython(
  text: string,
  patches: readonly TextPatch[],
  style: PythonStyle,
): Patched {
  const before = openText(text)
  const patched = patchText(text, patches, 'python')
  if (patched.kind === 'refused' || before.kind === 'broken') return patched
  const after = openText(patched.text)
  if (after.kind === 'broken') {
    return { kind: 'refused', problem: `The changed document is no JSON: ${after.flaw.sentence}` }
  }
  const body = text.trimEnd()
  if (layoutText(before.root, style) !== body) return patched
  return { kind: 'ok', text: layoutText(after.root, style) + text.slice(body.length) }
}
