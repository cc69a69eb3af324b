import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Run } from '../../../../../shared/schema/run.ts'
import { createWorkbench, until, type Workbench } from '../workbench.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await createWorkbench({ graceMs: 300 })
})
afterEach(() => bench.close())

describe('a command step', () => {
  test('[E68] gets arguments, environment, working folder and standard input with their expressions evaluated', async () => {
    const run = await bench.run(
      {
        first: {
          run: 'mkdir -p "sub dir"; echo \'{"place": "sub dir", "n": 3}\' > "$UNSTUCK_OUTPUT"',
        },
        a: {
          command: [
            'sh',
            '-c',
            'printf "%s|" "$@" "$N" "${PWD##*/}"; cat',
            'sh',
            '${{ inputs.name }}',
            'x${{ inputs.list }}',
            '${{ key }}',
            '$HOME; ${{ inputs.evil }}',
          ],
          environment: { N: '${{ steps.first.output.n + 1 }}' },
          workingFolder: './${{ steps.first.output.place }}',
          stdin: '${{ inputs.list }}',
          needs: ['first'],
        },
      },
      { inputs: { name: 'a b', list: [1, 'é'], evil: '$(touch evil)' } },
    )
    expect(outputOf(run, 'a')).toBe(
      `a b|x[1,"é"]|${run.id}/a|$HOME; $(touch evil)|4|sub dir|[1,"é"]`,
    )
  })

  test('[E68] a line for the shell gets its standard input and values by its environment', async () => {
    const run = await bench.run(
      { a: { run: 'cat; echo "$X"', stdin: 'line\n', environment: { X: '${{ inputs.x }}' } } },
      { inputs: { x: '$(id) `id`' } },
    )
    expect(outputOf(run, 'a')).toBe('line\n$(id) `id`')
  })

  test('[E69] an expression that fails, or has no text, refuses the step before anything begins', async () => {
    const run = await bench.run(
      {
        a: { command: ['touch', 'began', '${{ inputs.nothing.x }}'], retry: { attempts: 3 } },
        b: { command: ['touch', 'began', '${{ inputs.empty }}'] },
        c: { run: 'touch began', environment: { X: '${{ 1 / 0 }}' } },
        d: { run: 'touch began "${{ inputs.empty }}"' },
        e: { command: ['touch', 'began', '${{ inputs.nul }}'] },
        f: { run: 'touch began', workingFolder: '${{ 1 + }}' },
      },
      { inputs: { empty: null, nul: 'a\0b' } },
    )
    expect(Object.keys(run.steps).map((step) => errorOf(run, step)?.name)).toEqual(
      Array.from({ length: 6 }, () => 'Expression'),
    )
    expect(run.steps['a' as never]?.attempts.length).toBe(1)
    expect(errorOf(run, 'a')?.message).toMatch(/^Step a: `command\[2\]`: /)
    expect(errorOf(run, 'c')?.message).toMatch(/^Step c: `environment.X`: /)
    expect(errorOf(run, 'd')?.message).toMatch(
      /^Step d: `run`: an expression in a line for the shell/,
    )
    await expect(bench.text('began')).rejects.toThrow('ENOENT')
  })

  test('[E68] [E13] standard input is there also when another host adopts the step', async () => {
    const id = await bench.start({ a: { run: 'sleep 0.6; cat', stdin: 'kept' } })
    await until('it runs', async () => (await bench.records(id)).includes('stepStarted a'))
    await bench.executor.close()
    const other = await bench.another()
    try {
      const writer = await other.store.open(id, { purpose: 'run', controlSocket: null })
      await other.executor.carry(await other.read(id), writer).done
      expect(outputOf(await other.read(id), 'a')).toBe('kept')
    } finally {
      await other.close()
    }
  })

  test('[E70] knows the workspace and where its run takes commands', async () => {
    const run = await bench.run({ a: { run: 'echo "$UNSTUCK_STATE_DIR|$UNSTUCK_CONTROL"' } })
    expect(outputOf(run, 'a')).toBe(`${bench.root}|${bench.context.controlSocket}`)
  })

  test('[E68] an argument that the system does not take is told, with another way', async () => {
    const large = 'x'.repeat(200_000)
    const run = await bench.run(
      {
        a: { command: ['true', '${{ inputs.large }}'] },
        b: { command: ['wc', '-c'], stdin: '${{ inputs.large }}' },
      },
      { inputs: { large } },
    )
    expect(errorOf(run, 'a')?.message).toMatch(/too long .*`stdin`/)
    expect(outputOf(run, 'b')).toBe('200000')
  })
})

describe('what a step returns', () => {
  test('[E87] is made of its result by the definition', async () => {
    const run = await bench.run(
      {
        a: {
          run: 'echo \'{"rows": [{"id": 4}], "noise": 1}\' > "$UNSTUCK_OUTPUT"',
          output: { id: '${{ result.rows[0].id }}', of: 'run of ${{ inputs.who }}', fixed: [1] },
        },
        b: { run: 'echo 5', output: '${{ result.rows }}', retry: { attempts: 3, delay: '1ms' } },
      },
      { inputs: { who: 'ada' } },
    )
    expect(outputOf(run, 'a')).toEqual({ id: 4, of: 'run of ada', fixed: [1] })
    expect(errorOf(run, 'b')?.name).toBe('Expression')
    expect(errorOf(run, 'b')?.message).toMatch(/^Step b: `output`: /)
    expect(run.steps['b' as never]?.attempts.length).toBe(1)
  })

  test('[E87] is no larger than it may be, mapped or not; the log has what is not kept', async () => {
    const run = await bench.run(
      {
        mapped: { run: 'echo ab', output: ['${{ inputs.long }}', '${{ result }}'], maxOutput: 60 },
        printed: { run: 'echo "$X"', environment: { X: '${{ inputs.long }}' }, maxOutput: 40 },
      },
      { inputs: { long: 'y'.repeat(58) } },
    )
    expect(errorOf(run, 'mapped')?.name).toBe('OutputTooLarge')
    expect(errorOf(run, 'mapped')?.message).toContain('The output has 67 bytes, more than the 60')
    expect(errorOf(run, 'printed')?.name).toBe('OutputTooLarge')
    for (const step of ['mapped', 'printed']) {
      const log = await bench.text(bench.store.layout.log(run.id, step, 1))
      expect(log).toContain('y'.repeat(58))
    }
  })

  test('[E88] a whole number that would be rounded is refused and named', async () => {
    const run = await bench.run({
      a: { run: 'echo \'{"rows": [{"id": 12345678901234567890}]}\' > "$UNSTUCK_OUTPUT"' },
      b: { run: 'echo \'[1e999]\' > "$UNSTUCK_OUTPUT"' },
      c: { run: 'echo \'[9007199254740993]\' > "$UNSTUCK_OUTPUT"' },
      d: {
        run: 'echo \'[9007199254740992, 0.12345678901234567890, "12345678901234567890"]\' > "$UNSTUCK_OUTPUT"',
      },
    })
    expect(errorOf(run, 'a')?.message).toBe(
      'Step a: UNSTUCK_OUTPUT holds at /rows/0/id the number 12345678901234567890, which would be read as 12345678901234567000. Write it as a text, in quotes.',
    )
    expect(errorOf(run, 'b')?.message).toContain('1e999')
    expect(errorOf(run, 'c')?.name).toBe('InvalidOutput')
    expect(outputOf(run, 'd')).toEqual([
      9007199254740992,
      0.12345678901234568,
      '12345678901234567890',
    ])
  })
})

function outputOf(run: Run, step: string): unknown {
  const state = run.steps[step as never]
  if (state?.status !== 'succeeded')
    throw new Error(`${step}: ${JSON.stringify(errorOf(run, step))}`)
  return state.output
}

function errorOf(run: Run, step: string) {
  return run.steps[step as never]?.attempts.at(-1)?.error
}
