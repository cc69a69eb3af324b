import { expect, test } from 'vitest'
import { awf } from '../../../../../../shared/core/formats/awf/awf.ts'
import { storeStyle } from '../../../../../../shared/core/formats/multyagents/editStore.ts'
import type { FileSet } from '../../../../../../shared/core/formats/format.ts'
import { patchAsPython } from '../../../../../../shared/core/formats/view/patchAsPython.ts'
import {
  salvageRepair,
  whyNoSalvage,
  type SalvageOptions,
} from '../../../../../../shared/core/formats/view/salvageRepair.ts'
import { context, sampleText, setOf } from '../awf/awfSets.ts'

const document = 'states/77777777-pending.json'
const whole = sampleText('pending')
const comma = whole.replace(/\n\}\s*$/, ',\n}')
const options: SalvageOptions = { read: (...of) => awf.read(...of), context }

/** What is offered for a document, and why nothing is. */
function told(set: FileSet, more: Partial<SalvageOptions> = {}) {
  const asked = { ...options, ...more }
  return { ways: salvageRepair(set, asked), why: whyNoSalvage(set, asked) }
}

const changes = [{ path: document, text: whole.trimEnd(), why: 'what could be read of the state' }]

test('[F271] of a document of which all can be read nothing is lost, and it is written anew', () => {
  const { ways, why } = told(setOf(document, comma))
  expect(ways).toEqual([
    {
      id: 'salvage',
      label: 'Write the damaged file anew: all of it can be read',
      confidence: 'certain',
      losses: [],
      changes: [{ ...changes[0], text: expect.any(String) as string }],
      items: [expect.objectContaining({ rule: 'R27', damage: 'broken' })],
    },
  ])
  expect(JSON.parse(ways[0]?.changes[0]?.text ?? '')).toEqual(JSON.parse(whole))
  expect(why).toBeNull()
})

test('[F271] what its engine has to leave out of it makes it a guess, with what is lost', () => {
  const finish = (text: string) => ({
    changes: [{ path: document, text, why: 'the state' }],
    losses: ['Its checksum.'],
  })
  expect(told(setOf(document, comma), { finish }).ways).toMatchObject([
    {
      label: 'Keep what can be read of the damaged file',
      confidence: 'guess',
      losses: ['Its checksum.'],
      changes: [{ path: document, why: 'the state' }],
    },
  ])
})

test.each<[string, FileSet]>([
  ['that is whole', setOf(document, whole)],
  [
    'that is whole, and that its engine refuses',
    setOf(document, whole.replace('"ExitCode": 0', '"ExitCode": "x"')),
  ],
  ['that is not there', { ...setOf(document, comma), document: 'states/other.json' }],
])('[F271] of a document %s nothing is salvaged, and nothing is said', (_, set) => {
  expect(told(set)).toEqual({ ways: [], why: null })
})

test('[F271] bytes that are no text are damage, whatever they read as', () => {
  const bytes = Buffer.from(whole.replace('"deploy"', '"dépôt"'), 'latin1')
  const { ways, why } = told({ ...setOf(document, bytes.toString('latin1')), bytes })
  expect(ways.map(({ id }) => id)).toEqual(['salvage'])
  expect(JSON.parse(ways[0]?.changes[0]?.text ?? '')).toMatchObject({ WorkflowName: 'dépôt' })
  expect(why).toBeNull()
})

test.each<[string, string, Partial<SalvageOptions>, string]>([
  [
    'that cannot be made what its engine reads',
    comma,
    { finish: () => null },
    'Nothing of the damaged file can be read for certain.',
  ],
  ['of which nothing is left', '', {}, 'Nothing of the damaged file can be read for certain.'],
  [
    'in which no run is left',
    '[1,',
    {},
    'What can be read of the damaged file is not enough: no run is left in it.',
  ],
  [
    'that its engine refuses all the same',
    comma.replace('"ExitCode": 0', '"ExitCode": "x"'),
    {},
    'What can be read of the damaged file is not enough: /ExitCode is not a whole number: AWF refuses the whole file.',
  ],
])('[F271] of a document %s it is said why nothing is offered', (_, text, more, problem) => {
  const { ways, why } = told(setOf(document, text), more)
  expect([ways, why?.problem]).toEqual([[], problem])
  expect(why?.items.length).toBeGreaterThan(0)
})

const patch = (value: string) => ({ op: 'add' as const, path: ['a'], value })

test('a change that Python could not read again is refused, and one of a broken text is only put in', () => {
  const deep = `${'['.repeat(1500)}${']'.repeat(1500)}`
  expect(patchAsPython('{"a": 1}', [patch(deep)], storeStyle).kind).toBe('refused')
  expect(patchAsPython('{"b": NaN, "a": 1}', [patch('2')], storeStyle)).toEqual({
    kind: 'ok',
    text: '{"b": NaN, "a": 2}',
  })
  expect(patchAsPython('{"a": 1, "b": NaN}\n', [patch('"é"')], storeStyle)).toEqual({
    kind: 'ok',
    text: '{"a": "\\u00e9", "b": NaN}\n',
  })
})
