import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Run } from '../../../../../shared/schema/run.ts'
import { createWorkbench, isAlive, until, type Workbench } from '../workbench.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await createWorkbench({ graceMs: 300 })
})
afterEach(() => bench.close())

describe('a module step', () => {
  test('[E71] calls the function with its argument and what it may know, and returns its JSON', async () => {
    await module(
      'm.ts',
      `interface Given { readonly n: number; readonly who: string }
       export async function add(given: Given, context: any) {
         context.log('adding')
         console.error('aside')
         const { run, step, attempt, key, inputs, needs } = context
         return { sum: given.n + 1, who: given.who, run, step, attempt, key, inputs, needs,
           aborted: context.signal.aborted, at: new Date(0), none: undefined }
       }`,
    )
    const run = await bench.run(
      {
        first: { run: 'echo \'[1, 2]\' > "$UNSTUCK_OUTPUT"' },
        a: {
          module: './m.ts#add',
          needs: ['first'],
          with: { n: '${{ steps.first.output[1] }}', who: 'for ${{ inputs.name }}' },
        },
      },
      { inputs: { name: 'ada' } },
    )
    expect(outputOf(run, 'a')).toEqual({
      sum: 3,
      who: 'for ada',
      run: run.id,
      step: 'a',
      attempt: 1,
      key: `${run.id}/a`,
      inputs: { name: 'ada' },
      needs: { first: [1, 2] },
      aborted: false,
      at: '1970-01-01T00:00:00.000Z',
    })
    const log = await bench.text(bench.store.layout.log(run.id, 'a', 1))
    expect(log.split('\n').toSorted()).toEqual(['', 'adding', 'aside'])
  })

  test('[E71] without a name it is the default export, in every kind of module', async () => {
    await module('one.mjs', 'export default () => undefined')
    await module('two.cjs', 'module.exports = (given) => given.x')
    await module('three.js', 'export default { call: 1 }')
    const run = await bench.run({
      one: { module: './one.mjs' },
      two: { module: 'two.cjs', with: { x: [true] } },
      three: { module: './three.js' },
    })
    expect(outputOf(run, 'one')).toBeNull()
    expect(outputOf(run, 'two')).toEqual([true])
    expect(errorOf(run, 'three')).toMatchObject({ name: 'FunctionNotFound' })
  })

  test('[E72] what it throws keeps its name, message, code and stack', async () => {
    await module(
      'm.mjs',
      `class Full extends Error { name = 'DiskFull'; code = 'ENOSPC' }
       export function a() { throw new Full('no room left', { cause: new Error('quota') }) }
       export async function b() { throw { odd: 1 } }
       export function c() { setTimeout(() => { throw new RangeError('late') }); return new Promise(() => setInterval(() => 1, 1000)) }
       export function d() { Promise.reject(new TypeError('unseen')); return new Promise(() => setInterval(() => 1, 1000)) }`,
    )
    const run = await bench.run(each('abcd', (name) => ({ module: `./m.mjs#${name}` })))
    expect(errorOf(run, 'a')).toMatchObject({
      name: 'DiskFull',
      message: 'no room left',
      code: 'ENOSPC',
    })
    expect(errorOf(run, 'a')?.stack).toMatch(/m\.mjs:2:[^]*Caused by: Error: quota/)
    expect(errorOf(run, 'b')?.message).toBe('It threw { odd: 1 }, which is no Error.')
    expect(errorOf(run, 'c')).toMatchObject({ name: 'RangeError', message: 'late' })
    expect(errorOf(run, 'd')).toMatchObject({ name: 'TypeError', message: 'unseen' })
  })

  test('[E73] a module or a function that is missing is told with what there is', async () => {
    await module(
      'm.mjs',
      'export const limit = 3; export function build() {}; export const test = () => 1',
    )
    await module('broken.mjs', 'export function a() {\n  const = 3\n}')
    await module('lost.mjs', "import './nowhere.mjs'\nexport default () => 1")
    const run = await bench.run({
      a: { module: './no.mjs#x' },
      b: { module: './m.mjs#biuld' },
      c: { module: './m.mjs#limit' },
      d: { module: './broken.mjs' },
      e: { module: './lost.mjs' },
    })
    expect(errorOf(run, 'a')?.message).toBe(
      `Step a: its module ${join(bench.root, 'no.mjs')} does not exist. Paths start at the folder of the definition.`,
    )
    const has = `the module ${join(bench.root, 'm.mjs')} has no function`
    expect(errorOf(run, 'b')?.message).toBe(`Step b: ${has} \`biuld\`. It exports build, test.`)
    expect(errorOf(run, 'c')?.message).toBe(`Step c: ${has} \`limit\`. It exports build, test.`)
    expect(errorOf(run, 'd')).toMatchObject({ name: 'SyntaxError' })
    expect(errorOf(run, 'd')?.message).toContain('broken.mjs:2')
    expect(errorOf(run, 'e')).toMatchObject({ code: 'ERR_MODULE_NOT_FOUND' })
  })

  test('[E74] what is returned and is no JSON fails the step and says where', async () => {
    await module(
      'm.mjs',
      `export const a = () => ({ rows: [1, new Map([[1, 2]])] })
       export const b = () => 10n
       export const c = () => { const x = {}; x.self = x; return x }
       export const d = () => ({ n: 0 / 0 })
       export const e = () => () => 1
       export const f = () => ({ list: [undefined] })
       export const g = () => 2 ** 60 + 2 ** 10
       export const h = () => JSON.parse('{"__proto__": {"x": 1}, "big": 9007199254740991}')`,
    )
    const run = await bench.run(each('abcdefgh', (name) => ({ module: `./m.mjs#${name}` })))
    const said = (step: string) => errorOf(run, step)?.message.replace(/^.* is no JSON: /, '')
    expect(['a', 'b', 'c', 'd', 'e', 'f'].map(said)).toEqual([
      'it holds at /rows/1 a Map.',
      'it is a bigint.',
      'it holds at /self a value that holds itself.',
      'it holds at /n the number NaN.',
      'it is a function.',
      'it holds at /list/0 undefined in a list.',
    ])
    expect(outputOf(run, 'g')).toBe(2 ** 60 + 2 ** 10)
    expect(JSON.stringify(outputOf(run, 'h'))).toBe('{"__proto__":{"x":1},"big":9007199254740991}')
  })

  test('[E75] a function that ends its process before it returned has failed, whatever the exit code', async () => {
    await module(
      'm.mjs',
      `export const a = () => process.exit(0)
       export const b = () => process.exit(7)
       export const c = () => new Promise(() => undefined)
       export const d = () => process.kill(process.pid, 'SIGKILL')
       export const e = () => process.reallyExit(0)`,
    )
    const run = await bench.run(each('abcde', (name) => ({ module: `./m.mjs#${name}` })))
    expect(errorOf(run, 'a')).toMatchObject({
      name: 'NoResult',
      message: 'Step a ended before its function had returned: process.exit was called with 0.',
    })
    expect(errorOf(run, 'b')?.message).toContain('process.exit was called with 7')
    expect(errorOf(run, 'c')?.message).toContain('would never have been settled')
    expect(errorOf(run, 'd')).toMatchObject({ name: 'Signal', code: 'SIGKILL' })
    expect(errorOf(run, 'e')).toMatchObject({ name: 'NoResult' })
  })

  test('[E75] one that runs out of memory fails by itself, with that reason', async () => {
    await module(
      'm.mjs',
      'const all = []; export const a = () => { for (;;) all.push(new Array(1000).fill(1.5)) }',
    )
    const environment = { NODE_OPTIONS: '--max-old-space-size=24' }
    const run = await bench.run({ a: { module: './m.mjs#a', environment } })
    expect(errorOf(run, 'a')).toMatchObject({ name: 'OutOfMemory' })
  })

  test('[E75] an endless loop is ended by the timeout, with all that it started', async () => {
    await module(
      'm.mjs',
      `import { spawn } from 'node:child_process'
       import { writeFileSync } from 'node:fs'
       export const a = () => {
         writeFileSync('pids', [process.pid, spawn('sleep', ['60']).pid].join(' '))
         for (;;);
       }`,
    )
    const run = await bench.run({ a: { module: './m.mjs#a', timeout: '800ms' } })
    expect(errorOf(run, 'a')).toMatchObject({ name: 'Timeout' })
    const pids = (await bench.text('pids')).split(' ').map(Number)
    expect(pids.length).toBe(2)
    await until('both are gone', () => !pids.some(isAlive))
  })

  test('[E76] its signal is aborted at a cancel, and it may clean up within the grace', async () => {
    await module(
      'm.mjs',
      `import { writeFileSync } from 'node:fs'
       export const a = (given, { signal }) => new Promise((resolve, reject) => {
         const timer = setInterval(() => 1, 1000)
         writeFileSync('up', 'up')
         signal.addEventListener('abort', () => { writeFileSync('cleaned', 'yes'); reject(signal.reason) })
       })`,
    )
    const id = await bench.start({ a: { module: './m.mjs#a' } })
    await until(
      'it works',
      async () => (await Promise.allSettled([bench.text('up')]))[0]?.status === 'fulfilled',
    )
    await bench.executor.find(id)?.cancel('ada', 'enough')
    const run = await bench.read(id)
    expect(run.status).toBe('cancelled')
    expect(await bench.text('cleaned')).toBe('yes')
  })

  test('[E93] it makes checkpoints of its run by asking the process that carries it', async () => {
    await module(
      'm.mjs',
      `export const a = async (given, { checkpoint }) => { await checkpoint('half way'); return 1 }
       export const b = async (given, { checkpoint }) => {
         process.env.UNSTUCK_CONTROL = ''
         await checkpoint('nobody hears it')
       }`,
    )
    const run = await bench.run({
      a: { module: './m.mjs#a' },
      b: { module: './m.mjs#b', needs: ['a'] },
    })
    expect(errorOf(run, 'b')).toMatchObject({ name: 'Checkpoint' })
    expect(outputOf(run, 'a')).toBe(1)
    expect(run.checkpoints.map(({ name }) => name)).toContain('half way')
    expect(run.checkpoints.find(({ name }) => name === 'half way')?.trigger).toBe('manual')
  })

  test('[E76] what it leaves open does not keep the step', async () => {
    await module('m.mjs', 'export const a = () => { setInterval(() => 1, 1000); return "done" }')
    expect(outputOf(await bench.run({ a: { module: './m.mjs#a' } }), 'a')).toBe('done')
  })

  test('[E71] [E12] one that ended after its host was gone is adopted with its result', async () => {
    await module(
      'm.mjs',
      `export const a = () => new Promise((resolve) => setTimeout(() => resolve({ late: 1 }), 600))
       export const b = () => new Promise((resolve, reject) => setTimeout(() => reject(new RangeError('late')), 600))`,
    )
    const id = await bench.start({
      a: { module: './m.mjs#a', output: { got: '${{ result.late }}' } },
      b: { module: './m.mjs#b' },
    })
    await until(
      'both run',
      async () =>
        (await bench.records(id)).filter((one) => one.startsWith('stepStarted')).length === 2,
    )
    await bench.executor.close()
    const other = await bench.another()
    try {
      const writer = await other.store.open(id, { purpose: 'run', controlSocket: null })
      const carried = other.executor.carry(await other.read(id), writer)
      await carried.done
      const run = await other.read(id)
      expect(outputOf(run, 'a')).toEqual({ got: 1 })
      expect(errorOf(run, 'b')).toMatchObject({ name: 'RangeError', message: 'late' })
    } finally {
      await other.close()
    }
  })
})

function module(name: string, text: string): Promise<void> {
  return writeFile(join(bench.root, name), text)
}

function each(names: string, make: (name: string) => object): Record<string, object> {
  return Object.fromEntries(names.split('').map((name) => [name, make(name)]))
}

function outputOf(run: Run, step: string): unknown {
  const state = run.steps[step as never]
  if (state?.status !== 'succeeded')
    throw new Error(`${step}: ${JSON.stringify(errorOf(run, step))}`)
  return state.output
}

function errorOf(run: Run, step: string) {
  return run.steps[step as never]?.attempts.at(-1)?.error
}
