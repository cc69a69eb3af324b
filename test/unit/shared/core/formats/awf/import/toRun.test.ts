import { describe, expect, test } from 'vitest'
import { awf } from '../../../../../../../shared/core/formats/awf/awf.ts'
import { translateCommand } from '../../../../../../../shared/core/formats/awf/import/translateCommand.ts'
import { translateCondition } from '../../../../../../../shared/core/formats/awf/import/translateCondition.ts'
import type { FormatImport } from '../../../../../../../shared/core/formats/format.ts'
import { integrityProblems } from '../integrityProblems.ts'
import { awfText, context, sampleSet, sampleText, samples, setOf, type Sample } from '../awfSets.ts'

const definitions = { deploy: 'deploy', nofail: 'nofail' } as const
const definition = (name: keyof typeof definitions) => awfText(`sets/awf/workflows/${name}.yaml`)

function imported(
  sample: Sample,
  options: {
    readonly definition?: string
    readonly change?: (text: string) => string
    readonly commands?: Record<string, string>
  } = {},
): FormatImport {
  const { definition: text = definition('deploy'), change = (one) => one, commands = {} } = options
  const [document] = samples[sample]
  const set = setOf(document, change(sampleText(sample)))
  return awf.toRun(set, { definition: text, commands, id: 'imported' }, context)
}

function runOf(made: FormatImport) {
  if (made.kind === 'refused') throw new Error(made.problems.join(' '))
  return made.run
}

function problemsOf(text: string): readonly string[] {
  const made = imported('pending', { definition: `name: deploy\nstates:\n  initial: a\n${text}` })
  return made.kind === 'refused' ? made.problems : []
}

/** With the state of a step that ran after the one that failed. */
function withUndo(state: string): string {
  return state.replace(/("build": )(\{[^}]*\})/, (_, key: string, built: string) => {
    const undo = built
      .replace('"Name": "build"', '"Name": "undo"')
      .replace('08:36:48.036329267Z', '08:36:48.043483192Z')
      .replace('08:36:48.040450878Z', '08:36:48.043983192Z')
    return `${key}${built},\n    "undo": ${undo}`
  })
}

describe('runs', () => {
  test('[F41] a failed run keeps what it did, and has the definition with its transitions', () => {
    const made = imported('failed')
    const run = runOf(made)
    expect(run).toMatchObject({
      id: 'imported',
      status: 'failed',
      error: { step: 'test', code: '2' },
      inputs: { env: 'staging', replicas: '9007199254740993' },
      steps: {
        build: { status: 'succeeded', output: 'building', attempts: [{ number: 1, exitCode: 0 }] },
        test: { status: 'failed', attempts: [{ number: 1, exitCode: 2, outcome: 'failed' }] },
        release: { status: 'pending', attempts: [] },
      },
      importedFrom: { format: 'awf', ends: { release: 'done' }, added: [] },
    })
    expect(run.workflow.definition).toEqual({
      name: 'deploy',
      version: '1.0.0',
      inputs: { env: 'staging', api_token: '', replicas: '9007199254740993' },
      parallel: 1,
      steps: {
        build: { run: 'echo building' },
        test: {
          run: 'test -f /var/tmp/awf-seed-ok && echo tests-ok || (echo "3 tests failed" >&2; exit 2)',
          needs: ['build'],
        },
        release: {
          run: 'echo released ${AWF_INPUT_ENV}',
          environment: { AWF_INPUT_ENV: '${{ inputs.env }}' },
          needs: ['test'],
        },
      },
    })
    expect(integrityProblems(run)).toEqual([])
    expect(made.kind === 'ok' && made.notes).toContain(
      'The input replicas is kept as a text: no number of this program is 9007199254740993.',
    )
  })

  test.each([
    ['completed', 'deploy', 'completed', ['succeeded', 'succeeded', 'succeeded']],
    ['resumed', 'deploy', 'completed', ['succeeded', 'succeeded', 'succeeded']],
    ['cancelled', 'nofail', 'cancelled', ['succeeded', 'failed']],
    ['old', 'deploy', 'failed', ['succeeded', 'failed', 'pending']],
    ['pending', 'deploy', 'pending', ['pending', 'pending', 'pending']],
  ] as const)('[F41] %s is imported as it stands', (sample, name, status, steps) => {
    const run = runOf(imported(sample, { definition: definition(name) }))
    expect(run.status).toBe(status)
    expect(Object.values(run.steps).map((step) => step.status)).toEqual(steps)
    expect(integrityProblems(run)).toEqual([])
  })

  test('[F41] the definition beside the state is taken where none is given', () => {
    const options = { definition: null, commands: {}, id: 'imported' }
    const beside = { 'workflows/deploy.yaml': definition('deploy') }
    expect(awf.toRun(sampleSet('failed', beside), options, context).kind).toBe('ok')
    expect(awf.toRun(sampleSet('failed'), options, context)).toEqual({
      kind: 'refused',
      problems: ['The definition is needed: AWF keeps what the steps of deploy do in deploy.yaml.'],
    })
  })

  test('[F41] what ran after the step that failed gets its turn again', () => {
    const text = definition('deploy')
      .replace(
        '    on_success: release\n    on_failure: error',
        '    on_success: release\n    on_failure: undo',
      )
      .concat('\n  undo:\n    type: step\n    command: echo undone\n    on_success: error\n')
    const run = runOf(imported('failed', { definition: text, change: withUndo }))
    expect(Object.entries(run.steps).map(([name, { status }]) => [name, status])).toEqual([
      ['build', 'succeeded'],
      ['test', 'pending'],
      ['release', 'pending'],
      ['undo', 'pending'],
      ['error', 'pending'],
    ])
    expect(run.workflow.definition?.steps).toMatchObject({
      test: { continueOnError: true },
      release: { when: "(steps.test.status == 'succeeded')" },
      undo: { when: "(steps.test.status == 'failed')" },
      error: {
        when: "(steps.undo.status == 'succeeded')",
        environment: { AWF_MESSAGE: 'deploy failed' },
      },
    })
  })

  test('[F43] a step that has no counterpart can be given a command', () => {
    const text = definition('deploy').replace(
      'type: step\n    command: echo building',
      'type: agent\n    provider: claude',
    )
    expect(imported('failed', { definition: text })).toEqual({
      kind: 'refused',
      problems: ['The state build has the type agent, which has no counterpart here.'],
    })
    const run = runOf(imported('failed', { definition: text, commands: { build: 'echo by hand' } }))
    expect(run.workflow.definition?.steps).toMatchObject({ build: { run: 'echo by hand' } })
  })
})

describe('what cannot be expressed is refused by name', () => {
  test.each([
    [
      '  a: { type: while, while: "true", body: [a] }',
      'The state a has the type while, which has no counterpart here.',
    ],
    [
      '  a: { type: for_each, items: [1], body: [a] }',
      'The state a has the type for_each, which has no counterpart here.',
    ],
    [
      '  a: { type: call_workflow, workflow: b }',
      'The state a has the type call_workflow, which has no counterpart here.',
    ],
    [
      '  a: { type: parallel, parallel: [b], strategy: any_succeed }\n  b: { type: step, command: "true" }',
      'The state a: the strategy any_succeed has no counterpart.',
    ],
    ['  a: { type: step, script_file: x.sh }', 'The state a: `script_file` has no counterpart.'],
    [
      '  a: { type: step, command: "true", capture: { stdout: x } }',
      'The state a: `capture` has no counterpart.',
    ],
    [
      '  a: { type: step, command: "true", hooks: { pre: [{ command: ls }] } }',
      'The state a: its `hooks` run commands.',
    ],
    [
      '  a: { type: step, command: "true", retry: { backoff: linear } }',
      'The state a: `retry.backoff` linear has no counterpart.',
    ],
    [
      '  a: { type: step, command: "{{range .inputs.x}}" }',
      'The state a: the template {{range .inputs.x}} has no counterpart.',
    ],
    [
      '  a: { type: step, command: "true", on_success: b }',
      'The state a goes on to b, which is no state.',
    ],
    [
      '  a: { type: step, command: "true", transitions: [{ when: "env.X == 1", goto: a }] }',
      'The state a: the condition "env.X == 1" is left out of what can be imported: `env.X` cannot be said here.',
    ],
    [
      '  a: { type: step, command: "true", on_success: b }\n  b: { type: step, command: "true", on_success: a }',
      'The steps a -> b -> a need each other in a circle: none of them can start.',
    ],
    [
      '  b: { type: step, command: "true" }',
      'The definition has no state that it begins with (`states.initial`).',
    ],
  ])('[F43] %s', (text, problem) => {
    expect(problemsOf(text)).toContain(problem)
  })

  test.each([
    ['{', 'The definition is no YAML'],
    ['[]', 'The definition is no object.'],
    [
      'name: other\nstates: { initial: a, a: { type: terminal } }',
      'The definition is that of other',
    ],
    ['a: &a [1]\nb: [*a,*a]\nname: deploy', 'The definition has no `states`.'],
  ])('[F43] a definition that is none: %s', (text, problem) => {
    const made = imported('failed', { definition: text })
    expect(made.kind === 'refused' ? made.problems[0] : '').toContain(problem)
  })

  test.each([
    ['"CurrentLoop": null', '"CurrentLoop": {}', 'inside a loop'],
    ['"CallStack": null', '"CallStack": ["outer"]', 'called by outer'],
    ['"Status": "failed"', '"Status": "bogus"', 'The status "bogus" is not known.'],
    ['"Status": "completed"', '"Status": "done"', 'The status "done" of build is not known.'],
    ['"ExitCode": 0', '"ExitCode": "0"', 'AWF refuses the whole file.'],
  ])('[F43] a state that is refused: %s as %s', (was, is, problem) => {
    const made = imported('failed', { change: (text) => text.replace(was, is) })
    expect(made.kind === 'refused' ? made.problems.join() : '').toContain(problem)
  })
})

describe('templates and conditions', () => {
  test.each([
    ['echo {{.inputs.a}}', 'echo ${AWF_INPUT_A}'],
    ['echo "{{inputs.a}}"', 'echo "${AWF_INPUT_A}"'],
    [`echo 'it is {{.inputs.a}}'`, `echo 'it is '"\${AWF_INPUT_A}"''`],
    [`echo "it's {{.inputs.a}}"`, `echo "it's \${AWF_INPUT_A}"`],
    [`# it's\necho {{.inputs.a}}`, `# it's\necho \${AWF_INPUT_A}`],
    [`echo \\' {{.inputs.a}}`, `echo \\' \${AWF_INPUT_A}`],
    ['echo {{.env.HOME}}', 'echo ${HOME}'],
    ['echo {{ .states.b.Output }}', 'echo ${AWF_OUTPUT_B}'],
  ])('[F44] %s becomes %s', (command, text) => {
    expect(translateCommand(command)).toMatchObject({ text, problems: [] })
  })

  test('[F44] names that differ only in case or signs stay different', () => {
    const { environment } = translateCommand('{{.inputs.a-b}} {{.inputs.a_b}} {{.inputs.A_b}}')
    expect(Object.keys(environment)).toHaveLength(3)
  })

  test.each([
    ['cat <<EOF\n{{.inputs.a}}\nEOF', 'a template stands in a command with a here-document'],
    ['echo ${{ inputs.a }}', '`${{` stands in the command'],
    ["echo $'{{.inputs.a}}'", "a template stands in a command with `$'…'`"],
    ['echo {{.workflow.id}}', 'the template {{.workflow.id}} has no counterpart'],
  ])('[F44] refused by name: %s', (command, problem) => {
    expect(translateCommand(command).problems).toContain(problem)
  })

  test.each([
    ["inputs.mode == 'full' and not (inputs.n > 2)", "inputs.mode == 'full' && ! ( inputs.n > 2 )"],
    [
      "states.b.Output contains 'x' or true",
      "(steps.b.status == 'succeeded' ? string(steps.b.output) : '').contains('x') || true",
    ],
    ['inputs.a-b == 1', 'inputs["a-b"] == 1'],
  ])('[F44] the condition %s', (when, text) => {
    expect(translateCondition(when)).toMatchObject({ kind: 'ok', text })
  })

  test.each(['', 'contains', 'inputs.a =~ 1', 'states.b.Data.x == 1', 'f(1)', 'a contains'])(
    '[F44] the condition "%s" is refused',
    (when) => {
      expect(translateCondition(when).kind).toBe('refused')
    },
  )
})
