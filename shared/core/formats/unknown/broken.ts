// A document that is no JSON and that no engine is known for: it can be repaired from what can be read, and nothing beyond that.
import type { FileSet, Format, FormatContext, FormatRepair } from '../format.ts'
import { openText } from '../view/openText.ts'
import { salvageText } from '../view/salvageText.ts'
import { parseText } from '../text/parseText.ts'

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
  const source = set.texts.get(set.document) ?? ''
  if (parseText(source).kind === 'ok') return []
  return manyLines(source) ? repairLines(set, source, context) : repairWhole(set, source, context)
}

function repairWhole(
  { document }: FileSet,
  source: string,
  context: FormatContext,
): readonly FormatRepair[] {
  const { text, items, losses } = salvageText(source, context)
  if (text === null || isNothing(text)) return []
  const changes = [{ path: document, text, why: 'what could be read of it' }]
  return [{ id: 'salvage', label, confidence: 'guess', losses, changes, items }]
}

const label = 'Keep what can be read of the damaged file'

/** Brackets around nothing are no better than a file that says that it is damaged. */
function isNothing(text: string): boolean {
  return /^\s*(\{\s*\}|\[\s*\])?\s*$/.test(text)
}

/** A value a line, from the first on: those that are broken are repaired by themselves. */
function manyLines(source: string): boolean {
  const lines = source.split('\n').filter((line) => line.trim() !== '')
  const whole = lines.filter((line) => openText(line).kind === 'ok')
  return whole.length > 1 && whole[0] === lines[0]
}

/** [R95] A line of which nothing can be read goes; all others stay byte for byte. */
function repairLines(
  { document }: FileSet,
  source: string,
  context: FormatContext,
): readonly FormatRepair[] {
  const losses: string[] = []
  const lines = source.split('\n').flatMap((line, index) => {
    if (line.trim() === '' || openText(line).kind === 'ok') return [line]
    const { text } = salvageText(line, context)
    const number = index + 1
    const kept = text === null || isNothing(text) ? null : text
    losses.push(
      kept === null
        ? `Line ${number}: nothing of it can be read. It goes.`
        : `Line ${number}: kept is ${kept.slice(0, 80)}`,
    )
    return kept === null ? [] : [kept]
  })
  const changes = [{ path: document, text: lines.join('\n'), why: 'its damaged lines' }]
  return [{ id: 'salvage', label, confidence: 'guess', losses: some(losses), changes }]
}

function some(losses: readonly string[]): readonly string[] {
  if (losses.length <= mostTold) return losses
  return [...losses.slice(0, mostTold), `And ${losses.length - mostTold} more lines.`]
}

const mostTold = 10
