import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decodeHead } from '../../../../../shared/core/codec/decodeHead.ts'
import { encodeHead } from '../../../../../shared/core/codec/encodeHead.ts'
import { replay } from '../../../../../shared/core/run/replay.ts'
import type { Json } from '../../../../../shared/schema/json.ts'
import { RunId, StepId } from '../../../../../shared/schema/ids.ts'
import type { Run, StepState } from '../../../../../shared/schema/run.ts'
import { deepFreeze } from '../diff/deepFreeze.ts'
import * as sample from '../run/sampleRun.ts'

const { began, born, checkpoint, failed, journalOf, sha256, started, succeeded } = sample

const fixture = new URL('../../../../fixtures/native/release.json', import.meta.url)

function fixtureRun(): Run {
  const records = journalOf(
    born(),
    started,
    began('build'),
    succeeded(
      'build',
      Array.from({ length: 60 }, (_, row) => ({ row, name: `row ${row}` })),
    ),
    checkpoint('c1', 'build'),
    { type: 'variableSet', name: 'rows', value: 60 },
    began('test'),
    failed('test', '3 tests failed\nsee the log'),
    {
      type: 'runFailed',
      error: { name: 'StepFailed', message: 'test failed', code: null, stack: null },
    },
  )
  return deepFreeze(replay(records) ?? sample.sampleRun())
}

/** What a run is after it was written and read. */
function roundTrip(run: Run): unknown {
  const decoded = decodeHead(encodeHead(run, sha256), sha256)
  return decoded.kind === 'ok' ? decoded.run : decoded
}

const withOutput = (output: Json): Run => {
  const run = sample.sampleRun()
  const steps = { ...run.steps, build: { ...pending, output } }
  return { ...run, steps }
}
const pending = { status: 'pending' as const, attempts: [], waitingOn: null, skippedBy: null }

describe('encodeHead', () => {
  test('[C1] writes the bytes that it has always written', () => {
    expect(encodeHead(fixtureRun(), sha256)).toBe(readFileSync(fixture, 'utf8'))
  })

  test('[C1] equal runs have equal bytes, whatever the order of their keys', () => {
    const run = fixtureRun()
    const shuffled = Object.fromEntries(Object.entries({ ...run, zeta: 1, alpha: 2 }).toReversed())
    const text = encodeHead({ ...run, alpha: 2, zeta: 1 }, sha256)
    // The same run: its keys only stand in another order.
    expect(encodeHead(shuffled as Run, sha256)).toBe(text)
  })

  test('[C1] the keys inside of a run have one order too, and each decision has its line', () => {
    const run = wholeRun()
    const text = encodeHead(run, sha256)
    expect(encodeHead(turnedRun(run), sha256)).toBe(text)
    expect(text).toContain('"waitingOn":{"kind":"gate","until":null,"since":"')
    expect(text).toContain('","who":null,"message":"Go?"}')
    expect(text).toContain('"decisions": [\n{"seq":1,"at":"')
  })

  test('[C1] each step, checkpoint, input, variable and item of a long list has its line', () => {
    const lines = encodeHead(fixtureRun(), sha256).split('\n')
    const begins = (start: string) => lines.filter((line) => line.startsWith(start)).length
    expect(begins('"build": {')).toBe(1)
    expect(begins('"test": {')).toBe(1)
    expect(begins('{"id":"c1"')).toBe(1)
    expect(begins('"target": "staging"')).toBe(1)
    expect(begins('"rows": 60')).toBe(1)
    expect(begins('{"row":')).toBe(60)
  })

  test('[C1] a short list stays on its line', () => {
    const lines = encodeHead(withOutput([1, [2], { a: [] }]), sha256).split('\n')
    expect(lines.filter((line) => line.includes('"output":[1,[2],{"a":[]}]'))).toHaveLength(1)
  })

  test('[C1] keys of values keep their order', () => {
    expect(encodeHead(withOutput({ b: 1, a: 2 }), sha256)).toContain('"output":{"b":1,"a":2}')
  })

  test.each<readonly [string, Json]>([
    ['-0', [-0, 0, { zero: -0 }]],
    ['-0 in a long list', [...Array.from({ length: 600 }, () => 0), -0]],
    [
      '-0 deep in a long value',
      { a: { b: { c: { d: { e: { f: { g: ['x'.repeat(2000), -0] } } } } } } },
    ],
    ['lone surrogates', ['\ud800', 'a\udc00b', { '\udfff': 1 }]],
    ['every plane and control', 'aé\u2028\u0000\u001f\u007f漢🚀"\\/'],
    ['numbers at their limits', [5e-324, 1.7976931348623157e308, 9007199254740991, 1e21, 0.1]],
    ['empty containers', [[], {}, '', null, [[]], [{}]]],
    ['a key __proto__', JSON.parse('{"__proto__":{"__proto__":[1]},"constructor":2}') as Json],
    ['deep nesting', deep(900)],
  ])('[C2] %s comes back as it was', (_name, output) => {
    const run = deepFreeze(withOutput(output))
    expect(roundTrip(run)).toEqual(run)
    expect(sameText(roundTrip(run), run)).toBe(true)
  })

  test('[C2] unknown fields come back at every level, __proto__ too', () => {
    const run = sample.sampleRun()
    const odd: unknown = JSON.parse('{"__proto__":{"a":1},"later":[{"b":-0}]}')
    const merged = {
      ...run,
      ...(odd as object),
      workflow: { ...run.workflow, host: 'x' },
      place: { ...run.place, rack: 7 },
      annotations: { ...run.annotations, mood: 'fine' },
      steps: { ...run.steps, build: { ...pending, output: 1, mark: { c: [null] } } },
      variables: JSON.parse('{"__proto__":3}') as Run['variables'],
    }
    const text = encodeHead(merged, sha256)
    const back = roundTrip(merged)
    expect(back).toEqual(merged)
    expect(encodeHead(back as Run, sha256)).toBe(text)
    expect(text).toContain('"__proto__": {"a":1}')
    expect(text).toContain('"variables": {\n"__proto__": 3\n}')
  })
})

/** A run that has one of everything. */
function wholeRun(): Run {
  const run = fixtureRun()
  const [at, id] = [sample.moment(1), RunId.parse('parent')]
  const error = { name: 'E', message: 'm', code: null, stack: null }
  const process = { pid: 7, startTime: '1', processGroup: 7 }
  const times = { startedAt: at, finishedAt: at, outcome: 'failed' as const, exitCode: 1 }
  const gate = { kind: 'gate' as const, until: null, since: at, who: null, message: 'Go?' }
  return {
    ...run,
    error,
    steps: {
      [StepId.parse('build')]: {
        ...pending,
        output: { b: 1, a: 2 },
        attempts: [{ number: 1, ...times, error, process }],
        waitingOn: gate,
      },
      [StepId.parse('test')]: {
        ...pending,
        output: null,
        waitingOn: { kind: 'retry', until: at, attempt: 2 },
      },
    },
    decisions: [
      { seq: 1, at, step: StepId.parse('build'), decision: 'rerun', by: 'ada', reason: null },
    ],
    lineage: { parent: id, checkpoint: null, relation: 'fork' },
    origin: { format: 'awf', document: 'a.json', item: null, digest: 'sha256:0' },
  }
}

/** The same run, with the keys of each of its parts in the other order. */
function turnedRun(run: Run): Run {
  const attempts = ({ attempts: all }: StepState) =>
    all.map((one) =>
      turned({ ...one, error: turnedIfAny(one.error), process: turnedIfAny(one.process) }),
    )
  const steps = Object.entries(run.steps).map(([id, step]) => [
    id,
    turned({ ...step, attempts: attempts(step), waitingOn: turnedIfAny(step.waitingOn) }),
  ])
  return turned({
    ...run,
    workflow: turned(run.workflow),
    place: turned(run.place),
    error: turnedIfAny(run.error),
    steps: Object.fromEntries(steps) as Run['steps'], // the same ids
    checkpoints: run.checkpoints.map(turned),
    decisions: run.decisions.map(turned),
    lineage: turnedIfAny(run.lineage),
    ...(run.origin === undefined ? {} : { origin: turned(run.origin) }),
    annotations: turned(run.annotations),
    journal: turned(run.journal),
  })
}

function turned<Part extends object>(part: Part): Part {
  return Object.fromEntries(Object.entries(part).toReversed()) as Part // the same fields
}

function turnedIfAny<Part extends object>(part: Part | null): Part | null {
  return part === null ? null : turned(part)
}

function deep(levels: number): Json {
  let value: Json = 'bottom'
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

/** `toEqual` does not tell -0 from 0 inside, nor look at own `__proto__`. */
function sameText(a: unknown, b: unknown): boolean {
  return encodeHead(a as Run, sha256) === encodeHead(b as Run, sha256)
}
