import { describe, expect, test } from 'vitest'
import { awfDefinition } from '../../../../../../../shared/core/formats/awf/definition/awfDefinition.ts'
import { toDefinition } from '../../../../../../../shared/core/formats/awf/import/toDefinition.ts'

const end = '  end: { type: terminal, status: success }\n'
const bad = '  bad: { type: terminal, status: failure }\n'
const define = (states: string, head = '') =>
  toDefinition(awfDefinition(`name: deploy\n${head}states:\n  initial: a\n${states}`), {})

function made(states: string, head = '') {
  const definition = define(states, head)
  if (definition.kind === 'refused') throw new Error(definition.problems.join(' '))
  return definition
}

const stepOf = (fields: string) =>
  made(`  a: { type: step, command: "true", ${fields} }`).definition.steps['a' as never]

function problemsOf(states: string, head = ''): readonly string[] {
  const definition = define(states, head)
  return definition.kind === 'refused' ? definition.problems : []
}

describe('a state that runs a command', () => {
  test.each([
    ['description: Build it', { title: 'Build it' }],
    ['description: 7', { title: '7' }],
    ['dir: "src/{{.inputs.a}}"', { workingFolder: 'src/${{ inputs.a }}' }],
    ['timeout: 90', { timeout: 90 }],
    ['timeout: 1m30.5s', { timeout: 90 }],
    ['timeout: 1h2us3ms', { timeout: 3600 }],
    ['timeout: 500ms', {}],
    ['timeout: ""', {}],
    ['retry: {}', { retry: { attempts: 1 } }],
    [
      'retry: { max_attempts: 3, initial_delay: 1500ms, max_delay: 1m, backoff: exponential }',
      { retry: { attempts: 3, delay: 1.5, maxDelay: 60, backoff: 'exponential' } },
    ],
    [
      'retry: { max_attempts: 2, backoff: constant, initial_delay: 0, jitter: 0.5, retryable_exit_codes: [1, 75] }',
      { retry: { attempts: 2, jitter: 0.5, on: [1, 75] } },
    ],
    [
      'capture: {}, script_file: "", agents: [], attempts: 0, wait: 0.0, loud: false, why: null',
      {},
    ],
  ])('[F41] %s', (fields, step) => {
    expect(stepOf(fields)).toEqual({ run: 'true', ...step })
  })

  test.each([
    ['timeout: soon', '`timeout` is soon, which is no duration'],
    ['retry: { initial_delay: soon }', '`retry.initial_delay` is soon, which is no duration'],
    ['retry: { max_delay: 1y }', '`retry.max_delay` is 1y, which is no duration'],
    ['retry: { max_attempts: 0 }', '`retry.max_attempts` is no number'],
    ['retry: { max_attempts: 1.5 }', '`retry.max_attempts` is no number'],
    [
      'retry: { backoff: exponential, multiplier: 3 }',
      '`retry.multiplier` other than 2 has no counterpart',
    ],
    ['retry: { jitter: 2 }', '`retry.jitter` is not between 0 and 1'],
    ['retry: { jitter: -1 }', '`retry.jitter` is not between 0 and 1'],
    ['capture: { stdout: x }', '`capture` has no counterpart'],
    ['agents: [b]', '`agents` has no counterpart'],
    ['dir: "${{inputs.x}}"', '`${{` stands in a text'],
    ['dir: "{{.workflow.id}}"', 'the template {{.workflow.id}} has no counterpart'],
  ])('[F43] %s', (fields, problem) => {
    expect(problemsOf(`  a: { type: step, command: "true", ${fields} }`)).toEqual([
      `The state a: ${problem}.`,
    ])
  })

  test('[F43] one without a command, and one that hooks run around', () => {
    expect(problemsOf('  a: { type: command }')).toEqual(['The state a: it has no `command`.'])
    const hooks = '{ pre: [{ log: hi }, { command: "" }], post: 3 }'
    expect(stepOf(`hooks: ${hooks}`)).toEqual({ run: 'true' })
  })
})

const parallel = (more: string) =>
  `  a: { type: parallel, parallel: [b, c, d]${more}, on_success: e }\n`

describe('states and their ends', () => {
  test.each([
    ['  a: { command: "true" }', 'The state a has no type.'],
    ['  a: 3', 'The state a is no object.'],
    ['  a: { type: parallel, parallel: [] }', 'The state a: it has no branches.'],
    [
      '  a: { type: parallel, parallel: [b], hooks: { pre: [{ command: ls }] } }\n  b: { type: step, command: ls }',
      'The state a: its `hooks` run commands.',
    ],
    [
      '  a: { type: parallel, parallel: [b], on_success: b }\n  b: { type: step, command: ls }',
      'The state b is a branch, and a goes on to it as well.',
    ],
    [
      `  a: { type: step, command: ls, on_failure: b }\n  b: { type: step, command: ls, on_success: bad }\n  bad: { type: terminal, status: failure, exitCode: 300 }`,
      'The end bad has the exit code 300.',
    ],
    [
      `  a: { type: step, command: ls, on_failure: b }\n  b: { type: step, command: ls, on_success: bad }\n  bad: { type: terminal, status: failure, message: "{{x.y}}" }`,
      'The end bad: the template {{x.y}} has no counterpart.',
    ],
  ])('[F43] %s', (states, problem) => {
    expect(problemsOf(states)).toContain(problem)
  })

  test('[F43] what is no definition here is refused with the place of each flaw', () => {
    const retry = '{ max_attempts: 1000000 }'
    expect(problemsOf(`  a: { type: step, command: ls, retry: ${retry} }`).join()).toMatch(
      /^The definition: \/steps\/a\/retry\/attempts: /,
    )
    expect(problemsOf('  a: { type: terminal }', 'hooks: { pre: [{ command: ls }] }\n')).toEqual([
      'The workflow has `hooks` that run commands.',
    ])
  })

  test('[F41] an inline `on_failure` is an end of its own, with its message and its code', () => {
    const { definition } = made(
      `  a: { type: step, command: ls, on_success: b, on_failure: { message: "no {{.inputs.a}}", status: 9 } }\n  b: { type: step, command: ls, on_failure: a_end }\n  a_end: { type: step, command: ls, on_success: bad }\n${bad}`,
    )
    // A failure that leads to an end that only says so is what a failed step does by itself.
    expect(Object.keys(definition.steps)).toEqual(['a', 'b', 'a_end', 'bad'])
    expect(definition.steps).toMatchObject({
      bad: {
        run: `printf '%s\\n' "$AWF_MESSAGE" >&2; exit 1`,
        environment: { AWF_MESSAGE: 'The workflow ended at bad.' },
      },
    })
  })

  test('[F41] branches run at once, at most as many as the state says, and the others to their end', () => {
    const branches = ['b', 'c', 'd']
      .map((name) => `  ${name}: { type: step, command: ls }\n`)
      .join('')
    const e = '  e: { type: step, command: ls, continue_on_error: true, on_success: end }\n'
    const all = made(`${parallel('')}${branches}${e}${end}`)

    expect(all.definition.parallel).toBe(3)
    expect(
      made(`${parallel(', max_concurrent: 2')}${branches}${e}${end}`).definition.parallel,
    ).toBe(2)
    expect(all.definition.steps).toMatchObject({
      e: { needs: ['b', 'c', 'd'], continueOnError: true },
    })
    expect(all.notes).toContain('When a branch fails, the others run to their end; AWF stops them.')
  })

  test('[F41] transitions are asked in their order, then how the state ended', () => {
    const a =
      '  a: { type: step, command: ls, transitions: [{ when: "inputs.n > 1", goto: b }, { goto: "" }, 3], on_success: c, on_failure: d }\n'
    const others = ['b', 'c', 'd']
      .map((name) => `  ${name}: { type: step, command: ls }\n`)
      .join('')
    const ended = "(steps.a.status == 'succeeded' || steps.a.status == 'failed') && "
    expect(made(a + others).definition.steps).toMatchObject({
      b: { when: `(${ended}(inputs.n > 1))` },
      c: { when: `(${ended}!(inputs.n > 1) && (steps.a.status == 'succeeded'))` },
      d: { when: `(${ended}!(inputs.n > 1) && (steps.a.status == 'failed'))` },
    })
  })

  test('[F41] a transition without a condition is the last that is asked', () => {
    const a =
      '  a: { type: step, command: ls, transitions: [{ goto: b }], on_success: c }\n  b: { type: step, command: ls }\n  c: { type: step, command: ls }\n'
    const { definition, notes } = made(a)
    expect(Object.keys(definition.steps)).toEqual(['a', 'b'])
    expect(notes).toContain('No way leads to c: left out.')
  })

  test('[F41] a failure that nothing deals with ends the run where a condition was asked', () => {
    const a =
      '  a: { type: step, command: ls, transitions: [{ when: "states.a.Output == \'x\'", goto: b }] }\n  b: { type: step, command: ls }\n'
    const { definition, notes } = made(a, 'version: 2\nenv: [HOME, "", [x], TOKEN]\n')
    expect(definition.version).toBe('2')
    expect(Object.keys(definition.steps)).toEqual(['a', 'b', '__unhandled_failure'])
    expect(notes).toContain('To a condition, the output of a step that failed is empty.')
    expect(notes).toContain(
      'The workflow asks for the variables HOME, TOKEN: set them where it is resumed.',
    )
  })
})
