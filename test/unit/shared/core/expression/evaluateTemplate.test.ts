import { describe, expect, test } from 'vitest'
import { checkTemplate } from '../../../../../shared/core/expression/checkTemplate.ts'
import { evaluateTemplate } from '../../../../../shared/core/expression/evaluateTemplate.ts'
import { scope } from './scopeSample.ts'

describe('a template', () => {
  test('[W20] one expression alone keeps its type; among text it becomes text', () => {
    const template = {
      list: '${{ inputs.list }}',
      blanks: ' ${{ inputs.count }} ',
      text: 'v${{ inputs.count }}-${{ inputs.name }}',
      json: 'all: ${{ inputs.map }}',
      nested: ['${{ {"a": {"b": "}}"}} }}', 1, null],
    }
    expect(evaluateTemplate(template, scope)).toEqual({
      value: {
        list: [1, 2, 3],
        blanks: 7,
        text: 'v7-ada',
        json: 'all: {"a":null,"b":true}',
        nested: [{ a: { b: '}}' } }, 1, null],
      },
    })
  })

  test('[W20] `$${{` stands for the characters themselves, and keys are left alone', () => {
    expect(evaluateTemplate({ '${{ x }}': 'write $${{ x }}, ${{ 1 }}' }, scope)).toEqual({
      value: { '${{ x }}': 'write ${{ x }}, 1' },
    })
  })

  test('[W39] a text that would take all memory is a problem', () => {
    const inputs = { big: 'x'.repeat(1_000_000) }
    expect(evaluateTemplate('${{ inputs.big }}'.repeat(600), { ...scope, inputs })).toEqual({
      problem:
        'a text with the values in it is longer than 67108864 characters. Hand large values over in files.',
    })
  })

  test('[W21] null has no text: a missing value does not pass unseen', () => {
    const result = evaluateTemplate('https://x.test/users/${{ inputs.map.a }}', scope)
    expect(result).toEqual({
      problem: '`inputs.map.a`: it is null, which has no text; write `x == null ? "" : x`.',
    })
    expect(evaluateTemplate('${{ inputs.map.a }}', scope)).toEqual({ value: null })
  })

  test('[W22] is checked with the place of each flaw', () => {
    const problems = checkTemplate(
      { url: ['a', 'x${{ inputs.nme }}', '${{ 1 '] },
      { inputs: ['name'] },
    )
    expect(problems).toEqual([
      {
        path: ['url', 1],
        message: '`inputs.nme`: the workflow has no `nme`.',
        offset: 12,
        suggestion: 'name',
      },
      { path: ['url', 2], message: 'a `${{` has no `}}` behind it.', offset: 0, suggestion: null },
    ])
  })
})
