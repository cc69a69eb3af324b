// Any JSON at all as one more format: read by guess or by what a person said, edited as text, and nothing beyond that.
import type { Format, FormatChange } from '../format.ts'
import { patchText, type TextPatch } from '../text/patchText.ts'
import { readUnknown } from './readUnknown.ts'
import { recordsOf } from './records.ts'
import { versionName } from './versionName.ts'
import { rankUnknown } from './versionsIn.ts'
import { textIn } from '../textIn.ts'
import { pointer } from '../../../schema/pointer.ts'

const noEngine = 'No engine is known for this document.'

export const unknown: Format = {
  id: 'unknown',
  name: 'an unknown engine',
  role: () => 'run',
  folders: (document) => [document.slice(0, Math.max(0, document.lastIndexOf('/')))],
  belongs: () => [],
  family: (path) => versionName(path).family,
  rank: rankUnknown,
  read: readUnknown,
  pointText: ({ texts, document }, { item }) =>
    item?.startsWith('line:') === true
      ? (texts.get(document)?.split('\n')[Number(item.slice(5)) - 1] ?? null)
      : null,
  edit: (set, patches) => editText(textIn(set, set.document), patches, set.document),
  repairs: () => [],
  resume: () => ({ command: null, steps: [], warnings: [], problems: [noEngine] }),
  toRun: () => ({ kind: 'refused', problems: [noEngine] }),
  fromRun: () => ({ kind: 'refused', problems: [noEngine] }),
}

/** [F244] The patches and no other byte; of a document of many lines, each in its line. */
function editText(text: string, patches: readonly TextPatch[], path: string): FormatChange {
  const records = recordsOf(text)
  if (records.kind === 'broken')
    return { kind: 'refused', problems: ['It is damaged: it is not edited.'] }
  if (records.kind === 'one') return changeOf(patchText(text, patches, 'python'), path)
  let lines = text.split('\n')
  for (const patch of patches) {
    const [index, ...rest] = patch.path
    const line = records.lines[Number(index)]
    if (line === undefined || rest.length === 0) {
      const what = pointer(...patch.path) || 'The whole document'
      const problem = `${what} is no value in one of its ${records.lines.length} lines, so it is not changed.`
      return { kind: 'refused', problems: [problem] }
    }
    const patched = patchText(lines[line.number - 1] ?? '', [{ ...patch, path: rest }], 'python')
    if (patched.kind === 'refused') return { kind: 'refused', problems: [patched.problem] }
    lines = lines.with(line.number - 1, patched.text)
  }
  return changeOf({ kind: 'ok', text: lines.join('\n') }, path)
}

function changeOf(patched: ReturnType<typeof patchText>, path: string): FormatChange {
  return patched.kind === 'refused'
    ? { kind: 'refused', problems: [patched.problem] }
    : { kind: 'ok', changes: [{ path, text: patched.text, why: 'the document' }], notes: [] }
}
