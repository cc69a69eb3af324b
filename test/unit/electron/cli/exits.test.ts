import { describe, expect, it } from 'vitest'
import { errorExits, exitLines, exits } from '../../../../electron/cli/exitCodes.ts'
import type { CallOutput, Handlers } from '../../../../shared/contract/contract.ts'
import { AppError, errorCodes } from '../../../../shared/errors.ts'
import { ref } from '../../../contract/samples.ts'
import { hostWith, listOf, rowOf, unstuck } from './cliDouble.ts'

const list = listOf([rowOf('build-1')])
const finding = {
  rule: 'I1',
  sentence: 'A step is missing.',
  file: 'head',
  offset: null,
  line: null,
  column: null,
  pointer: null,
  remedy: null,
} as const

type CheckedItem = CallOutput<'run.checkAll'>['items'][number]

function pageOf(known: Pick<CheckedItem, 'health' | 'counts' | 'findings'>) {
  const item: CheckedItem = { ref, item: 'build-1', problem: null, ...known }
  return { items: [item], around: [], nextOffset: null, total: 1 }
}

describe('errors', () => {
  it.each(errorCodes)('[X6] %s ends with the exit code of its row', async (code) => {
    const { exit, err } = await unstuck(['list'], {
      'run.list': async () => {
        throw new AppError(code, 'What happened, and what to do.')
      },
    })

    expect([exit, err.split('\n')[0]]).toEqual([
      errorExits[code],
      'unstuck: What happened, and what to do.',
    ])
  })

  it('[X6] help shows every exit code there is', () => {
    const used = new Set([...Object.values(errorExits), ...Object.values(exits)].map(String))

    expect(new Set(exitLines.map(([code]) => code))).toEqual(used)
  })

  it('[X6] with --json an error is the one document, with its details', async () => {
    const { exit, out, err } = await unstuck(['show', 'build-1', '--json'], {
      'run.list': list,
      'run.get': async () => {
        throw new AppError('locked', 'Run build-1 is held.', { holder: { pid: 7 } })
      },
    })

    expect([exit, JSON.parse(out), err]).toEqual([
      5,
      {
        error: { code: 'locked', message: 'Run build-1 is held.', details: { holder: { pid: 7 } } },
      },
      '',
    ])
  })

  it('[X6] a defect says so and shows where it was', async () => {
    const { exit, err } = await unstuck(
      ['list'],
      {},
      { createHost: () => Promise.reject(new TypeError('x')) },
    )

    expect([exit, err]).toEqual([1, expect.stringContaining('defect of Unstuck')])
    expect(err).toContain('TypeError: x')
  })

  it('[X6] whatever was opened is closed, after an error too', async () => {
    let closed = 0
    const createHost = async () => hostWith({}, () => (closed += 1))

    await unstuck(['list'], {}, { createHost })

    expect(closed).toBe(1)
  })
})

describe('outcomes', () => {
  it.each([
    ['completed', 'none', 0],
    ['failed', 'none', 8],
    ['paused', 'none', 9],
    ['waiting', 'none', 9],
    ['running', 'interrupted', 9],
    ['cancelled', 'none', 130],
  ] as const)('[X7] a run that ends %s (%s) ends with %i', async (status, liveness, exit) => {
    const said = await unstuck(['run', 'flow.yaml', '--json'], {
      'run.start': async () => ({ ref }),
      'run.wait': async () => ({ status, liveness, error: null }),
    })

    expect([said.exit, JSON.parse(said.out)]).toEqual([
      exit,
      { ref, status, liveness, error: null },
    ])
  })

  it.each([
    ['error', 4],
    ['warning', 0],
    ['info', 0],
  ] as const)('[X7] check with a finding of severity %s ends with %i', async (severity, exit) => {
    const said = await unstuck(['check'], {
      'run.checkAll': async () =>
        pageOf({
          health: 'ok',
          counts: { error: 0, warning: 0, info: 0, [severity]: 1 },
          findings: [{ ...finding, severity }],
        }),
    })

    expect(said).toMatchObject({
      exit,
      out: expect.stringContaining(`${severity} I1 A step is missing.`),
    })
  })

  it.each([
    ['newer-version', 7],
    ['unreadable', 10],
    ['old-version', 0],
  ] as const)('[X7] check of what is %s ends with %i', async (health, exit) => {
    const counts = { error: 0, warning: 0, info: 0 }
    const said = await unstuck(['check'], {
      'run.checkAll': async () => pageOf({ health, counts, findings: [] }),
    })
    expect(said).toMatchObject({ exit, out: expect.stringContaining('1 item checked') })
  })

  it.each([
    [['done'], 0],
    [['done', 'failed', 'stale'], 10],
    [['done', 'stale'], 6],
    [['done', 'not-reached'], 130],
  ] as const)('[X7] rows that came to %j end with %i', async (outcomes, exit) => {
    const rows = outcomes.map((outcome) => ({ item: 'a', outcome, cause: null, result: null }))
    const entries = [
      {
        id: 'e',
        kind: 'run' as const,
        run: 'a',
        workflow: null,
        at: '',
        expiresAt: '',
        sizeBytes: 0,
        reason: '',
        seenExpiredAt: null,
      },
    ]

    const said = await unstuck(['restore', 'a'], {
      'trash.list': async () => ({
        entries,
        nextOffset: null,
        total: entries.length,
        sizeBytes: 0,
      }),
      'cleanup.restore': async () => ({ rows: [...rows] }),
    })

    expect(said.exit).toBe(exit)
  })

  it.each([
    [true, 0, 'paused'],
    [false, 9, 'requested to pause; it is running now'],
  ])('[X7] a pause that was observed: %s, ends with %i', async (observed, exit, words) => {
    const status = observed ? 'paused' : 'running'
    const handlers: Partial<Handlers> = {
      'run.list': list,
      'run.pause': async () => ({ status, observed }),
    }

    expect(await unstuck(['pause', 'build-1'], handlers)).toEqual({
      exit,
      out: `build-1: ${words}\n`,
      err: '',
    })
  })
})
