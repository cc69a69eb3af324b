import { expect, test } from 'vitest'
import { broken, repairBroken } from '../../../../../../shared/core/formats/unknown/broken.ts'
import { unknown } from '../../../../../../shared/core/formats/unknown/unknown.ts'
import { context, setOf } from './toldOf.ts'

const options = { definition: null, commands: {}, id: 'a' }
const cut = '{"run_id": "r1", "status": "failed", "steps": [{"name": "a"'

test.each([
  [broken, 'It is damaged, and no engine is known for it: it can only be repaired.', cut],
  [unknown, 'No engine is known for this document.', '{"status": "failed"}'],
])(
  '[F244] [R95] what no engine is known for is read, and nothing beyond that is done with it',
  (format, problem, text) => {
    const set = setOf(text)
    const refused = { kind: 'refused', problems: [problem] }
    expect(format.toRun(set, options, context)).toEqual(refused)
    expect(format.fromRun(set, {} as never, context)).toEqual(refused) // no run is looked at
    expect(format.resume(set, { from: null }, context)).toEqual({
      command: null,
      steps: [],
      warnings: [],
      problems: [problem],
    })
    expect([format.id, format.role('a.json', text)]).toEqual(['unknown', 'run'])
    expect(['a/b/c.json', 'c.json'].map((path) => format.folders(path))).toEqual([['a/b'], ['']])
    expect(format.belongs('a.json', text, set.files)).toEqual([])
  },
)

test('[R95] a damaged document shows nothing, is not edited, and is repaired', () => {
  const set = setOf(cut)
  expect(broken.name).toBe('no known engine')
  expect(broken.read(set, context)).toEqual({
    label: '',
    version: null,
    isOld: false,
    run: null,
    said: { status: null, steps: {} },
    findings: [],
    diagnoses: [],
    points: [],
  })
  expect(broken.edit(set, [], context)).toEqual({
    kind: 'refused',
    problems: ['It is damaged, and no engine is known for it: it can only be repaired.'],
  })
  expect(broken.repairs(set, context)).toMatchObject([
    {
      id: 'salvage',
      confidence: 'guess',
      label: 'Keep what can be read of the damaged file',
      losses: [
        'Line 1: The document is cut here. What was open is closed behind the last complete value.',
      ],
      changes: [{ path: 'runs/one.json', text: `${cut}}]}`, why: 'what could be read of it' }],
      items: [{ damage: 'cut' }],
    },
  ])
  expect(unknown.name).toBe('an unknown engine')
  expect(unknown.repairs(setOf('{}'), context)).toEqual([])
})

test('[R95] of a log only the damaged lines are taken', () => {
  const log = '{"a": 1}\n{"b": 2\n{"c": 3}\n'
  const [repair] = repairBroken(setOf(log), context)
  expect(repair?.changes).toEqual([
    {
      path: 'runs/one.json',
      text: expect.stringContaining('{"a": 1}') as unknown,
      why: 'its damaged lines',
    },
  ])
  expect(repair?.losses).toHaveLength(1)
})

test.each([
  ['whole', '{"a": 1}'],
  ['empty', ''],
  ['nothing that could be read', 'hello'],
])('[R95] nothing is offered for a document that is %s', (_, text) => {
  expect(repairBroken(setOf(text), context)).toEqual([])
})

test('[R95] bytes that are no text are repaired, whatever the text shows', () => {
  const bytes = new Uint8Array([...Buffer.from('{"a": "b'), 0xff, ...Buffer.from('"}')])
  const [repair] = repairBroken({ ...setOf('{"a": "b\ufffd"}'), bytes }, context)
  expect(repair?.id).toBe('salvage')
})
