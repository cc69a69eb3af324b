import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { awf } from '../../../../../../shared/core/formats/awf/awf.ts'
import { goLayout } from '../../../../../../shared/core/formats/awf/goJson.ts'
import type { FormatChange } from '../../../../../../shared/core/formats/format.ts'
import type { TextPatch } from '../../../../../../shared/core/formats/text/patchText.ts'
import { context, failedId, sampleSet, sampleText, samples, setOf, type Sample } from './awfSets.ts'

const edit = (patches: readonly TextPatch[], sample: Sample = 'failed') =>
  awf.edit(sampleSet(sample), patches, context)

function textOf(change: FormatChange): string {
  if (change.kind === 'refused') throw new Error(change.problems.join(' '))
  return change.changes[0]?.text ?? ''
}

/** Reads both texts as Python does, with the text of every number, and tells at which paths they differ, in order. */
const reader = `
import json, sys
def pairs(rows):
    keys = [key for key, _ in rows]
    assert len(keys) == len(set(keys)), 'a key stands twice'
    return dict(rows)
def read(text):
    return json.loads(text, parse_int=lambda one: ('int', one), parse_float=lambda one: ('float', one), object_pairs_hook=pairs)
def walk(a, b, path):
    if isinstance(a, dict) and isinstance(b, dict):
        assert [key for key in a if key in b] == [key for key in b if key in a], 'keys changed places'
        for key in list(a) + [key for key in b if key not in a]:
            if key in a and key in b: yield from walk(a[key], b[key], path + [key])
            else: yield '/'.join(path + [key])
    elif a != b: yield '/'.join(path)
before, after = json.load(sys.stdin)
print(json.dumps(list(walk(read(before), read(after), []))))
`

function differences(before: string, after: string): unknown {
  const input = JSON.stringify([before, after])
  return JSON.parse(execFileSync('python3', ['-c', reader], { input }).toString())
}

test('[F37] an independent reader finds the edited path changed, and nothing else', () => {
  const before = sampleText('failed')
  const after = textOf(
    edit([
      { op: 'replace', path: ['Inputs', 'replicas'], value: '9007199254740995' },
      {
        op: 'replace',
        path: ['States', 'build', 'Output'],
        value: '"a < b & c > d é\\u2028\\n"',
      },
      { op: 'add', path: ['Inputs', 'force'], value: '{"now":true,"list":[1.50,[]]}' },
    ]),
  )
  expect(differences(before, after)).toEqual([
    'Inputs/replicas',
    'Inputs/force',
    'States/build/Output',
  ])
  expect(after).toContain(String.raw`"Output": "a \u003c b \u0026 c \u003e d é\u2028\n"`)
  expect(after).toContain(
    '"force": {\n      "now": true,\n      "list": [\n        1.50,\n        []\n      ]\n    }\n  }',
  )
  const kept = after.split('\n')
  expect(before.split('\n').filter((row) => !kept.includes(row))).toEqual([
    '    "replicas": 9007199254740993',
    String.raw`      "Output": "building\n",`,
  ])
})

test.each(Object.keys(samples) as Sample[])('[F37] no patch changes nothing of %s', (sample) => {
  const change = edit([], sample)
  if (sample === 'truncated') expect(change).toMatchObject({ kind: 'refused' })
  else expect(change).toEqual({ kind: 'ok', changes: [], notes: [] })
})

test('[F37] UpdatedAt stays, and it is said why; set by hand it is written', () => {
  const change = edit([{ op: 'replace', path: ['Status'], value: '"cancelled"' }])
  expect(change).toMatchObject({
    kind: 'ok',
    changes: [{ path: `states/${failedId}.json`, why: 'the state' }],
    notes: [
      expect.stringContaining('UpdatedAt stays') as string,
      expect.stringContaining('0600') as string,
    ],
  })
  expect(textOf(change)).toContain('"UpdatedAt": "2026-11-21T08:36:48.044106089Z"')
  const set = edit([{ op: 'replace', path: ['UpdatedAt'], value: '"2026-11-22T00:00:00Z"' }])
  expect(set).toMatchObject({ notes: [expect.stringContaining('0600') as string] })
  expect(textOf(set)).toContain('"UpdatedAt": "2026-11-22T00:00:00Z"')
})

test.each([
  ['Status', '7', '/Status is not a text: AWF refuses the whole file.'],
  ['ExitCode', '1.5', '/ExitCode is not a whole number: AWF refuses the whole file.'],
  ['UpdatedAt', '"yesterday"', '/UpdatedAt is not a time: AWF refuses the whole file.'],
  ['Nothing', '"x"', '/Nothing cannot be changed: nothing stands there.'],
])('[F37] what AWF would refuse is refused: %s = %s', (field, value, problem) => {
  expect(edit([{ op: 'replace', path: [field], value }])).toEqual({
    kind: 'refused',
    problems: [problem],
  })
})

test('[F37] a file that AWF refuses already can be set right', () => {
  const text = sampleText('failed').replace('"Status": "failed"', '"Status": 7')
  const set = setOf('states/a.json', text)
  const change = awf.edit(set, [{ op: 'replace', path: ['Status'], value: '"failed"' }], context)
  expect(textOf(change)).toBe(sampleText('failed'))
})

test('[F37] the layout of Go, of values that are no JSON and too deep none', () => {
  expect(goLayout('{"a":[],"b":{},"c":[{"d":"\\ud800\\u0007\\b"}]}')).toBe(
    '{\n  "a": [],\n  "b": {},\n  "c": [\n    {\n      "d": "\ufffd\\u0007\\b"\n    }\n  ]\n}',
  )
  expect(goLayout('{')).toBe(null)
  expect(goLayout('['.repeat(50_000) + ']'.repeat(50_000))).toBe(null)
})
