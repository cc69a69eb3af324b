import { describe, expect, it } from 'vitest'
import type { CliEnvironment } from '../../../../electron/cli/runCli.ts'
import type { HandlerInput, Handlers } from '../../../../shared/contract/contract.ts'
import type { RunDetail } from '../../../../shared/contract/runs.ts'
import type { ResumePlan } from '../../../../shared/core/resume/resumePlan.ts'
import { AppError } from '../../../../shared/errors.ts'
import { RunId, StepId } from '../../../../shared/schema/ids.ts'
import { ref, workspace } from '../../../contract/samples.ts'
import { detailOf, listOf, rowOf, unstuck, type Said } from './cliDouble.ts'

const asOf = '2026-01-02T03:04:05.678Z'
const readBy: ResumePlan['steps'][number]['readBy'] = []

const step = {
  step: StepId.parse('charge'),
  rule: 'S4',
  reason: 'It has not run yet.',
  status: 'pending',
  sideEffects: 'external',
  expectedMs: 90_000,
  options: [],
  decision: null,
  byDefault: false,
  was: null,
  readBy,
} as const

function planOf(more: Partial<ResumePlan>): ResumePlan {
  return {
    run: RunId.parse(ref.document),
    mode: 'same',
    from: null,
    steps: [{ ...step, options: [], action: 'run' }],
    unlisted: 0,
    notes: [],
    inputsSince: [],
    loss: null,
    command: null,
    byProgram: false,
    definition: {
      use: 'recorded',
      changed: false,
      missing: [],
      added: [],
      altered: [],
      proposed: [],
      problem: null,
      mapping: {},
    },
    stopAfter: null,
    atOnce: null,
    problems: [],
    ready: true,
    ...more,
  }
}

type Resumed = Said & {
  readonly planned: readonly HandlerInput<'resume.plan'>[]
  readonly applied: readonly HandlerInput<'resume.apply'>[]
}

async function resume(
  argv: readonly string[],
  plan: ResumePlan = planOf({}),
  environment: Partial<CliEnvironment> = {},
  liveness: RunDetail['liveness'] = 'interrupted',
  trusted = true,
): Promise<Resumed> {
  const planned: HandlerInput<'resume.plan'>[] = []
  const applied: HandlerInput<'resume.apply'>[] = []
  const handlers: Partial<Handlers> = {
    'run.list': listOf([rowOf(ref.document)]),
    'run.get': async () => detailOf({ liveness }),
    'workspace.get': async () => ({ ...workspace, trusted }),
    'resume.plan': async (input) => {
      planned.push(input)
      return { plan, digest: 'd', rev: 'r', asOf }
    },
    'resume.apply': async (input) => {
      applied.push(input)
      return { ref, observed: true }
    },
    'run.wait': async () => ({ status: 'completed', liveness: 'none', error: null }),
    'state.value': async ({ pointer }) => {
      const inputs = { tag: { type: 'text' }, amount: { type: 'integer' } }
      const text = JSON.stringify(pointer === '/workflow/definition/inputs' ? inputs : null)
      return { text, offset: 0, nextOffset: null, sizeBytes: text.length }
    },
  }
  const said = await unstuck(['resume', 'latest', ...argv], handlers, environment)
  return { ...said, planned, applied }
}

/** The run changes between each plan but the last and its start. */
async function outrun(argv: readonly string[], plans: readonly ResumePlan[]) {
  let [asked, applied] = [0, 0]
  const handlers: Partial<Handlers> = {
    'run.list': listOf([rowOf(ref.document)]),
    'run.get': async () => detailOf({ liveness: 'interrupted' }),
    'workspace.get': async () => workspace,
    'resume.plan': async () => {
      const plan = plans[asked] ?? planOf({})
      asked += 1
      return { plan, digest: `d${asked}`, rev: 'r', asOf }
    },
    'resume.apply': async ({ digest }) => {
      applied += 1
      if (digest !== `d${plans.length}`) throw new AppError('stale', 'It changed.')
      return { ref, observed: true }
    },
    'run.wait': async () => ({ status: 'completed', liveness: 'none', error: null }),
  }
  return { ...(await unstuck(['resume', 'latest', ...argv], handlers)), applied }
}

const usual = {
  ref,
  from: null,
  fork: false,
  inputs: null,
  decisions: {},
  definition: 'recorded',
  stopAfter: null,
  asOf: null,
}

describe('agreement', () => {
  it('[X12] --plan shows the plan and applies nothing', async () => {
    const { exit, out, applied } = await resume(['--plan'])

    expect([exit, applied]).toEqual([0, []])
    expect(out).toBe(
      'In the same run, from its last record:\nrun  charge  about 1 min  side effects: external  It has not run yet.\n',
    )
  })

  it('[D69] --plan tells what is written before the first step runs', async () => {
    const change = { kind: 'changed', from: null, truncated: false } as const
    const changes = [{ ...change, path: '/status', before: '"failed"', after: '"running"' }]
    const counts = { added: 0, removed: 0, changed: 9, moved: 0 }
    const atOnce = { changes, total: 9, counts, coarse: false }
    const { out } = await resume(['--plan'], planOf({ atOnce }))

    expect(out.split('\n').slice(2)).toEqual([
      '',
      'Written before the first step runs',
      '  /status  "failed" → "running"',
      '  and 8 more changes',
      '',
    ])
  })

  it('[X12] without a terminal and without --yes nothing is run', async () => {
    const { exit, err, applied } = await resume([])

    expect([exit, applied]).toEqual([2, []])
    expect(err).toContain('say --yes')
  })

  it.each([
    ['y', 1, 0],
    ['Yes', 1, 0],
    ['', 0, 130],
    ['no', 0, 130],
  ])('[X12] at a terminal the answer "%s" applies it %i times', async (answer, times, exit) => {
    const resumed = await resume([], planOf({}), { isTty: true, ask: async () => answer })

    expect([resumed.exit, resumed.applied.length]).toEqual([exit, times])
  })

  it('[X12] a plan that runs no step needs no agreement', async () => {
    const reuse = planOf({ steps: [{ ...step, options: [], action: 'reuse' }] })

    expect(await resume([], reuse)).toMatchObject({ exit: 0, applied: [{ ref }] })
  })

  it('[X12] what is applied is what was planned, at the moment that it was planned for', async () => {
    const { planned, applied } = await resume(['--yes'])

    expect(planned).toEqual([usual])
    expect(applied).toEqual([{ ...usual, rev: 'r', digest: 'd', asOf }])
  })

  it('[L202] with --yes a plan that a step outran is made again, and says so', async () => {
    const awaited = planOf({ steps: [{ ...step, options: [], action: 'await' }] })
    const adopted = planOf({ steps: [{ ...step, options: [], action: 'adopt' }] })
    const again = await outrun(['--yes'], [awaited, adopted])
    expect(again).toMatchObject({ exit: 0, applied: 2 })
    expect(again.out).toContain(
      '(charge went on): planned again, nothing else is run or asked (1 of 3)',
    )
  })

  it('[L202] not where a step would run that would not have, nor without --yes, nor for ever', async () => {
    const awaited = planOf({ steps: [{ ...step, options: [], action: 'await' }] })
    const failed = planOf({ steps: [{ ...step, options: [], action: 'run' }] })
    expect(await outrun(['--yes'], [awaited, failed])).toMatchObject({ exit: 6, applied: 1 })
    expect(await outrun([], [awaited, awaited])).toMatchObject({ exit: 6, applied: 1 })
    const unready = planOf({ steps: failed.steps, ready: false, problems: ['Decide.'] })
    expect(await outrun(['--yes'], [failed, unready])).toMatchObject({ exit: 6, applied: 1 })
    const many = Array.from({ length: 9 }, () => awaited)
    expect(await outrun(['--yes'], many)).toMatchObject({ exit: 6, applied: 4 })
  })

  it('[X12] a plan that is not ready is refused, and says what to decide', async () => {
    const plan = planOf({
      steps: [{ ...step, action: 'ask', options: ['happened', 'rerun'] }],
      problems: ['Decide on charge.'],
      ready: false,
    })

    const { exit, err, applied } = await resume(['--yes'], plan)

    expect([exit, applied]).toEqual([2, []])
    expect(err).toContain('Decide on charge: --decide charge=happened|rerun')
  })

  it('[R111] what a later step reads by name has to be said', async () => {
    const read = {
      ...step,
      action: 'reuse',
      options: ['happened', 'rerun'],
      decision: { kind: 'happened', output: null },
      readBy: [
        { step: StepId.parse('ship'), reads: [{ name: 'steps.charge.output.id', path: ['id'] }] },
      ],
    } satisfies ResumePlan['steps'][number]
    const said = ['--decide', 'charge=happened']
    const silent = await resume([...said, '--yes'], planOf({ steps: [read] }))
    expect([silent.exit, silent.applied]).toEqual([2, []])
    expect(silent.err).toContain(
      'ship reads steps.charge.output.id: say what charge returned with --output charge=JSON',
    )
    const plain = await resume(
      [...said, '--output', 'charge=null', '--yes'],
      planOf({ steps: [read] }),
    )
    expect(plain.applied).toHaveLength(1)
    const given = { ...read, readBy: [{ step: StepId.parse('ship'), reads: [] }] }
    const needless = await resume([...said, '--yes'], planOf({ steps: [given] }))
    expect(needless.applied).toHaveLength(1)
    expect(silent.out + silent.err).toContain(
      'Its output is read by ship (steps.charge.output.id).',
    )
  })

  it('[X25] notes, the default of a question and the program that resumes it are said', async () => {
    const plan = planOf({
      steps: [
        {
          ...step,
          step: StepId.parse('pay'),
          was: StepId.parse('charge'),
          action: 'reuse',
          options: ['reuse', 'rerun'],
          decision: { kind: 'reuse' },
          byDefault: true,
        },
      ],
      unlisted: 3,
      notes: [{ about: 'host', sentence: 'The run was on mill.' }],
      command: ['node', 'app.js', '--name', 'x y'],
    })

    const { out } = await resume(['--plan'], plan)

    expect(out).toContain('pay (was charge)')
    expect(out).toContain('[default reuse; reuse, rerun]')
    expect(out).toContain('and 3 more steps that are not listed.')
    expect(out).toContain('The run was on mill.')
    expect(out).toContain("node app.js --name 'x y'")
  })

  it('[X25] a plan that waits for trust is refused as untrusted, and one of a program with its command', async () => {
    const plan = planOf({ problems: ['Not trusted.'], ready: false, command: ['node', 'app.js'] })
    const trusted = await resume(['--yes', '--json'], plan)
    const untrusted = await resume(['--yes', '--json'], plan, {}, 'interrupted', false)

    expect(trusted.out).toContain('Resume it by its program: node app.js')
    expect(
      [trusted.out, untrusted.out].map((err) => /"code":\s*"([a-z-]+)"/.exec(err)?.[1]),
    ).toEqual(['invalid-input', 'untrusted'])
  })

  it('[X12] a run that a process carries is locked, whatever else its plan says', async () => {
    const plan = planOf({ problems: ['A process carries the run right now.'], ready: false })

    const { exit, err, applied } = await resume(['--yes'], plan, {}, 'alive')

    expect([exit, applied]).toEqual([5, []])
    expect(err).toContain('A process carries the run right now.')
  })
})

describe('decisions', () => {
  it('[X13] every option reaches the plan', async () => {
    const { planned } = await resume([
      '--plan',
      '--fork',
      '--current-definition',
      '--stop-after=ship',
      '--input=tag=3',
      '--input=amount=3',
      '--input=n=3',
      '--decide=charge=happened',
      '--output=charge={"id":7}',
      '--decide=ship=skip',
      '--map=charge=pay',
      '--variable=retries=3',
      '--remove-variable=old',
    ])

    expect(planned).toEqual([
      {
        ...usual,
        fork: true,
        definition: 'current',
        stopAfter: 'ship',
        inputs: { tag: '3', amount: 3, n: 3 },
        decisions: { charge: { kind: 'happened', output: { id: 7 } }, ship: { kind: 'skip' } },
        mapping: { charge: 'pay' },
        variables: { set: { retries: 3 }, remove: ['old'] },
      },
    ])
  })

  it.each([
    [
      ['--decide', 'charge=maybe'],
      '--decide is one of reuse, happened, rerun, skip, stop, not "maybe".',
    ],
    [['--decide', 'charge'], '--decide takes key=value, not "charge".'],
    [['--output', 'charge=1'], '--output charge=… needs --decide charge=happened'],
    [
      ['--decide', 'charge=happened', '--output', 'charge={'],
      '--output takes JSON, and this is none: {',
    ],
  ])('[X13] %j is refused', async (argv, message) => {
    const { exit, err, planned } = await resume([...argv, '--plan'])

    expect([exit, planned]).toEqual([2, []])
    expect(err).toContain(message)
  })
})
