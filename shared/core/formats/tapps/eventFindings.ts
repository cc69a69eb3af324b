import { textFinding } from '../../codec/headFinding.ts'
import type { Finding } from '../../integrity/finding.ts'
import type { DocumentKind } from './documentKind.ts'
import { eventLines, gluedRecord, type EventLine } from './eventLines.ts'
import type { FileStore } from './fileStore.ts'
import type { Breach } from './findings.ts'
import { baseOf } from './names.ts'
import { textOf } from './stateFields.ts'

type LineFlaw = {
  readonly line: EventLine
  readonly severity: 'error' | 'warning'
  readonly sentence: string
  /** What a repair does about it: a number or an owner is no damage of its line. */
  readonly remedy: string | null
}

/** [F59] What is wrong with the log of the workflow, said by its run. */
export function eventFindings({ events, workflow, set }: FileStore): readonly Breach[] {
  if (events === null || events.path === set.document) return []
  return lineFlaws(events.text, workflow).map(({ line, sentence, remedy }) => ({
    rule: 'F59',
    severity: 'warning',
    sentence: `${baseOf(events.path)}, line ${line.number}: ${sentence}`,
    path: null,
    remedy,
  }))
}

/** [F59] Of a log that is opened by itself, each with its place. */
export function looseLineFindings(text: string, kind: DocumentKind): readonly Finding[] {
  const workflow = kind === 'epicMemory' ? null : workflowOf(text)
  return lineFlaws(text, workflow).map(({ line, severity, sentence, remedy }) =>
    textFinding(text, {
      rule: 'F59',
      severity,
      sentence: `Line ${line.number}: ${sentence}`,
      file: 'document',
      index: line.start,
      pointer: null,
      remedy,
    }),
  )
}

const parted = 'Repair it: whole records are put on lines of their own, what is torn is taken out.'

function workflowOf(text: string): string | null {
  const [first] = eventLines(text)
  return first === undefined ? null : textOf(first.root, 'workflow_id')
}

const mostFlaws = 50

export function lineFlaws(text: string, workflow: string | null): readonly LineFlaw[] {
  const lines = eventLines(text)
  let highest = 0
  return lines
    .flatMap((line, index): readonly LineFlaw[] => {
      const isLast = index === lines.length - 1
      if (line.root === null) return [tornFlaw(line, isLast)]
      const flaws: LineFlaw[] = []
      const owner = textOf(line.root, 'workflow_id')
      if (workflow !== null && owner !== null && owner !== workflow)
        flaws.push({
          line,
          severity: 'warning',
          sentence: `it is of the workflow "${owner}".`,
          remedy: null,
        })
      if (line.seq !== null && line.seq <= highest)
        flaws.push({
          line,
          severity: 'warning',
          sentence: `its number ${line.seq} was given before: numbers start again after a torn line.`,
          remedy: null,
        })
      highest = Math.max(highest, line.seq ?? 0)
      return flaws
    })
    .slice(0, mostFlaws)
}

function tornFlaw(line: EventLine, isLast: boolean): LineFlaw {
  const torn = { line, severity: 'error', remedy: parted } as const
  if (gluedRecord(line.text) !== null) {
    const sentence = 'a torn record with the next one glued to it: its own reader loses both.'
    return { ...torn, sentence }
  }
  return {
    ...torn,
    sentence: isLast
      ? 'the record was cut short: the next one would be glued to it and lost, and numbers start again.'
      : 'it is no JSON: its own reader loses it.',
  }
}
