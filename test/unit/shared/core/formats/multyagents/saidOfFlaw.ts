import { multyagents } from '../../../../../../shared/core/formats/multyagents/multyagents.ts'
import { patchText, type TextPatch } from '../../../../../../shared/core/formats/text/patchText.ts'
import { context, readFolder, setOf } from '../fileSet.ts'

const files = readFolder('multyagents')

/** What is found in a store with these changes: rule, severity, place, sentence and what to do. */
export function saidOfFlaw([base, patches]: readonly [string, readonly TextPatch[]]) {
  const patched = patchText(files.get(`api-state.${base}.json`) ?? '', patches)
  if (patched.kind === 'refused') throw new Error(patched.problem)
  const set = setOf(multyagents, 's.json', new Map([['s.json', patched.text]]))
  return multyagents
    .read(set, context)
    .findings.map(
      ({ rule, severity, pointer, sentence, remedy }) =>
        `${rule} ${severity} ${pointer}: ${sentence} → ${remedy ?? 'nothing'}`,
    )
}
