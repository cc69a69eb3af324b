import { expect, test } from 'vitest'
import { folderOf, home, setOf, withFiles, type Folder } from './tappsSet.ts'
import { readingOf, repairsOf } from './toldOf.ts'

const healthy = folderOf('healthy-mixed')
const id = 'full-sdlc-20260130-091500'
const own = `${home}/${id}-20261121-083138.json`
const name = `${id}.events.jsonl`
const log = `${home}/events/${name}`
const parted = 'Repair it: whole records are put on lines of their own, what is torn is taken out.'

function event(seq: number): string {
  return `{"event_type": "step_start", "workflow_id": "${id}", "seq": ${seq}, "timestamp": "2026-11-21T08:33:33.178472+00:00Z"}`
}

const torn = event(2).slice(0, 30)

test.each<[string, string, number, 'error' | 'warning', string, boolean]>([
  [
    'torn at its end',
    `${event(1)}\n${torn}`,
    2,
    'error',
    'the record was cut short: the next one would be glued to it and lost, and numbers start again.',
    true,
  ],
  [
    'torn in its middle',
    `${event(1)}\n\n${torn}\n${event(3)}\n`,
    3,
    'error',
    'it is no JSON: its own reader loses it.',
    true,
  ],
  [
    'glued',
    `${event(1)}\n${torn}${event(1)}\n${event(2)}\n`,
    2,
    'error',
    'a torn record with the next one glued to it: its own reader loses both.',
    true,
  ],
  [
    'numbered anew',
    `${event(1)}\n${event(2)}\n${event(1)}\n`,
    3,
    'warning',
    'its number 1 was given before: numbers start again after a torn line.',
    false,
  ],
  [
    'of another workflow',
    `${event(1)}\n${event(2).replace('full-sdlc', 'other')}\n`,
    2,
    'warning',
    'it is of the workflow "other-20260130-091500".',
    false,
  ],
])(
  '[F59] [F87] [F368] a log that is %s: where, what is wrong, and a repair only where there is one',
  (_, text, line, severity, sentence, isMended) => {
    const folder = withFiles(healthy, { [log]: text })
    const remedy = isMended ? parted : 'nothing'
    const found = (document: string) =>
      readingOf(setOf(folder, document)).filter((one) => one.startsWith('F59'))
    expect(found(own)).toEqual([
      `F59 warning at document -:- -: ${name}, line ${line}: ${sentence} → ${remedy}`,
    ])
    expect(found(log)).toEqual([
      `F59 ${severity} at document ${line}:1 -: Line ${line}: ${sentence} → ${remedy}`,
    ])
    expect(repairsOf(setOf(folder, log)).length).toBe(isMended ? 1 : 0)
  },
)

const flaws = (text: string) =>
  readingOf(setOf(withFiles(healthy, { [log]: text }), log)).filter((one) => one.startsWith('F59'))
    .length

test('[F59] a gap between its numbers is none, and of very many flaws the first are told', () => {
  expect(flaws(`${event(1)}\n${event(5)}\n`)).toBe(0)
  expect(flaws('{\n'.repeat(60))).toBe(50)
})

test('[F87] what is taken out of a log is said with its beginning', () => {
  const long = `{"event_type": "${'x'.repeat(100)}`
  const folder = withFiles(healthy, { [log]: `${event(1)}\n${torn}${event(2)}\n${long}` })
  expect(repairsOf(setOf(folder, log))).toEqual([
    [
      `repair events likely: ${name}: torn records are taken out, glued ones parted`,
      `Line 2: 30 characters of a torn record, "${torn}".`,
      `Line 3: 116 characters of a torn record, "${long.slice(0, 60)}…".`,
      `${log} ${event(1).length * 2 + 2}: the log of events`,
    ].join(' | '),
  ])
  const nothing = withFiles(healthy, { [log]: '{' })
  expect(repairsOf(setOf(nothing, log))[0]).toContain(`${log} 0: the log of events`)
})

test.each([
  ['x/wf/events.jsonl', 'durable event log', '{"id": "1", "sequence_number": 1}', '{"id"'],
  [
    'x/epic-1-memory.jsonl',
    'epic memory',
    '{"story_id": "1", "files_changed": []}',
    '{"story_id": "2"',
  ],
])(
  '[F59] [F87] the log %s is no JSON as a whole, and nothing is wrong with that',
  (path, label, record, rest) => {
    const alone = (text: string): Folder => ({ facts: [], texts: new Map([[path, text]]) })
    const file = path.slice(path.lastIndexOf('/') + 1)
    const head = `TAPPS ${label} | no version | said {"status":null,"steps":{}}`
    expect(readingOf(setOf(alone(`${record}\n`), path))).toEqual([
      head,
      `current State ${file} at no time whole`,
    ])
    expect(readingOf(setOf(alone(`${record}\n${rest}`), path))).toEqual([
      head,
      `F59 error at document 2:1 -: Line 2: the record was cut short: the next one would be glued to it and lost, and numbers start again. → ${parted}`,
      `current State ${file} at no time whole`,
    ])
    expect(repairsOf(setOf(alone(`${record}\n${rest}`), path))).toEqual([
      `repair events likely: ${file}: torn records are taken out, glued ones parted | Line 2: ${rest.length} characters of a torn record, "${rest}". | ${path} ${record.length + 1}: the log of events`,
    ])
  },
)
