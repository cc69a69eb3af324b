import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { readAttemptOutput } from '../../../../electron/executor/attemptOutput.ts'
import { chanceOf, isRetried, retryDelayMs } from '../../../../electron/executor/retryDelay.ts'
import { createWorkbench, randomId, type Workbench } from './workbench.ts'

let bench: Workbench

describe('what a step returns', () => {
  afterEach(() => bench.close())

  test('[E3] the JSON in UNSTUCK_OUTPUT, else its standard output without the last line end', async () => {
    bench = await createWorkbench()
    const run = await bench.run({
      json: { run: 'echo chatter; echo \'{"rows": [1, null]}\' > "$UNSTUCK_OUTPUT"' },
      text: { run: "printf 'one\\ntwo\\n'" },
      bytes: { run: "printf '\\377ok'" },
      nothing: { command: ['true'] },
    })
    expect(Object.entries(run.steps).map(([step, { output }]) => [step, output])).toEqual([
      ['json', { rows: [1, null] }],
      ['text', 'one\ntwo'],
      ['bytes', '\uFFFDok'],
      ['nothing', ''],
    ])
  })

  test('[E4] output that is not JSON fails the step and says where', async () => {
    bench = await createWorkbench()
    const run = await bench.run({
      a: { run: 'printf \'{\\n  "rows": 1,\\n  oops\\n}\' > "$UNSTUCK_OUTPUT"' },
    })
    expect(run.error).toMatchObject({ name: 'InvalidOutput', step: 'a' })
    expect(run.error?.message).toMatch(
      /^Step a: UNSTUCK_OUTPUT is not JSON: line 3, column 3: .*The line is: oops$/,
    )
  })

  test('[E4] an output file that is empty, no file or too large fails the step', async () => {
    bench = await createWorkbench()
    const run = await bench.run({
      empty: { run: ': > "$UNSTUCK_OUTPUT"' },
      folder: { run: 'mkdir "$UNSTUCK_OUTPUT"' },
      pipe: { run: 'mkfifo "$UNSTUCK_OUTPUT"' },
      large: { run: 'head -c 2000 /dev/zero', maxOutput: 1000 },
    })
    const messages = Object.values(run.steps).map(({ attempts }) => attempts.at(-1)?.error?.message)
    expect(messages).toEqual([
      expect.stringContaining('line 1, column 1: Unexpected end of JSON input'),
      'Step folder: UNSTUCK_OUTPUT is no regular file.',
      'Step pipe: UNSTUCK_OUTPUT is no regular file.',
      "Step large: The standard output has 2000 bytes, more than the 1000 that are kept. Raise the step's `maxOutput`, or write less. The log has it.",
    ])
  })

  test('[E4] how a command failed is said in words', async () => {
    bench = await createWorkbench()
    const run = await bench.run({
      missing: { command: ['no-such-command-here'] },
      folder: { command: ['true'], workingFolder: 'nowhere' },
      killed: { run: 'kill -9 $$' },
    })
    const messages = Object.values(run.steps).map(({ attempts }) => attempts.at(-1)?.error?.message)
    expect(messages).toEqual([
      expect.stringMatching(
        /^The command of step missing was not found \(exit code 127\): .*no-such-command-here/,
      ),
      `Step folder cannot run: its working folder ${join(bench.root, 'nowhere')} does not exist. Create it, or change \`workingFolder\`.`,
      'The command of step killed was ended by SIGKILL.',
    ])
  })
})

describe('what a step is given', () => {
  afterEach(() => bench.close())

  test('[T160] a base set of the host, what is named, and no secret that nobody named', async () => {
    const path = process.env['PATH'] ?? ''
    const environment = {
      PATH: path,
      HOME: '/home/ada',
      LC_ALL: 'C',
      TZ: 'UTC',
      PATHS: 'no',
      TOKEN: 's3cret',
      AWS_KEY: 'key',
      AWS_REGION: 'eu',
      CLOUD: 'blue',
      SSH_AUTH_SOCK: '/s',
    }
    bench = await createWorkbench({ environment })
    await writeFile(
      join(bench.root, 'all.mjs'),
      'export default () => Object.entries(process.env).map(([name, value]) => `${name}=${value}`).join(`\n`)',
    )
    const steps = {
      none: { run: 'env' },
      some: { run: 'env', passEnvironment: ['AWS_*', 'ABSENT'], environment: { OWN: '1' } },
      all: { module: './all.mjs', passEnvironment: ['*'] },
    }
    const run = await bench.run(steps, { passEnvironment: ['CLOUD'] })
    const given = (step: string) => namesOf(run.steps[step as never]?.['output'])
    const base = ['CLOUD', 'HOME', 'LC_ALL', 'PATH', 'TZ']
    expect(given('none')).toEqual(base)
    expect(given('some')).toEqual(['AWS_KEY', 'AWS_REGION', ...base, 'OWN'].toSorted())
    expect(given('all')).toEqual(
      ['AWS_KEY', 'AWS_REGION', ...base, 'PATHS', 'SSH_AUTH_SOCK', 'TOKEN'].toSorted(),
    )
  })

  test('[T162] a command that lacks a variable of the host says how it would get it', async () => {
    bench = await createWorkbench({
      environment: { PATH: process.env['PATH'] ?? '', TOKEN: 's3cret' },
    })
    const run = await bench.run({
      lacks: { run: 'echo "${TOKEN:?is needed}"' },
      other: { run: 'echo "${ELSEWHERE:?is needed}"' },
    })
    const message = (step: string) => run.steps[step as never]?.attempts.at(-1)?.error?.message
    expect(message('lacks')).toMatch(
      /TOKEN: is needed \(TOKEN is set where Unstuck runs, and the step did not get it: name it in `passEnvironment` of the step, of the workflow or of unstuck\.json\.\)$/,
    )
    expect(message('lacks')).not.toContain('s3cret')
    expect(message('other')).toMatch(/ELSEWHERE: is needed$/)
  })

  test('[E18] the host environment, its own variables, and where its inputs and needs are', async () => {
    const environment = { PATH: process.env['PATH'] ?? '', HOME: 'host', TZ: 'host' }
    bench = await createWorkbench({ environment })
    const show =
      'echo "$HOME $TZ $UNSTUCK_STEP $UNSTUCK_ATTEMPT"; cat "$UNSTUCK_INPUTS" "$UNSTUCK_NEEDS"'
    const run = await bench.run(
      {
        first: { run: 'echo \'{"a":1}\' > "$UNSTUCK_OUTPUT"' },
        second: { run: show, needs: ['first'], environment: { TZ: 'step' } },
      },
      { inputs: { region: 'eu' } },
    )
    expect(run.steps['second' as never]?.['output']).toBe(
      'host step second 1\n{"region":"eu"}{"first":{"a":1}}',
    )
    expect(run.place.environment).toEqual(['TZ'])
  })

  test('[E18] a key by which a repetition is told is the same in every attempt', async () => {
    bench = await createWorkbench()
    const run = await bench.run({
      a: {
        run: 'echo "$UNSTUCK_IDEMPOTENCY_KEY" >> keys; test "$UNSTUCK_ATTEMPT" = 2',
        retry: { attempts: 2, delay: '10ms' },
      },
    })
    expect(await bench.text('keys')).toBe(`${run.id}/a\n${run.id}/a\n`)
  })

  test('[E18] a PATH of its own does not take the tools of the wrapper away', async () => {
    bench = await createWorkbench()
    const run = await bench.run({
      a: { command: ['/bin/echo', 'hello'], environment: { PATH: '/nowhere' } },
    })
    expect(run.steps['a' as never]?.['output']).toBe('hello')
  })
})

/** Without what a shell sets by itself, and Unstuck's own. */
function namesOf(printed: unknown): readonly string[] {
  const names = String(printed)
    .split('\n')
    .map((line) => line.slice(0, line.indexOf('=')))
  return names.filter((name) => !/^(PWD|OLDPWD|SHLVL|_|UNSTUCK_.*)$/.test(name)).toSorted()
}

describe('what was kept of an output', () => {
  test('[E67] standard output that was cut is no result; what was written for it is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cut-'))
    try {
      await writeFile(join(folder, 'stdout'), 'half of')
      await writeFile(join(folder, 'cut'), '')
      expect(await readAttemptOutput(folder, 1000)).toMatchObject({ name: 'OutputLost' })
      expect(await readAttemptOutput(folder, 3)).toMatchObject({ name: 'OutputTooLarge' })
      await writeFile(join(folder, 'output.json'), '{"all": true}')
      expect(await readAttemptOutput(folder, 1000)).toEqual({
        kind: 'output',
        output: { all: true },
      })
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

describe('what was found of an attempt', () => {
  afterEach(() => bench.close())

  test('[E14] [E15] an intent without a report: it never began, or it is gone', async () => {
    bench = await createWorkbench()
    const run = await bench.run({ a: { run: 'true' }, b: { run: 'true' } })
    const { bootId, pidNamespace } = await machineOf(bench)
    const process = {
      pid: 2 ** 22 - 1,
      startTime: '1',
      processGroup: 2 ** 22 - 1,
      bootId,
      pidNamespace,
    }
    const at = bench.context.now()
    const open = {
      number: 7,
      startedAt: at,
      finishedAt: null,
      outcome: null,
      error: null,
      exitCode: null,
    }
    const withAttempt = (found: object) =>
      ({
        ...run,
        steps: {
          a: {
            ...run.steps['a' as never],
            status: 'running',
            attempts: [{ ...open, process: found }],
          },
        },
      }) as unknown as typeof run
    const trace = (found: object) => bench.executor.trace(withAttempt(found), 'a' as never)

    expect(await trace(process)).toEqual({ kind: 'gone' })
    const folder = join(bench.root, bench.store.layout.step(run.id, 'a', 7))
    await mkdir(folder, { recursive: true })
    expect(await trace(process)).toEqual({ kind: 'neverBegan' })
    expect(await trace({ ...process, bootId: 'an earlier boot' })).toEqual({ kind: 'gone' })
    await writeFile(join(folder, 'began'), '17\n')
    expect(await trace(process)).toEqual({ kind: 'gone' })
    await writeFile(join(folder, 'exit'), '')
    expect(await trace(process)).toEqual({ kind: 'gone' })
    await writeFile(join(folder, 'exit'), '3\n')
    expect(await trace(process)).toEqual({ kind: 'finished', exitCode: 3 })
  })
})

describe('the wait before a retry', () => {
  test('[E6] is fixed or doubles, up to its limit, and ends with the attempts', () => {
    const policy = { attempts: 5, delay: '2s', backoff: 'exponential', maxDelay: '5s' } as const
    const delays = [1, 2, 3, 4, 5].map((tries) =>
      retryDelayMs(policy, { failedTries: tries, chance: 0.9 }),
    )
    expect(delays).toEqual([2000, 4000, 5000, 5000, null])
    expect(retryDelayMs({ attempts: 3 }, { failedTries: 2, chance: 0 })).toBe(1000)
    expect(retryDelayMs(undefined, { failedTries: 1, chance: 0 })).toBeNull()
  })

  test('[E86] leaves its share to chance: never longer, and no shorter than that share allows', () => {
    const policy = { attempts: 2, delay: '10s', jitter: 0.5 } as const
    const delayAt = (chance: number) => retryDelayMs(policy, { failedTries: 1, chance })
    expect([0, 0.5, 0.999].map(delayAt)).toEqual([10_000, 7500, 5005])
    const chances = Array.from({ length: 200 }, () => chanceOf(randomId))
    expect(chances.every((chance) => chance >= 0 && chance < 1)).toBe(true)
    expect(new Set(chances).size).toBeGreaterThan(190)
  })

  test('[E85] a failure that the policy does not name is the last one; an expression fails only once', () => {
    const policy = { attempts: 3, on: ['Timeout', 'ECONNRESET', 75] }
    expect(isRetried(policy, failed('Timeout', null, null))).toBe(true)
    expect(isRetried(policy, failed('Network', 'ECONNRESET', null))).toBe(true)
    expect(isRetried(policy, failed('ExitCode', '75', 75))).toBe(true)
    expect(isRetried(policy, failed('ExitCode', '1', 1))).toBe(false)
    expect(isRetried({ attempts: 3 }, failed('ExitCode', '1', 1))).toBe(true)
    expect(isRetried({ attempts: 3 }, failed('Expression', null, null))).toBe(false)
  })

  test('[E85] exit codes of a command are told apart', async () => {
    bench = await createWorkbench()
    const retry = { attempts: 3, delay: '1ms', on: [75] }
    const run = await bench.run({
      again: { run: 'exit 75', retry },
      once: { run: 'exit 74', retry },
    })
    const tries = Object.values(run.steps).map(({ attempts }) => attempts.length)
    await bench.close()
    expect(tries).toEqual([3, 1])
  })
})

function failed(name: string, code: string | null, exitCode: number | null) {
  return { error: { name, code, message: '', stack: null }, exitCode } as const
}

async function machineOf(of: Workbench): Promise<{ bootId: string; pidNamespace: string }> {
  const id = await of.start({ s: { run: 'true' } })
  await of.executor.find(id)?.done
  const run = await of.read(id)
  const process = run.steps['s' as never]?.['attempts']?.[0]?.['process']
  return process as unknown as { bootId: string; pidNamespace: string }
}
