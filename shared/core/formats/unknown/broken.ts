// A document that is no JSON and that no engine is known for: it can be repaired from what can be read, and nothing beyond that.
import type { FileSet, Format, FormatContext, FormatRepair } from '../format.ts'
import { isNothing, salvageLines } from '../view/salvageLines.ts'
import { salvageLabel } from '../view/salvageRepair.ts'
import { salvageText } from '../view/salvageText.ts'
import { parseText } from '../text/parseText.ts'
import { textIn } from '../textIn.ts'

const problems = ['It is damaged, and no engine is known for it: it can only be repaired.']

export const broken: Format = {
  id: 'unknown',
  name: 'no known engine',
  role: () => 'run',
  folders: (document) => [document.slice(0, Math.max(0, document.lastIndexOf('/')))],
  belongs: () => [],
  read: () => nothingRead,
  edit: () => ({ kind: 'refused', problems }),
  repairs: repairBroken,
  resume: () => ({ command: null, steps: [], warnings: [], problems }),
  toRun: () => ({ kind: 'refused', problems }),
  fromRun: () => ({ kind: 'refused', problems }),
}

const nothingRead = {
  label: '',
  version: null,
  isOld: false,
  run: null,
  said: { status: null, steps: {} },
  findings: [],
  diagnoses: [],
  points: [],
}

/** [R95] */
export function repairBroken(set: FileSet, context: FormatContext): readonly FormatRepair[] {
  const { document, bytes } = set
  const text = textIn(set, document)
  if (bytes === undefined && parseText(text).kind === 'ok') return []
  const source = bytes ?? text
  const lines = salvageLines(source, context)
  const found = lines ?? salvageText(source, context)
  if (found.text === null || isNothing(found.text)) return []
  const why = lines === null ? 'what could be read of it' : 'its damaged lines'
  const { items, losses, confidence } = found
  const changes = [{ path: document, text: found.text, why }]
  return [{ id: 'salvage', label: salvageLabel(confidence), confidence, losses, changes, items }]
}
