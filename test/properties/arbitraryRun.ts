import * as fc from 'fast-check'
import { recordOf, sampleRun } from '../unit/shared/core/run/sampleRun.ts'
import type { JournalRecord } from '../../shared/schema/journal.ts'
import type { Json } from '../../shared/schema/json.ts'
import type { Run } from '../../shared/schema/run.ts'

const unit = fc.constantFrom(
  ...Array.from('ab01 _.-"\\/\n\0\u007f\u2028é漢🚀'),
  '\ud800',
  '\udc00',
  '\uffff',
)
/** Any text, halves of pairs too. */
export const text = fc.oneof(
  fc.string({ unit, maxLength: 12 }),
  fc.constantFrom('', '\ud800', 'a\udc00', '__proto__', 'constructor', '"\\\n\u2028', '🚀é漢'),
)
const key = fc.oneof(text, fc.constantFrom('a', 'b', '0', '10', 'checksum', 'sum', 'toString'))
const scalar = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, -0, 1e300, 5e-324, 9007199254740991),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  text,
)

/** Entries, so that `__proto__` becomes an own key. */
export function recordOfJson(value: fc.Arbitrary<Json>): fc.Arbitrary<Record<string, Json>> {
  return fc
    .uniqueArray(fc.tuple(key, value), { maxLength: 5, selector: ([name]) => name })
    .map((entries) => Object.fromEntries(entries))
}

export const json: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('json'), { maxLength: 40 }),
    recordOfJson(tie('json')),
  ),
})).json

const stepNames = [
  'build',
  'test',
  'deploy',
  'notify',
  'constructor',
  'extra[3]',
  'test[0]',
  'test[1]',
  'deploy[0]',
]
const step = fc.constantFrom(...stepNames)
const attempt = fc.integer({ min: 1, max: 4 })
const error = fc.record({
  name: text,
  message: text,
  code: fc.constant(null),
  stack: fc.constant(null),
})
const reason = fc.option(text)
const by = text

/** Any record of any type, in any order: most journals of these are odd, and all must be read. */
export const body: fc.Arbitrary<object> = fc.oneof(
  fc.record({ type: fc.constant('runStarted') }),
  fc.record({ type: fc.constant('stepStarted'), step, attempt, process: fc.constant(null) }),
  fc.record({
    type: fc.constant('stepSucceeded'),
    step,
    attempt,
    output: json,
    exitCode: fc.constant(0),
  }),
  fc.record({ type: fc.constant('stepFailed'), step, attempt, error, exitCode: fc.constant(null) }),
  fc.record({
    type: fc.constant('stepSkipped'),
    step,
    by: fc.constantFrom('condition', 'dependency', 'person'),
    reason,
  }),
  fc.record({ type: fc.constant('stepCancelled'), step, attempt: fc.option(attempt), reason }),
  fc.record({
    type: fc.constant('stepWaiting'),
    step,
    waitingOn: fc.constant({ kind: 'run', run: 'other' }),
  }),
  fc.array(fc.constantFrom<Json>(1, 2), { maxLength: 4 }).chain((items) =>
    fc.record({
      type: fc.constant('stepWaiting'),
      step,
      waitingOn: fc.constant({ kind: 'items', total: items.length }),
      items: fc.constant(items),
    }),
  ),
  fc.record({
    type: fc.constant('retryScheduled'),
    step,
    attempt,
    until: fc.constant('2026-01-02T03:04:05.678Z'),
  }),
  fc.record({
    type: fc.constant('gateDecided'),
    step,
    decision: fc.constantFrom('approved', 'rejected'),
    by,
    values: recordOfJson(json),
    reason,
  }),
  fc.record({ type: fc.constant('variableSet'), name: key, value: json }),
  fc.record({
    type: fc.constant('variablesChanged'),
    set: fc.array(fc.record({ name: key, value: json }), { maxLength: 3 }),
    removed: fc.array(key, { maxLength: 2 }),
    by,
  }),
  fc.record({
    type: fc.constant('checkpoint'),
    id: fc.constantFrom('c1', 'c2', 'c3'),
    parent: fc.constant(null),
    name: text,
    trigger: fc.constantFrom('step', 'manual'),
    step: fc.option(step),
    progress: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  fc.record({
    type: fc.constant('decision'),
    step,
    decision: fc.constantFrom('happened', 'rerun', 'skip', 'stop', 'adopted'),
    output: json,
    by,
    reason,
  }),
  fc.record({ type: fc.constant('runPaused'), by, reason }),
  fc.record({
    type: fc.constant('runResumed'),
    by,
    reason,
    reset: fc.array(step, { maxLength: 3 }),
  }),
  fc.record({ type: fc.constantFrom('runCompleted', 'teleported') }),
  fc.record({ type: fc.constant('runFailed'), error }),
  fc.record({ type: fc.constant('runCancelled'), by, reason }),
  fc.record({
    type: fc.constant('edited'),
    patch: fc.array(
      fc.record({
        op: fc.constantFrom('add', 'remove', 'replace'),
        path: fc.constantFrom('/mark', '/steps/build', '/variables/a', '/status', '/nothing/here'),
        value: fc.oneof(json, fc.constantFrom('running', 'failed')),
      }),
      { maxLength: 3 },
    ),
    by,
    reason,
  }),
  fc.record({ type: fc.constant('keyframe'), run: fc.constant(sampleRun()) }),
)

/** A journal that begins with the birth of the sample. */
export const journal: fc.Arbitrary<readonly JournalRecord[]> = fc
  .array(body, { maxLength: 25 })
  .map((bodies) =>
    [{ type: 'runCreated', run: sampleRun() }, ...bodies].map((each, index) =>
      recordOf(each, index + 1),
    ),
  )

/** Runs with any values, and with fields that no schema knows. */
export const anyRun: fc.Arbitrary<Run> = fc
  .record({
    inputs: recordOfJson(json),
    variables: recordOfJson(json),
    output: json,
    extra: recordOfJson(json),
    message: text,
    name: text,
  })
  .map(({ inputs, variables, output, extra, message, name }) => {
    const run = sampleRun()
    const pending = { attempts: [], waitingOn: null, skippedBy: null }
    const known = {
      ...run,
      inputs,
      variables,
      error: { name, message, code: null, stack: null },
      workflow: { ...run.workflow, name },
      steps: { ...run.steps, build: { status: 'succeeded' as const, ...pending, output } },
    }
    const fresh = Object.entries(extra).filter(([field]) => !Object.hasOwn(known, field))
    return Object.fromEntries([...Object.entries(known), ...fresh]) as Run // a run with more fields
  })
