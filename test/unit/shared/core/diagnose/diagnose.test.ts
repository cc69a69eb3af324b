import { describe, expect, it } from 'vitest'
import type { DiagnoseFacts } from '../../../../../shared/core/diagnose/diagnose.ts'
import type { Finding } from '../../../../../shared/core/integrity/finding.ts'
import type { StepTrace } from '../../../../../shared/core/resume/resumePlan.ts'
import { at, makeAttempt, makeDefinition, makeRun, makeStep, step } from '../resume/makeRun.ts'
import { calm as nothing, diagnosed as rows, finding, holder } from './makeFacts.ts'

/** Rule, severity, sentence and action of each row. */
function lines(given: Partial<DiagnoseFacts>) {
  return rows(given).map(({ rule, severity, sentence, action }) => [
    rule,
    severity,
    sentence,
    action.kind,
  ])
}

const waiting = (until: string) =>
  makeRun({
    status: 'waiting',
    steps: {
      build: makeStep('waiting', { waitingOn: { kind: 'retry', until, attempt: 2 } }),
    },
  })

const charging = makeRun({
  steps: {
    build: makeStep('succeeded'),
    charge: makeStep('running', {
      attempts: [
        makeAttempt(1, {
          startedAt: at(25),
          process: { pid: 77, startTime: '5', processGroup: 77 },
        }),
      ],
    }),
    mail: makeStep('pending'),
  },
})
const error = {
  name: 'TimeoutError',
  message: 'no answer\nsecond line',
  code: 'ETIME',
  stack: null,
}

/** The first sentence of a rule. */
const told = (given: Partial<DiagnoseFacts>, rule: string) =>
  rows(given).find((found) => found.rule === rule)?.sentence

const usual = (minutes: number) => ({
  charge: { medianMs: minutes * 60_000, p95Ms: minutes * 60_000, runs: 4 },
})

function firstLine(trace: StepTrace) {
  return lines({ run: charging, liveness: 'interrupted', traces: { charge: trace } })[0]
}

describe('diagnose: the document', () => {
  it('[G1] a newer version is left to its own program', () => {
    expect(lines({ run: null, health: 'newer-version', version: 4 })).toEqual([
      [
        'G1',
        'stuck',
        'Written by a newer Unstuck (version 4); this one reads up to version 3 and leaves it untouched.',
        'upgrade',
      ],
    ])
  })

  it.each([
    ['unknown', 'No state document that Unstuck knows (JSON): its text is shown as it is.'],
    ['empty', 'The file is empty'],
    ['temporary', 'Left over by a write that was cut short'],
    ['unreadable', 'It cannot be read: '],
  ])('[G2] a file that is %s is told as what it is', (health, start) => {
    const [first, ...others] = rows({ run: null, health, formatLabel: 'JSON', findings: [finding] })
    expect(first).toMatchObject({ rule: 'G2', severity: 'attention', action: { kind: 'openRun' } })
    expect(first?.sentence).toContain(start)
    expect(others).toEqual([])
  })

  it('[G3] a foreign document is named', () => {
    expect(lines({ run: null, health: 'not-yet-readable', formatLabel: 'MARSYS' })).toEqual([
      [
        'G3',
        'attention',
        'A state document of MARSYS: its text is shown, it is not read as a run yet.',
        'none',
      ],
    ])
  })

  it('[G4] an old version is to be migrated, before anything that the run in it says', () => {
    const run = makeRun({ status: 'failed', steps: { build: makeStep('failed') } })
    const found = lines({ run, health: 'old-version', version: 1, liveness: 'unknown' })
    expect(found[0]).toEqual([
      'G4',
      'stuck',
      'Written as version 1: it has to be migrated before it can be resumed or repaired.',
      'migrate',
    ])
    expect(found[1]?.[0]).toBe('G14')
  })

  it('[G4] a completed run of an old version is less urgent', () => {
    const run = makeRun({ status: 'completed', finishedAt: at(9) })
    expect(
      lines({ run, health: 'old-version', version: 2 }).map((line) => line.slice(0, 2)),
    ).toEqual([
      ['G4', 'attention'],
      ['G29', 'resting'],
    ])
  })

  it('[G5] damage names its worst finding, with the place, and offers a repair', () => {
    const torn: Finding = { ...finding, severity: 'warning', rule: 'J20', file: 'journal' }
    const [first] = rows({ run: null, health: 'damaged', findings: [torn, finding] })
    expect(first).toEqual({
      rule: 'G5',
      severity: 'stuck',
      sentence: 'Damaged: The head does not fit its checksum: it was changed after it was written.',
      evidence: [
        { label: 'Finding', value: `C6 ${finding.sentence}` },
        { label: 'File', value: 'head' },
        { label: 'Byte', value: '120' },
        { label: 'Place', value: 'line 4, column 1' },
        { label: 'Path', value: '/checksum' },
        { label: 'Remedy', value: finding.remedy },
      ],
      action: { kind: 'repair', label: 'Plan a repair', step: null },
      step: null,
    })
  })

  it('[G5] a damaged document of another kind can only be looked at', () => {
    const foreign: Finding = { ...finding, file: 'document' }
    expect(rows({ run: null, health: 'damaged', findings: [foreign] })[0]?.action.kind).toBe(
      'openRun',
    )
    expect(rows({ run: null, health: 'damaged' })[0]?.action.kind).toBe('repair')
  })

  it('[G16] a flaw that damages nothing is worth a look', () => {
    const torn: Finding = { ...finding, severity: 'warning', sentence: 'The last line is torn.' }
    const run = makeRun({ status: 'completed', finishedAt: at(9) })
    expect(lines({ run, findings: [torn] })[0]).toEqual([
      'G16',
      'attention',
      'Worth a look: The last line is torn.',
      'repair',
    ])
    expect(lines({ run, findings: [{ ...torn, severity: 'info' }] })[0]?.[0]).toBe('G29')
  })
})

describe('diagnose: nobody carries it', () => {
  it('[G6] a step in doubt comes first, with all that is known of it', () => {
    const found = rows({ run: charging, liveness: 'interrupted', inDoubt: [step('charge')] })
    expect(found[0]).toEqual({
      rule: 'G6',
      severity: 'stuck',
      sentence:
        'charge began 5 min ago and its result is unknown: it may already have had its effect.',
      evidence: [
        { label: 'Step', value: 'charge' },
        { label: 'Attempt', value: '1' },
        { label: 'Began', value: at(25) },
        { label: 'Process', value: '77' },
        { label: 'Log', value: `logs/${charging.id}/charge.1.log` },
      ],
      action: { kind: 'resume', label: 'Say what happened to charge', step: 'charge' },
      step: 'charge',
      log: { step: 'charge', attempt: 1 },
    })
    expect(found.map(({ rule }) => rule)).toEqual(['G6', 'G11'])
  })

  it('[G7] a step that finished unseen is told with its exit code', () => {
    expect(firstLine({ kind: 'finished', exitCode: 0 })).toEqual([
      'G7',
      'stuck',
      'charge has finished (exit code 0), but nobody recorded it.',
      'resume',
    ])
    expect(firstLine({ kind: 'finished', exitCode: null })?.[2]).toBe(
      'charge has finished (ended by a signal), but nobody recorded it.',
    )
  })

  it('[G8] a step that still lives is told with its process', () => {
    expect(firstLine({ kind: 'alive', pid: 77 })).toEqual([
      'G8',
      'stuck',
      'charge still runs as process 77, but nobody waits for its result.',
      'resume',
    ])
  })

  it('[G9] a step whose command never began did nothing', () => {
    expect(firstLine({ kind: 'neverBegan' })).toEqual([
      'G9',
      'stuck',
      'charge was about to start when its process ended: nothing of it happened.',
      'resume',
    ])
  })

  it('[G10] a retry that is due, and nobody will make it', () => {
    expect(lines({ run: waiting(at(20)), liveness: 'interrupted' })[0]).toEqual([
      'G10',
      'stuck',
      'build waits and nobody will wake it. Its attempt 2 has been due for 10 min.',
      'resume',
    ])
    expect(lines({ run: waiting(at(40)), liveness: 'interrupted' })[0]?.[2]).toBe(
      'build waits and nobody will wake it. Its attempt 2 is due in 10 min.',
    )
  })

  it('[G11] the process is gone: when it was last heard of, and which it was', () => {
    expect(lines({ liveness: 'interrupted', holder })).toEqual([
      [
        'G11',
        'stuck',
        'Process 4242 on mill is gone. Last change 20 min ago; nothing moves until it is resumed.',
        'resume',
      ],
    ])
    expect(lines({ liveness: 'interrupted' })[0]?.[2]).toContain('The process that ran it is gone.')
  })

  it('[G12] a holder of which nothing can be proved is named, with its age', () => {
    const [first] = rows({ liveness: 'unknown', holder, run: charging, inDoubt: [step('charge')] })
    expect(first).toMatchObject({
      rule: 'G12',
      severity: 'attention',
      sentence:
        'Held for 29 min by process 4242 on mill: from here nobody can tell whether that lives.',
      action: { kind: 'breakLock' },
    })
    expect(first?.evidence).toContainEqual({ label: 'Process', value: '4242' })
  })

  it('[G13] without a holder a running run is only said to be running', () => {
    expect(lines({ liveness: 'unknown' })[0]).toEqual([
      'G13',
      'attention',
      'Said to be running; last change 20 min ago. No process proves it.',
      'wait',
    ])
  })
})

describe('diagnose: at rest', () => {
  const failed = makeRun({
    status: 'failed',
    finishedAt: at(9),
    workflow: {
      ...makeRun().workflow,
      definition: makeDefinition({ build: { retry: { attempts: 3 } }, charge: {} }),
    },
    steps: {
      build: makeStep('failed', {
        attempts: [1, 2, 3].map((number) =>
          makeAttempt(number, { outcome: 'failed', error, exitCode: 124, finishedAt: at(9) }),
        ),
      }),
      charge: makeStep('skipped', { skippedBy: 'dependency' }),
    },
  })

  it('[G14] a step that used up its retries: how often, with what, and why', () => {
    const found = rows({ run: failed })
    expect(found[0]).toEqual({
      rule: 'G14',
      severity: 'stuck',
      sentence: 'build failed all 3 times (exit code 124): no answer',
      evidence: [
        { label: 'Error', value: 'TimeoutError: no answer\nsecond line' },
        { label: 'Code', value: 'ETIME' },
        { label: 'Exit code', value: '124' },
        { label: 'Attempts', value: '3 of 3' },
        { label: 'Failed', value: at(9) },
      ],
      action: { kind: 'resume', label: 'Resume from build', step: 'build' },
      step: 'build',
      log: { step: 'build', attempt: 3 },
    })
    expect(found.map(({ rule }) => rule)).toEqual(['G14', 'G42', 'G24'])
  })

  it('[G67] of a step over items the log of the first item that failed is shown', () => {
    const definition = makeDefinition({ build: { forEach: ['a', 'b', 'c'] } })
    const workflow = { ...makeRun().workflow, definition }
    const steps = {
      build: makeStep('failed'),
      'build[0]': makeStep('succeeded'),
      'build[1]': makeStep('failed', { tries: 2 }),
      'build[2]': makeStep('failed', { tries: 2 }),
    }
    const run = makeRun({ status: 'failed', workflow, steps })
    const logs = rows({ run }).flatMap(({ rule, log }) => (rule === 'G14' ? [log] : []))
    expect(logs).toEqual([
      { step: 'build[1]', attempt: 2 },
      { step: 'build[1]', attempt: 2 },
      { step: 'build[2]', attempt: 2 },
    ])
  })

  it('[G14] while others still run, a failed step is a matter of attention', () => {
    const run = makeRun({ steps: { build: makeStep('failed'), charge: makeStep('running') } })
    expect(lines({ run, liveness: 'alive', holder })[0]).toEqual([
      'G14',
      'attention',
      'build failed.',
      'resume',
    ])
  })

  it('[G14] a failure that the workflow passes over stops nothing', () => {
    const definition = makeDefinition({ build: { continueOnError: true } })
    const workflow = { ...makeRun().workflow, definition }
    const run = makeRun({ workflow, steps: { build: makeStep('failed') }, status: 'paused' })
    expect(lines({ run }).map(([rule]) => rule)).toEqual(['G21'])
  })

  it('[G14] of an error the cause is told: not that its command failed, nor colours of a terminal', () => {
    const message =
      'The command of step build ended with exit code 7: \u001B[1;31mERROR\u001B[0m card_declined'
    const own = { name: 'ExitCode', message, code: '7', stack: null }
    const attempts = [makeAttempt(1, { outcome: 'failed', error: own, exitCode: 7 })]
    const run = makeRun({ status: 'failed', steps: { build: makeStep('failed', { attempts }) } })
    const [found] = rows({ run })
    expect(found?.sentence).toBe('build failed (exit code 7): ERROR card_declined')
    expect(found?.evidence).toEqual([{ label: 'Attempts', value: '1 of 1' }])
  })

  it('[G15] a run that failed without a failed step says why itself', () => {
    expect(lines({ run: makeRun({ status: 'failed', error }) })[0]).toEqual([
      'G15',
      'stuck',
      'The run failed: no answer',
      'resume',
    ])
    expect(lines({ run: makeRun({ status: 'failed' }) })[0]?.[2]).toBe(
      'The run failed: no step says why.',
    )
  })

  it('[G21] a paused run: since when, and by whom where that is known', () => {
    const run = makeRun({ status: 'paused' })
    expect(lines({ run })[0]?.[2]).toBe('Paused 20 min ago: it goes on when it is resumed.')
    const [first] = rows({ run, restedBy: { by: 'ada', reason: 'lunch' } })
    expect(first?.sentence).toBe('Paused 20 min ago by ada: it goes on when it is resumed.')
    expect(first?.evidence).toContainEqual({ label: 'Reason', value: 'lunch' })
  })

  it('[G21] a session that its program has put down is at rest, and nothing is to be resumed', () => {
    expect(lines({ run: makeRun({ status: 'paused', kind: 'session' }) })).toEqual([
      [
        'G21',
        'resting',
        'Kept 20 min ago by the program whose session this is; it goes on by itself.',
        'none',
      ],
    ])
  })

  it('[G14] an item that may fail stops nothing, as its step says', () => {
    const definition = makeDefinition({ build: { continueOnError: true, forEach: ['a', 'b'] } })
    const workflow = { ...makeRun().workflow, definition }
    const steps = { build: makeStep('waiting'), 'build[0]': makeStep('failed') }
    const run = makeRun({ workflow, steps, status: 'paused' })
    expect(lines({ run }).map(([rule]) => rule)).not.toContain('G14')
  })

  it('[G22] a run that was never started', () => {
    expect(lines({ run: makeRun({ status: 'pending' }) })).toEqual([
      ['G22', 'stuck', 'Never started: created 30 min ago, and no step has begun.', 'resume'],
    ])
  })

  it('[G23] what would have to be executed needs trust first', () => {
    const found = lines({ run: makeRun({ status: 'pending' }), trusted: false })
    expect(found.map((line) => [line[0], line[3]])).toEqual([
      ['G22', 'resume'],
      ['G23', 'trust'],
    ])
    const done = makeRun({ status: 'completed', finishedAt: at(9) })
    expect(lines({ run: done, trusted: false }).map(([rule]) => rule)).toEqual(['G29'])
    const cancelled = makeRun({ status: 'cancelled', finishedAt: at(9) })
    expect(lines({ run: cancelled, trusted: false }).map(([rule]) => rule)).toEqual(['G28'])
  })

  it('[G24] a step that was skipped because of another', () => {
    expect(rows({ run: failed }).find(({ rule }) => rule === 'G24')).toMatchObject({
      rule: 'G24',
      severity: 'resting',
      sentence: 'charge was skipped because a step that it needs did not succeed.',
      step: 'charge',
    })
  })

  it('[G28] a cancelled run rests', () => {
    const run = makeRun({ status: 'cancelled', finishedAt: at(29) })
    expect(lines({ run, restedBy: { by: 'ada', reason: null } })).toEqual([
      [
        'G28',
        'resting',
        'Cancelled 60 s ago by ada. It can be resumed where it stopped.',
        'resume',
      ],
    ])
  })

  it('[G29] a completed run: when, how long, how many steps', () => {
    const steps = {
      build: makeStep('succeeded'),
      charge: makeStep('skipped', { skippedBy: 'person' }),
    }
    const run = makeRun({ status: 'completed', finishedAt: at(10), steps })
    expect(lines({ run, now: at(60 * 24 * 3) })).toEqual([
      ['G29', 'resting', 'Completed 2 days ago in 10 min: 1 of 2 steps succeeded.', 'none'],
    ])
  })

  it('[G30] a lock on a run at rest is mentioned', () => {
    const run = makeRun({ status: 'completed', finishedAt: at(9) })
    const found = lines({ run, holder: { ...holder, purpose: 'repair' } })
    expect(found[1]).toEqual([
      'G30',
      'resting',
      'Locked for 29 min by process 4242 on mill (repair).',
      'none',
    ])
  })
})

function rulesOfWaiting(parts: Parameters<typeof makeRun>[0]) {
  const run = makeRun({ status: 'waiting', ...parts })
  return lines({ run, liveness: 'interrupted' }).map((line) => line.slice(0, 2))
}

describe('diagnose: it moves', () => {
  const carried = { liveness: 'alive', holder } as const

  it('[G17] an approval is waited for', () => {
    const waitingOn = { kind: 'gate', since: at(10), who: 'ada' } as const
    const run = makeRun({ status: 'waiting', steps: { build: makeStep('waiting', { waitingOn }) } })
    expect(lines({ run, ...carried })[0]).toEqual([
      'G17',
      'attention',
      'build has waited 20 min for an approval by ada.',
      'decide',
    ])
  })

  it('[G61] without a process a wait for a person comes first, unless something else is open too', () => {
    const gate = { kind: 'gate', since: at(10), who: 'ada' } as const
    const build = makeStep('waiting', { waitingOn: gate })
    expect(rulesOfWaiting({ steps: { build } })).toEqual([
      ['G17', 'stuck'],
      ['G11', 'attention'],
    ])
    expect(rulesOfWaiting({ steps: { build, charge: makeStep('running') } })).toEqual([
      ['G11', 'stuck'],
      ['G17', 'attention'],
    ])
  })

  it('[G18] a retry that is long due although a process carries the run', () => {
    const waitingOn = { kind: 'retry', until: at(20), attempt: 2 } as const
    const run = makeRun({ status: 'waiting', steps: { build: makeStep('waiting', { waitingOn }) } })
    expect(lines({ run, ...carried })[0]).toEqual([
      'G18',
      'attention',
      'build has been due for 10 min, and its process does not start it.',
      'retryNow',
    ])
    const paused = { ...run, status: 'paused' } as const
    expect(lines({ run: paused, liveness: 'none' }).map(([rule]) => rule)).not.toContain('G18')
  })

  it('[G19] a retry that is not due yet is waited for, with the last error', () => {
    const waitingOn = { kind: 'retry', until: at(31), attempt: 2 } as const
    const attempts = [makeAttempt(1, { outcome: 'failed', error })]
    const build = makeStep('waiting', { waitingOn, attempts })
    const definition = makeDefinition({ build: { retry: { attempts: 3 } } })
    const workflow = { ...makeRun().workflow, definition }
    const run = makeRun({ status: 'waiting', workflow, steps: { build } })
    expect(lines({ run, ...carried })[0]).toEqual([
      'G19',
      'moving',
      'build waits for attempt 2 of 3, due in 60 s. Last error: no answer',
      'retryNow',
    ])
  })

  it('[G20] another run is waited for', () => {
    const waitingOn = { kind: 'run', run: 'other-run' } as const
    const run = makeRun({ status: 'waiting', steps: { build: makeStep('waiting', { waitingOn }) } })
    expect(lines({ run, ...carried })[0]?.[2]).toBe('build waits for the run other-run.')
  })

  it('[G25] a step that runs: since when, and which attempt', () => {
    expect(lines({ run: charging, ...carried })).toEqual([
      ['G25', 'moving', 'charge has run for 5 min.', 'none'],
      ['G27', 'moving', 'Carried by process 4242 on mill for 29 min.', 'none'],
    ])
  })

  it('[G26] between two steps, or about to start', () => {
    expect(lines({ ...carried })[0]?.[2]).toBe('Between two steps. Last change 20 min ago.')
    expect(lines({ run: makeRun({ status: 'pending' }), ...carried })[0]?.[2]).toBe(
      'About to start: a process has taken it.',
    )
  })

  it('[G27] it is said when this very application carries it', () => {
    expect(lines({ run: charging, ...carried, heldHere: true })[1]?.[2]).toBe(
      'Carried by this very application for 29 min.',
    )
  })
})

describe('diagnose: what lies around it', () => {
  const waits = makeRun({ status: 'failed', steps: { build: makeStep('failed') } })

  it('[G46] a workspace that cannot be written, or hardly, is told while the run is open', () => {
    const readOnly = 'The folder belongs to root.'
    expect(told({ run: waits, around: { ...nothing, readOnly } }, 'G46')).toBe(
      'Nothing can be written here, so the run cannot go on: The folder belongs to root.',
    )
    expect(told({ run: waits, around: { ...nothing, freeBytes: 12e6 } }, 'G46')).toBe(
      'Only 12 MB are free on the disk of this workspace.',
    )
    const done = makeRun({ status: 'completed', finishedAt: at(9) })
    expect(
      told({ run: done, around: { ...nothing, readOnly, freeBytes: 0 } }, 'G46'),
    ).toBeUndefined()
  })

  it('[G46] a process that let go of a run says why, instead of being said to be gone', () => {
    const around = { ...nothing, carryProblem: 'no space left on device' }
    expect(lines({ run: makeRun(), liveness: 'interrupted', around })).toEqual([
      ['G46', 'stuck', 'It was not carried on: no space left on device', 'cleanUp'],
    ])
  })

  it('[G47] times of the journal that go back are told with the record', () => {
    const clockBack = { seq: 12, from: at(25), to: at(5) }
    expect(told({ run: waits, clockBack }, 'G47')).toBe(
      'The clock was set back by 20 min before record 12 was written.',
    )
  })

  it('[G41] a carried run of which nothing is recorded stands still', () => {
    expect(lines({ liveness: 'alive', holder, around: nothing })[0]).toEqual([
      'G41',
      'attention',
      'A process holds it, no step runs, and nothing was recorded for 20 min.',
      'wait',
    ])
    expect(lines({ liveness: 'alive', holder, around: nothing, now: at(15) })[0]?.[0]).toBe('G26')
  })

  it('[G41] [G40] output and earlier runs say that a long step is alive', () => {
    const carried = { run: charging, liveness: 'alive', holder, now: at(40) } as const
    const spoke = { ...nothing, lastOutput: { charge: at(39) } }
    expect(lines({ ...carried, around: nothing })[0]?.[0]).toBe('G41')
    expect(lines({ ...carried, around: spoke })[0]?.[0]).toBe('G25')
    expect(lines({ ...carried, around: { ...nothing, usual: usual(12) } })[0]?.[0]).toBe('G25')
    expect(lines({ ...carried, around: { ...nothing, usual: usual(1) } })[0]).toEqual([
      'G40',
      'attention',
      'charge has run for 15 min; usually it takes 60 s (4 earlier runs).',
      'openStep',
    ])
  })

  it('[G44] a definition that cannot be used as it is now says why, unless a process carries the run', () => {
    const definition = { source: '/w/build.yaml', kind: 'unusable', problem: 'No steps.' } as const
    const around = { ...nothing, definition }
    expect(told({ run: waits, around }, 'G44')).toBe(
      'The definition cannot be used as it is now: No steps.',
    )
    expect(told({ run: makeRun(), liveness: 'alive', holder, around }, 'G44')).toBeUndefined()
  })
})

describe('diagnose: always', () => {
  it('[G49] of more than twenty rows of one rule the others are counted', () => {
    expect(failing(20).map(({ step: name }) => name)).toEqual(
      Array.from({ length: 20 }, (_, index) => `s${index}`),
    )
    const found = failing(25)
    expect(found).toHaveLength(21)
    expect(found.at(-1)).toEqual({
      rule: 'G14',
      severity: 'stuck',
      sentence: 'And 5 more like these.',
      evidence: [],
      action: { kind: 'none', label: 'Nothing to do', step: null },
      step: null,
    })
  })

  it('[G23] what only rests, or offers something else, needs no trust', () => {
    expect(untrustedRules({ run: null, health: 'damaged' })).toEqual(['G5'])
    expect(untrustedRules({ run: makeRun({ status: 'cancelled' }) })).toEqual(['G28'])
    const run = makeRun({ status: 'paused', updatedAt: at(50) })
    expect(untrustedRules({ run })).toEqual(['G21', 'G47', 'G23'])
    expect(rows({ run, trusted: false }).at(-1)).toEqual({
      rule: 'G23',
      severity: 'attention',
      sentence: 'This folder is not trusted: none of its steps is executed until you trust it.',
      evidence: [],
      action: { kind: 'trust', label: 'Trust this folder', step: null },
      step: null,
    })
  })

  it('[G31] where nothing else is known, what it is said to be', () => {
    expect(rows({ run: makeRun() })).toEqual([
      {
        rule: 'G31',
        severity: 'attention',
        sentence: 'Said to be running: nothing else is known of it.',
        evidence: [],
        action: { kind: 'none', label: 'Nothing to do', step: null },
        step: null,
      },
    ])
  })

  it('[G6] of a run without a definition its steps are found, in their order, but for what is no name of a step', () => {
    const steps = {
      'not a step!': makeStep('failed'),
      two: makeStep('failed'),
      one: makeStep('failed'),
    }
    const workflow = { ...makeRun().workflow, definition: null }
    const found = rows({ run: makeRun({ status: 'failed', workflow, steps }) })
    expect(found.map(({ step: name }) => name)).toEqual(['two', 'one'])
    const mixed = {
      zeta: makeStep('failed'),
      charge: makeStep('failed'),
      build: makeStep('failed'),
    }
    const known = rows({ run: makeRun({ status: 'failed', steps: mixed }) })
    expect(known.filter(({ rule }) => rule === 'G14').map(({ step: name }) => name)).toEqual([
      'build',
      'charge',
      'zeta',
    ])
  })

  it('[G31] there is always a reason', () => {
    expect(lines({ run: null })).toEqual([
      ['G31', 'attention', 'Nothing in it can be read as a run (Unstuck).', 'none'],
    ])
    const pending = makeRun({ status: 'running' })
    expect(lines({ run: pending, liveness: 'none' })[0]?.[0]).toBe('G31')
  })

  it('[G33] a sentence fits a row: a long error is cut at a word, on its first line', () => {
    const long = { ...error, message: `${'word '.repeat(60)}\nnext` }
    const attempts = [makeAttempt(1, { outcome: 'failed', error: long })]
    const run = makeRun({ status: 'failed', steps: { build: makeStep('failed', { attempts }) } })
    const sentence = rows({ run })[0]?.sentence ?? ''
    expect(sentence).toMatch(/^build failed: (word )+word…$/)
    expect(sentence.length).toBeLessThanOrEqual(110)
    const unbroken = { ...error, message: `${'x'.repeat(94)}🚀${'x'.repeat(94)}` }
    const other = { ...attempts[0], error: unbroken } as const
    const cut = makeRun({
      status: 'failed',
      steps: { build: makeStep('failed', { attempts: [makeAttempt(1, other)] }) },
    })
    expect(rows({ run: cut })[0]?.sentence).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/)
  })
})

function failing(count: number) {
  const names = Array.from({ length: count }, (_, index) => `s${index}`)
  const steps = Object.fromEntries(names.map((name) => [name, makeStep('failed')]))
  const workflow = { ...makeRun().workflow, definition: null }
  return rows({ run: makeRun({ status: 'failed', workflow, steps }) })
}

function untrustedRules(given: Partial<DiagnoseFacts>) {
  return rows({ trusted: false, ...given }).map(({ rule }) => rule)
}
