import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readLog, readRaw } from '../../../../electron/services/readFiles.ts'
import { readState } from '../../../../electron/services/readState.ts'
import { nativeRef } from '../../../../electron/services/refs.ts'
import { searchLogs } from '../../../../electron/services/searchLogs.ts'
import { searchState } from '../../../../electron/services/searchState.ts'
import { createStateMemory } from '../../../../electron/services/stateMemory.ts'
import { readStepUses } from '../../../../electron/services/stepUses.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import {
  contract,
  type CallInput,
  type CallName,
  type HandlerInput,
} from '../../../../shared/contract/contract.ts'
import type { RunId } from '../../../../shared/schema/ids.ts'
import { RunId as RunIdSchema } from '../../../../shared/schema/ids.ts'
import { makeLongRun } from '../../../bench/makeLongRun.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
let run: RunId
const quiet = { signal: neverCancelled }

beforeAll(async () => {
  bench = await createWorkbench()
  const { id } = await bench.run(
    {
      first: { run: 'printf "one\\ntwo needle\\nthree\\n"' },
      second: {
        needs: ['first'],
        command: ['printf', '%s', '${{ steps.first.output }} ${{ inputs.who }}'],
      },
    },
    { inputs: { who: 'ada' } },
  )
  run = id
})
afterAll(() => bench.close())

function inputOf<N extends CallName>(
  name: N,
  input: Omit<CallInput<N>, 'ref'>,
  of = run,
): HandlerInput<N> {
  const whole = { ref: nativeRef(bench.context, of), ...input }
  return contract[name].input.parse(whole) as HandlerInput<N> // the schema of that very call
}

async function writeLog(step: string, bytes: string | Uint8Array): Promise<void> {
  const path = join(bench.root, bench.store.layout.log(run, step, 1))
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, bytes)
}

describe('searching logs', () => {
  test('[E167] lines are found in the order of the steps, with their numbers and bytes', async () => {
    await writeLog('second', 'x\nthe NEE\u001B[31mDLE\u001B[0m is red\nx\nneedle')
    const found = await searchLogs(bench.context, inputOf('log.search', { query: 'needle' }), quiet)

    expect(found.matches).toEqual([
      { step: 'first', attempt: 1, line: 2, offset: 4, text: 'two needle' },
      { step: 'second', attempt: 1, line: 2, offset: 2, text: 'the NEEDLE is red' },
      { step: 'second', attempt: 1, line: 4, offset: 31, text: 'needle' },
    ])
    expect(found).toMatchObject({ next: null, searchedBytes: found.totalBytes })
  })

  test('[E167] pages bring every line once, over blocks and steps', async () => {
    const lines = Array.from({ length: 60_000 }, (_, index) =>
      index % 1000 === 7 ? `needle ${index}` : `line ${index} ${'.'.repeat(40)}`,
    )
    await writeLog('second', lines.join('\n'))
    const wanted = [2, ...lines.flatMap((line, index) => (line.startsWith('n') ? [index + 1] : []))]
    const numbers: number[] = []
    let next: CallInput<'log.search'>['from'] = null
    do {
      const input = inputOf('log.search', { query: 'needle', limit: 7, from: next })
      const page = await searchLogs(bench.context, input, quiet)
      numbers.push(...page.matches.map(({ line }) => line))
      next = page.next
    } while (next !== null)

    expect(numbers).toEqual(wanted)
  })

  test('[E167] one step and one attempt can be asked for, and a long line is told in part', async () => {
    await writeLog('second', `${'a'.repeat(9000)}needle${'b'.repeat(9000)}`)
    const input = inputOf('log.search', { query: 'needle', step: 'second', attempt: 1 })
    const { matches } = await searchLogs(bench.context, input, quiet)

    expect(matches.map(({ text }) => text)).toEqual([expect.stringMatching(/^…a+needleb+…$/)])
    expect(matches[0]?.text.length).toBeLessThan(300)
  })

  test('[E168] a cancelled search ends', async () => {
    const controller = new AbortController()
    controller.abort()
    const options = { signal: controller.signal }
    const logs = searchLogs(bench.context, inputOf('log.search', { query: 'x' }), options)
    await expect(logs).rejects.toMatchObject({ code: 'cancelled' })

    const id = RunIdSchema.parse('long-20260102t030405z-wide')
    const list = Array.from({ length: 10_000 }, (_, index) => index)
    await makeLongRun(bench.root, { id, records: 3, variables: { list } })
    const states = searchState(bench.context, inputOf('state.search', { query: 'x' }, id), options)
    await expect(states).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('reading a state', () => {
  test('[E163] a page of matches says where the next one begins', async () => {
    const first = await searchState(
      bench.context,
      inputOf('state.search', { query: 'succeeded', limit: 1 }),
      quiet,
    )
    const rest = await searchState(
      bench.context,
      inputOf('state.search', { query: 'succeeded', skip: first.next ?? 0 }),
      quiet,
    )

    const all = [...first.matches, ...rest.matches].map(({ node }) => node.pointer)
    expect(first.matches).toMatchObject([
      { node: { pointer: '/steps/first/status' }, where: 'value', excerpt: 'succeeded' },
    ])
    expect(all).toEqual([
      '/steps/first/status',
      '/steps/first/attempts/0/outcome',
      '/steps/second/status',
      '/steps/second/attempts/0/outcome',
    ])
    expect(rest.next).toBeNull()
  })

  test('[E165] the page of a child, and long keys in several pages', async () => {
    const id = RunIdSchema.parse('long-20260102t030405z-keys')
    const long = Array.from({ length: 40 }, (_, index) => [`${index} ${'k'.repeat(9000)}`, index])
    const list = Array.from({ length: 1000 }, (_, index) => index)
    await makeLongRun(bench.root, {
      id,
      records: 3,
      variables: { list, long: Object.fromEntries(long) },
    })
    const read = (input: Omit<CallInput<'state.read'>, 'ref'>) =>
      readState(bench.context, inputOf('state.read', input, id))

    const page = await read({ pointer: '/variables/list', child: '777', limit: 200 })
    expect([page.offset, page.children.length, page.children[177]?.key]).toEqual([600, 200, '777'])
    const keys: number[] = []
    let pages = 0
    while (keys.length < 40) {
      const { children } = await read({ pointer: '/variables/long', offset: keys.length })
      keys.push(...children.map(({ key }) => Number.parseInt(key, 10)))
      pages += 1
    }
    expect(keys).toEqual(long.map((_, index) => index))
    expect(pages).toBeGreaterThan(2)
  })

  test('[E169] what a step read is told with the values that stand there', async () => {
    const uses = await readStepUses(bench.context, inputOf('step.uses', { step: 'second' }))

    expect(uses).toMatchObject({
      reads: [
        { kind: 'step', name: 'steps.first.output', value: { type: 'string' } },
        { kind: 'input', name: 'inputs.who', pointer: '/inputs/who', value: { preview: '"ada"' } },
      ],
      writes: [{ kind: 'output', pointer: '/steps/second/output', value: { type: 'string' } }],
    })
  })

  test('[E170] lines are counted, and bytes are told, where that is asked for', async () => {
    await writeLog('second', 'a\nb\nc\nd')
    const log = (input: object) =>
      readLog(bench.context, inputOf('run.log', { step: 'second', attempt: 1, ...input }), quiet)
    const raw = inputOf('run.raw', { file: 'journal', encoding: 'hex', limitBytes: 4 })

    expect(await log({ offset: 4, numbered: true })).toMatchObject({ text: 'c\nd', firstLine: 3 })
    expect(await log({ offset: 4 })).not.toHaveProperty('firstLine')
    expect(await readRaw(bench.context, raw, quiet)).toMatchObject({
      text: '7b227365',
      nextOffset: 4,
    })
  })
})

const storeOf = (stamp: () => string, held: () => boolean) => ({
  entry: async () => ({
    document: '',
    run,
    kind: 'run' as const,
    archived: false,
    sizeBytes: 2 ** 21,
    modifiedAt: '',
    stamp: stamp(),
    problem: null,
  }),
  heldRuns: async () => new Set(held() ? [run] : []),
})

describe('a large state', () => {
  test('[E166] is read again only when a file changed, it is held, or it was not looked at for long', async () => {
    const waiting: (() => void)[] = []
    const memory = createStateMemory((_, work) => waiting.push(work))
    const known = await bench.read(run)
    let [reads, stamp, isHeld] = [0, 'a', false]
    const look = async (checkpoint: string | null = null) => {
      const store = storeOf(
        () => stamp,
        () => isHeld,
      )
      await memory.recall(store, { ref: nativeRef(bench.context, run), checkpoint }, async () => {
        reads += 1
        return known
      })
      return reads
    }

    expect([await look(), await look(), await look('cp-1'), await look('cp-1')]).toEqual([
      1, 1, 2, 2,
    ])
    stamp = 'b'
    expect([await look(), await look()]).toEqual([3, 3])
    for (const work of waiting.slice(0, -1)) work()
    expect(await look()).toBe(3)
    for (const work of waiting) work()
    expect(await look()).toBe(4)
    isHeld = true
    expect([await look(), await look()]).toEqual([5, 6])
  })
})
