import { expect, test } from 'vitest'
import { awf } from '../../../../../../shared/core/formats/awf/awf.ts'
import { context, failedId, reading, sampleText, setOf } from './awfSets.ts'

const text = sampleText('failed')
const everything = (cut: string) => {
  const set = setOf(`states/${failedId}.json`, cut, { [`states/${failedId}.json.1.1.tmp`]: cut })
  awf.repairs(set, context)
  awf.resume(set, { from: 'previous' }, context)
  awf.edit(set, [{ op: 'replace', path: ['Status'], value: '"failed"' }], context)
  awf.toRun(set, { definition: null, commands: {}, id: 'a' }, context)
  return awf.read(set, context)
}

test('[F46] cut at every byte, a state is an error, until nothing is missing', () => {
  for (let end = 0; end < text.length; end += 1) {
    const { run, findings } = everything(text.slice(0, end))
    expect([run, findings[0]?.rule, findings[0]?.severity]).toEqual([null, 'F22', 'error'])
  }
})

test('[F46] a bit that flipped is a finding, or to be seen in the view', () => {
  const bytes = Buffer.from(text)
  const healthy = JSON.stringify(reading('failed'))
  let seed = 6
  for (let count = 0; count < 600; count += 1) {
    seed = (seed * 48_271) % 2_147_483_647
    const flipped = Buffer.from(bytes)
    const at = seed % bytes.length
    flipped[at] = (flipped[at] ?? 0) ^ (1 << (seed % 8))
    const now = flipped.toString()
    const seen = JSON.stringify(everything(now))
    if (meaningOf(now) !== meaningOf(text)) expect([at, seen === healthy]).toEqual([at, false])
  }
})

test.each([
  ['nothing', ''],
  ['a list', '[]'],
  ['null', 'null'],
  ['nothing known', '{}'],
  ['states of another kind', '{"WorkflowID":"a","States":[1],"CurrentStep":{}}'],
  [
    'a state that is null',
    '{"WorkflowID":"a","States":{"a":null,"__proto__":{}},"CurrentStep":"a"}',
  ],
  ['depth', `{"Inputs":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
  ['deep loops', `{"CurrentLoop":${'{"Parent":'.repeat(5000)}null${'}'.repeat(5000)}}`],
  ['odd names', '{"States":{"a b":{},"a_b":{},"":{},"é/~":{}}}'],
])('[F46] %s is no crash', (_, odd) => {
  expect(everything(odd).label).toBe('AWF state')
})

/** What a reader makes of it; a text that is no JSON means itself. */
function meaningOf(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json))
  } catch {
    return json
  }
}
