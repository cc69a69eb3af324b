import { describe, expect, test } from 'vitest'
import { checkExpression } from '../../../../../shared/core/expression/checkExpression.ts'
import { looksAtOutcomes } from '../../../../../shared/core/expression/looksAtOutcomes.ts'
import {
  referencedSteps,
  referencedStepsOfTemplate,
} from '../../../../../shared/core/expression/referencedSteps.ts'

const known = {
  steps: ['build', 'run-tests', 'later'],
  inputs: ['name'],
  names: ['inputs', 'variables', 'run', 'steps'] as const,
  asksOutcomes: false,
  hasEnded: (step: string) => step !== 'later',
}

function flaws(text: string): readonly string[] {
  return checkExpression(text, known).map(({ message, offset, suggestion }) =>
    [`${offset}: ${message}`, ...(suggestion === null ? [] : [`-> ${suggestion}`])].join(' '),
  )
}

describe('an expression is checked before it is evaluated', () => {
  test.each([
    ['steps.build.output.any.thing == inputs.name', []],
    ['steps.biuld.output', ['6: the workflow has no step `biuld`. -> build']],
    [
      'steps.run-tests.output',
      [
        '6: the workflow has no step `run`; a name with a hyphen or a dot stands in brackets. -> steps["run-tests"]',
      ],
    ],
    [
      'true && steps.build.outptu',
      ['20: `steps.build.outptu`: step `build` has no `outptu`. -> output'],
    ],
    [
      'steps.later.output',
      [
        '6: the step `later` may not have ended by then: it is not among the `needs` of this step, directly or through others.',
      ],
    ],
    ['inputs.nme', ['7: `inputs.nme`: the workflow has no `nme`. -> name']],
    ['run.nr', ['4: `run.nr`: the run has no `nr`; it has id, workflow, version.']],
    ['build.output', ['0: there is no `build` here. -> steps.build']],
    ['item.x', ['0: there is no `item` here: `item` exists only in a step with `forEach`.']],
    ['sise(1)', ['0: there is no function `sise`. -> size']],
    ['trim("a")', ['0: there is no function `trim`. -> x.trim(…)']],
    ['size(1, 2)', ['0: `size` takes 1 argument, not 2.']],
    ['failed()', ['0: `failed()` can be asked only in `when`.']],
    ['"a".matches("(b")', ['0: the pattern `(b` cannot be used: a `)` is missing.']],
    ['a and b', ['2: `and` is no operator of expressions. -> &&']],
    ['${{ a or b }}', ['6: `or` is no operator of expressions. -> ||']],
    ['[1, 2].map(x, x + y)', ['18: there is no `y` here.']],
    ['name', ['0: there is no `name` here. -> inputs.name']],
    ['inputs == inputs && variables.x == steps', []],
    ['steps.build == 1', []],
    ['result', ['0: there is no `result` here: `result` exists only in `output`.']],
    ['inputs["x y"]', ['7: `inputs["x y"]`: the workflow has no `x y`; it has name.']],
    ['has(1, 2)', ['0: `has` takes 1 argument, not 2.']],
    ['failed(1)', ['0: `failed` takes 0 arguments, not 1.']],
    ['[1].all(x)', ['0: `all` takes 2 arguments, not 1.']],
    ['[1].map(x)', ['0: `map` takes 2 to 3 arguments, not 1.']],
    ['"a".siz()', ['0: there is no function `siz`. -> size']],
    ['"a".int()', ['0: there is no function `int`. -> int(x)']],
    ['"a".nothing()', ['0: there is no function `nothing`.']],
    ['nothing()', ['0: there is no function `nothing`.']],
    [
      'steps.build["x y"]',
      [
        '12: `steps.build["x y"]`: step `build` has no `x y`; it has status, output, error, attempts.',
      ],
    ],
  ])('[W23] %s', (text, expected) => {
    expect(flaws(text)).toEqual(expected)
  })

  test('[W23] where the workflow has no inputs, none is meant', () => {
    expect(
      checkExpression('inputs.a', { ...known, inputs: [] }).map(({ message }) => message),
    ).toEqual(['`inputs.a`: the workflow has no `a`; it has nothing.'])
    expect(checkExpression('inputs.a + steps.b.output')).toEqual([])
  })

  test('[W24] the steps that it looks at are known, unless it chooses them itself', () => {
    expect(referencedSteps('steps.a.output + steps["b-c"].output + steps.a.attempts')).toEqual([
      'a',
      'b-c',
    ])
    expect(referencedSteps('steps[inputs.name].output')).toBe('all')
    expect(referencedSteps('size(steps)')).toBe('all')
    expect(referencedSteps('inputs.steps')).toEqual([])
    expect(referencedStepsOfTemplate({ a: ['${{ steps.x.output }}'], b: 'steps.y' })).toEqual(['x'])
  })

  test('[W25] it looks at outcomes when it mentions a status or an error of a step, or asks for them', () => {
    const asking = [
      'steps.a.status == "failed"',
      'has(steps["a-b"].error)',
      'steps.exists(s, steps[s].error != null)',
      '!failed()',
      'always()',
      'inputs.x || succeeded()',
    ]
    const others = [
      'steps.a.output.status == 1',
      'inputs.error',
      '"failed()" == inputs.x',
      '(',
      'true',
    ]
    expect(asking.filter((text) => !looksAtOutcomes(text))).toEqual([])
    expect(others.filter((text) => looksAtOutcomes(text))).toEqual([])
  })
})
