import { describe, expect, test } from 'vitest'
import { loadDefinitionText } from '../../../../electron/services/loadDefinitionText.ts'

/** `line:column path: message -> suggestion` of each problem. */
function flaws(text: string): readonly string[] {
  const { problems } = loadDefinitionText(text, { isJson: false })
  return problems.map(
    ({ line, column, path, message, suggestion }) =>
      `${line}:${column} ${path}: ${message}${suggestion === null ? '' : ` -> ${suggestion}`}`,
  )
}

function inStep(...lines: readonly string[]): readonly string[] {
  const text = ['name: x', 'inputs: { region: eu }', 'steps:', '  before: { run: make }']
  return flaws([...text, '  a:', ...lines.map((line) => `    ${line}`)].join('\n'))
}

describe('a definition is refused', () => {
  test('[E55] for a setting that does not fit the kind of its step, with what to write instead', () => {
    expect(inStep('http: https://x.test', 'stdin: x')).toEqual([
      '7:5 steps.a.stdin: step a: `stdin` does not fit a step with `http`; write `http: { body: … }`.',
    ])
    expect(inStep('command: [x]', 'with: { a: 1 }')).toEqual([
      '7:5 steps.a.with: step a: `with` does not fit a step with `command`; write them as arguments, or hand them over with `environment`.',
    ])
    expect(inStep('gate: {}', 'timeout: 5m', 'retry: { attempts: 2 }')).toEqual([
      '7:5 steps.a.timeout: step a: `timeout` does not fit a step with `gate`; write `gate: { expires: … }`.',
      '8:5 steps.a.retry: step a: `retry` does not fit a step with `gate`; it belongs to run, command, module, http, workflow, function.',
    ])
  })

  test('[E56] for an expression in a line of the shell, or where none is evaluated', () => {
    expect(inStep('run: echo ${{ inputs.region }}')).toEqual([
      '6:10 steps.a.run: step a: an expression in `run` would be read by the shell as part of the line; hand the value over with `environment`, and write "$NAME" here.',
    ])
    expect(inStep('workflow: ./${{ inputs.region }}.yaml')).toEqual([
      '6:15 steps.a.workflow: step a: `workflow` is taken as it is; expressions are not evaluated in it.',
    ])
  })

  test('[E57] for expressions that cannot come to anything, at the very character', () => {
    expect(inStep('run: x', 'when: inputs.regoin == "eu"')).toEqual([
      '7:18 steps.a.when: `when` of step a: `inputs.regoin`: the workflow has no `regoin`. -> region',
    ])
    expect(inStep('needs: [before]', 'command: [x, "y ${{ steps.before.outptu }}"]')).toEqual([
      '7:38 steps.a.command[1]: `command.1` of step a: `steps.before.outptu`: step `before` has no `outptu`. -> output',
    ])
    expect(
      inStep(
        'needs: [before]',
        'http:',
        '  url: https://x.test',
        '  method: POST',
        '  body: |',
        '    one',
        '    ${{ steps.befor.output }}',
      ),
    ).toEqual([
      '12:19 steps.a.http.body: `http.body` of step a: the workflow has no step `befor`. -> before',
    ])
    expect(
      inStep('run: x', 'environment: { A: "${{ result }}" }', 'output: "${{ result.a }}"'),
    ).toEqual([
      '7:28 steps.a.environment.A: `environment.A` of step a: there is no `result` here: `result` exists only in `output`.',
    ])
  })

  test('[E58] for looking at a step that may not have ended', () => {
    expect(inStep('command: ["${{ steps.before.output }}"]')).toEqual([
      '6:26 steps.a.command[0]: `command.0` of step a: the step `before` may not have ended by then: it is not among the `needs` of this step, directly or through others.',
    ])
    expect(
      flaws(
        [
          'name: x',
          'steps:',
          '  a: { run: x }',
          '  b: { run: x, needs: [a] }',
          '  c: { command: ["${{ steps.a.output }}"], needs: [b], when: failed() }',
          'output: ${{ steps.c.status }}',
        ].join('\n'),
      ),
    ).toEqual([])
  })

  test('[E59] for waits, lists and calls that cannot be meant', () => {
    expect(inStep('wait: { for: 5 minutes }')).toEqual([
      '6:18 steps.a.wait.for: `wait.for` of step a: expected a duration such as 30s, 5m or 2h, or an expression that gives one.',
    ])
    expect(inStep('wait: { until: 2026-01-31 }')).toEqual([
      '6:20 steps.a.wait.until: `wait.until` of step a: expected a moment with a time zone, such as 2026-01-31T09:00:00Z, or an expression that gives one.',
    ])
    expect(inStep('wait: { fro: 5m }')).toEqual([
      '6:11 steps.a.wait: `wait` of step a: a wait has either `for` (a duration) or `until` (a moment), and only one of them.',
      '6:13 steps.a.wait.fro: `wait` of step a has no setting `fro`. -> for',
    ])
    expect(inStep('run: x', 'forEach: []')).toEqual([
      '7:14 steps.a.forEach: `forEach` of step a: the list is empty, so this step would do nothing.',
    ])
    expect(inStep('run: x', 'forEach: staging')).toEqual([
      '7:14 steps.a.forEach: `forEach` of step a: there is no `staging` here.',
    ])
    expect(inStep('http: ftp://x.test')).toEqual([
      '6:11 steps.a.http: `http` of step a: expected an address that begins with http:// or https://.',
    ])
    expect(inStep('http: { url: "https://x.test", body: 1, methd: POST }')).toEqual([
      '6:45 steps.a.http.methd: `http` of step a has no setting `methd`. -> method',
    ])
    expect(inStep('http: { url: "https://x.test", body: 1, headers: { "a b": c } }')).toEqual([
      '6:42 steps.a.http.body: `http.body` of step a: a GET has no body; set `method` to POST, PUT or PATCH.',
      '6:56 steps.a.http.headers.a b: the header `a b` of step a cannot be sent: expected a plain name and a value of one line.',
    ])
    expect(inStep('run: x', 'retry: { attempts: 3, delay: 1m, maxDelay: 5s, on: [0] }')).toEqual([
      '7:34 steps.a.retry.delay: `retry` of step a: its `delay` is longer than its `maxDelay`.',
      '7:57 steps.a.retry.on[0]: `retry.on` of step a: an exit code of 0 is no failure.',
    ])
    expect(inStep('module: steps')).toEqual([
      '6:13 steps.a.module: `module` of step a: expected a file and the name of a function, such as ./steps.ts#build.',
    ])
    expect(inStep('function: build')).toEqual([
      '6:5 steps.a.function: step a: `function` names a function of a program that carries the run by itself, and a file has no such program; write `module: ./file.ts#name`.',
    ])
    expect(flaws('name: x\nsteps:\n  "a[0]": { run: x }')).toEqual([
      '3:3 steps.a[0]: the name `a[0]` cannot be used: a name without [ and ].',
    ])
  })

  test('[E60] for fields that are none, or that contradict themselves', () => {
    const text = [
      'name: x',
      'inputs:',
      '  amount: { type: integer, minimum: 3, maximum: 1 }',
      '  region: { type: string, patern: x }',
      '  plain: { type: other, patern: x }',
      'steps:',
      '  ask:',
      '    gate:',
      '      onExpiry: approve',
      '      fields:',
      '        a: { type: strng }',
      '        b: { type: choice, options: [] }',
    ].join('\n')
    expect(flaws(text)).toEqual([
      '11:20 steps.ask.gate.fields.a.type: `gate.fields.a.type` of step ask is one of string, text, integer, number, boolean, choice, date, json. -> string',
      '12:37 steps.ask.gate.fields.b.options: `gate.fields.b.options` of step ask: Too small: expected array to have >=1 items.',
    ])
    const sound = text.replace('strng', 'string').replace('options: []', 'options: [x], default: y')
    expect(flaws(sound)).toEqual([
      '3:11 inputs.amount: `amount`: its `minimum` is larger than its `maximum`.',
      '4:27 inputs.region.patern: `inputs.region` has no setting `patern`. -> pattern',
      '9:17 steps.ask.gate.onExpiry: `gate.onExpiry` of step ask never comes about: the gate has no `expires`.',
      '11:12 steps.ask.gate.fields.a: `a` has no default, so an expiry cannot approve this gate; give it one, or set `required: false`.',
      '12:12 steps.ask.gate.fields.b: `b`: its default does not fit: expected one of x, found "y".',
    ])
  })
})
