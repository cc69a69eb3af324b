import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import {
  translateCommand,
  translateText,
} from '../../../../../../../shared/core/formats/awf/import/translateCommand.ts'
import { translateCondition } from '../../../../../../../shared/core/formats/awf/import/translateCondition.ts'

const value = `it's "$HOME" \\n`

/** Where a value stands, what the command becomes, and what a shell then prints of it. */
const quoted: readonly (readonly [string, string, string])[] = [
  ['printf %s "{{.inputs.a}}"', 'printf %s "${AWF_INPUT_A}"', value],
  [`printf %s '{{.inputs.a}}'`, `printf %s ''"\${AWF_INPUT_A}"''`, value],
  [`printf %s 'b {{ inputs.a }} c'`, `printf %s 'b '"\${AWF_INPUT_A}"' c'`, `b ${value} c`],
  [`printf %s "b 'c' {{.inputs.a}}"`, `printf %s "b 'c' \${AWF_INPUT_A}"`, `b 'c' ${value}`],
  [`printf %s 'b"' "{{.inputs.a}}"`, `printf %s 'b"' "\${AWF_INPUT_A}"`, `b"${value}`],
  [`printf %s "\\"{{.inputs.a}}"`, `printf %s "\\"\${AWF_INPUT_A}"`, `"${value}`],
  [`printf %s '\\' "{{.inputs.a}}"`, `printf %s '\\' "\${AWF_INPUT_A}"`, `\\${value}`],
  [`printf %s a#'{{.inputs.a}}'`, `printf %s a#''"\${AWF_INPUT_A}"''`, `a#${value}`],
  [`# it's\nprintf %s "{{.inputs.a}}"`, `# it's\nprintf %s "\${AWF_INPUT_A}"`, value],
  [`true;# "\nprintf %s '{{.inputs.a}}'`, `true;# "\nprintf %s ''"\${AWF_INPUT_A}"''`, value],
  [
    `printf %s "$(printf b)" '{{.inputs.a}}'`,
    `printf %s "$(printf b)" ''"\${AWF_INPUT_A}"''`,
    `b${value}`,
  ],
  [
    'printf %s "`printf b`" "{{.inputs.a}}"',
    'printf %s "`printf b`" "${AWF_INPUT_A}"',
    `b${value}`,
  ],
  [
    `printf %s $(printf b 'c') "{{.inputs.a}}"`,
    `printf %s $(printf b 'c') "\${AWF_INPUT_A}"`,
    `b${value}`,
  ],
]

test.each(quoted)('[F44] %s becomes %s', (command, text) => {
  expect(translateCommand(command)).toEqual({
    text,
    environment: { AWF_INPUT_A: '${{ inputs.a }}' },
    steps: [],
    problems: [],
  })
})

test('[F44] a shell prints the value wherever it stands, whatever is in it', () => {
  const script = quoted.map(([, text]) => `( ${text}\n)\nprintf '\\000'`).join('\n')
  const env = { ...process.env, AWF_INPUT_A: value }
  const printed = execFileSync('/bin/sh', ['-c', script], { env }).toString().split('\0')
  expect(printed.slice(0, -1)).toEqual(quoted.map(([, , said]) => said))
})

test.each([
  `echo "$(echo '{{.inputs.a}}')"`,
  `echo "$(echo "it's")" {{.inputs.a}}`,
  'echo "`echo \'{{.inputs.a}}\'`"',
])('[F44] a value behind quotes inside a command in quotes is refused: %s', (command) => {
  expect(translateCommand(command)).toMatchObject({
    environment: {},
    problems: ['the template {{.inputs.a}} stands behind quotes inside a command in quotes'],
  })
})

test('[F44] an output is a value of its step, a variable of the environment stays one', () => {
  expect(
    translateCommand('echo {{.states.load-x.Output}} {{states.load.Output}} {{env.HOME}}'),
  ).toEqual({
    text: 'echo ${AWF_OUTPUT_load_x_6c6f61642d78} ${AWF_OUTPUT_LOAD} ${HOME}',
    environment: {
      AWF_OUTPUT_load_x_6c6f61642d78: '${{ steps["load-x"].output }}',
      AWF_OUTPUT_LOAD: '${{ steps.load.output }}',
    },
    steps: ['load-x', 'load'],
    problems: [],
  })
  expect(translateText('in {{.inputs.a}} of {{.states.b.Output}}')).toEqual({
    text: 'in ${{ inputs.a }} of ${{ steps.b.output }}',
    environment: {},
    steps: ['b'],
    problems: [],
  })
})

test.each([
  ['echo {{.inputs.a.b}}', ['the template {{.inputs.a.b}} has no counterpart']],
  ['echo {{x.states.a.Output}}', ['the template {{x.states.a.Output}} has no counterpart']],
  ['echo {{.states.a.Output.b}}', ['the template {{.states.a.Output.b}} has no counterpart']],
  [
    'echo {{xenv.A}} {{env.A-b}}',
    ['the template {{xenv.A}} has no counterpart', 'the template {{env.A-b}} has no counterpart'],
  ],
  ["cat <<'E'\nx\nE", []],
])('[F44] %j has the problems %j', (command, problems) => {
  expect(translateCommand(command)).toEqual({ text: command, environment: {}, steps: [], problems })
})

test.each([
  ['{{env.A}}', ['the template {{env.A}} has no counterpart']],
  ['${{ a }}', ['`${{` stands in a text', 'the template {{ a }} has no counterpart']],
])('[F44] the text %s has the problems %j', (text, problems) => {
  expect(translateText(text)).toEqual({ text, environment: {}, steps: [], problems })
})

const succeeded = "steps.b.status == 'succeeded'"
test.each<[string, string, readonly string[]]>([
  [
    'states.b.ExitCode == 0',
    `(${succeeded} ? 0 : steps.b.error.name == 'ExitCode' ? int(steps.b.error.code) : -1) == 0`,
    ['b'],
  ],
  [
    "states.b.Status == 'completed'",
    `(${succeeded} ? 'completed' : string(steps.b.status)) == 'completed'`,
    ['b'],
  ],
  [
    'states.b-c.Output startsWith "x y"',
    `(steps["b-c"].status == 'succeeded' ? string(steps["b-c"].output) : '').startsWith("x y")`,
    ['b-c'],
  ],
  [
    "inputs.a endsWith '\\'' or inputs.n >= 1.25",
    "inputs.a.endsWith('\\'') || inputs.n >= 1.25",
    [],
  ],
  [
    ' inputs.a == false && !(true||inputs.b<3) ',
    'inputs.a == false && ! ( true || inputs.b < 3 )',
    [],
  ],
  ['inputs.a contains inputs.b', 'inputs.a.contains(inputs.b)', []],
])('[F44] the condition %s', (when, text, steps) => {
  expect(translateCondition(when)).toEqual({ kind: 'ok', text, steps })
})

test.each([
  ['', 'it is not understood'],
  ['contains', 'it is not understood'],
  ["contains 'a'", 'it is not understood'],
  ['inputs.a contains', 'it is not understood'],
  ['inputs.a contains )', 'it is not understood'],
  ['inputs.a ~ 1', 'it is not understood'],
  ["inputs.a == 'x", 'it is not understood'],
  ['states.b.Data == 1', '`states.b.Data` cannot be said here'],
  ['states.b.Output.x == 1', '`states.b.Output.x` cannot be said here'],
  ['x.states.b.Output', '`x.states.b.Output` cannot be said here'],
  ['inputs.a.b == 1', '`inputs.a.b` cannot be said here'],
  ['x.inputs.a', '`x.inputs.a` cannot be said here'],
])('[F44] the condition "%s" is refused: %s', (when, why) => {
  expect(translateCondition(when)).toEqual({
    kind: 'refused',
    problem: `the condition "${when}" is left out of what can be imported: ${why}`,
  })
})
