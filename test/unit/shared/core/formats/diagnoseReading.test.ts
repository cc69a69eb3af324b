import { describe, expect, test } from 'vitest'
import { diagnoseReading } from '../../../../../shared/core/formats/diagnoseReading.ts'
import { statusWord } from '../../../../../shared/core/formats/statusWord.ts'
import type { FormatReading } from '../../../../../shared/core/formats/format.ts'
import { inFull, wholeReason } from '../../../../../shared/core/diagnose/wholeReason.ts'
import type { Diagnosis } from '../../../../../shared/core/diagnose/diagnosis.ts'
import type { Finding } from '../../../../../shared/core/integrity/finding.ts'
import type { Run } from '../../../../../shared/schema/run.ts'
import { sampleRun } from '../run/sampleRun.ts'

const asked = { engine: 'AWF', now: '2026-01-02T06:04:05.000Z' }

describe('why the run of another engine does not move', () => {
  test.each([
    ['running', 'attention', /^Said to be running, last change 3 h ago\. Nothing proves that AWF/],
    ['paused', 'attention', /^Said to be paused, last change 3 h ago\.$/],
    ['failed', 'stuck', /^Failed 3 h ago: disk full$/],
    ['completed', 'resting', /^Completed 3 h ago\.$/],
    ['cancelled', 'resting', /^Cancelled 3 h ago\.$/],
  ] as const)('[F194] of one that is %s is said with its last change', (status, severity, says) => {
    const [reason] = diagnoseReading(reading({ run: runOf(status) }), asked)

    expect(reason).toMatchObject({ severity, sentence: expect.stringMatching(says) })
  })

  test('[F196] begins with its damage, and goes on with what the format knows', () => {
    const reasons = diagnoseReading(
      reading({ run: runOf('failed'), findings: [finding], diagnoses: [known] }),
      asked,
    )

    expect(reasons.map(({ rule, sentence }) => [rule, sentence])).toEqual([
      ['F196', 'Damaged: The checksum does not fit.'],
      ['F20', 'It runs the finished step again.'],
    ])
  })
})

test('[F196] a reason that is longer than a row stands whole with its evidence', () => {
  const long = `It runs the step ${'again and '.repeat(20)}again.`
  const [reason] = diagnoseReading(reading({ diagnoses: [{ ...known, sentence: long }] }), asked)

  expect(reason?.sentence.length).toBeLessThanOrEqual(110)
  expect(reason?.evidence[0]).toEqual({ label: 'In full', value: long })
})

test('[L275] on a page a reason that is longer than a row stands whole, and once', () => {
  const long = `It runs the step ${'again and '.repeat(20)}again.`
  const damage = { ...finding, sentence: long }
  const reasons = diagnoseReading(
    reading({ findings: [damage], diagnoses: [known, { ...known, sentence: long }] }),
    asked,
  )

  const whole = reasons.map(wholeReason)

  expect(whole.map(({ sentence }) => sentence)).toEqual([
    `Damaged: ${long}`,
    'It runs the finished step again.',
    long,
  ])
  expect(whole.flatMap(({ evidence }) => evidence.map(({ label }) => label))).not.toContain(inFull)
})

test('[F196] damage is told with its rule, its place and what can be done', () => {
  const warning = { ...finding, severity: 'warning' as const }
  const at = { ...finding, line: 3, column: 4, pointer: '/a', remedy: 'Put it back.' }
  const reasons = [at, { ...finding, line: 3, column: null }, finding].map(
    (one) => diagnoseReading(reading({ findings: [warning, one] }), asked)[0],
  )
  const [{ evidence: first = [] } = {}, second, third] = reasons

  expect(reasons[0]).toMatchObject({
    rule: 'F196',
    severity: 'stuck',
    action: { kind: 'repair', label: 'Plan a repair', step: null },
    step: null,
  })
  expect(first).toEqual([
    { label: 'Finding', value: `${finding.rule} ${finding.sentence}` },
    { label: 'Place', value: 'line 3, column 4' },
    { label: 'Path', value: '/a' },
    { label: 'Remedy', value: 'Put it back.' },
  ])
  expect(second?.evidence).toContainEqual({ label: 'Place', value: 'line 3, column 1' })
  expect(third?.evidence.map(({ label }) => label)).not.toContain('Place')
})

const toldOf = (parts: Partial<FormatReading>) => diagnoseReading(reading(parts), asked)

test('[F194] what is no run of its own, waits or failed without a cause is said', () => {
  const failed = { ...runOf('failed'), error: null }
  const row = { rule: 'F194', evidence: [], step: null }

  expect([
    toldOf({ run: null, label: 'TAPPS epic' }),
    toldOf({ run: failed }),
    toldOf({ run: runOf('waiting') }),
    toldOf({ run: runOf('pending') }),
  ]).toMatchObject([
    [
      {
        ...row,
        severity: 'resting',
        sentence: 'TAPPS epic: it is no run of its own; its text is shown.',
      },
    ],
    [{ ...row, severity: 'stuck', sentence: 'Failed 3 h ago.' }],
    [{ ...row, severity: 'attention', sentence: 'Said to be waiting, last change 3 h ago.' }],
    [{ sentence: expect.stringMatching(/^Said to be pending, last change 3 h ago\. Nothing/) }],
  ])
  expect(toldOf({ diagnoses: [known] })).toEqual([known])
})

test('[F193] words that engines use for a status are told in ours', () => {
  const words =
    'pending created queued dispatched running active in_progress waiting paused blocked failed failure error submit-failed cancel-requested completed complete success succeeded done terminated cancelled canceled aborted abandoned'
  const run = runOf('completed')
  const told = words.split(' ').map((status) => statusWord({ said: { status, steps: {} }, run }))
  expect(new Set(told)).toEqual(new Set(['completed']))
  expect(statusWord({ said: { status: null, steps: {} }, run: null })).toBeNull()
})

describe('the status word of a row', () => {
  test.each([
    ['SUCCESS', 'completed'],
    ['canceled', 'completed'],
    ['bogus', 'bogus'],
    [null, 'completed'],
  ])('[F193] of %s is %s', (status, word) => {
    const said = { status, steps: {} }

    expect(statusWord(reading({ said, run: runOf('completed') }))).toBe(word)
    expect(statusWord(reading({ said, run: null }))).toBe(status)
  })
})

function reading(parts: Partial<FormatReading>): FormatReading {
  return {
    label: 'AWF state',
    version: null,
    isOld: false,
    run: null,
    said: { status: null, steps: {} },
    findings: [],
    diagnoses: [],
    points: [],
    ...parts,
  }
}

function runOf(status: Run['status']): Run {
  const error = { name: 'Error', message: 'disk full', code: null, stack: null }
  return {
    ...sampleRun(),
    status,
    updatedAt: '2026-01-02T03:04:05.000Z',
    error: status === 'failed' ? error : null,
  }
}

const finding: Finding = {
  rule: 'F50',
  severity: 'error',
  sentence: 'The checksum does not fit.',
  file: 'document',
  offset: null,
  line: null,
  column: null,
  pointer: null,
  remedy: null,
}

const known: Diagnosis = {
  rule: 'F20',
  severity: 'attention',
  sentence: 'It runs the finished step again.',
  evidence: [],
  action: { kind: 'none', label: '', step: null },
  step: null,
}
