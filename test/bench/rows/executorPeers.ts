import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { promisify } from 'node:util'
import { PGraph } from 'p-graph'
import PQueue from 'p-queue'
import { manySteps, openBenchExecutor } from '../openBenchExecutor.ts'
import { bestOf } from '../paired.ts'
import type { Timed } from '../peers.ts'
import type { BenchRow, Measured } from '../row.ts'

const steps = 1000
const names = Array.from({ length: steps }, (_, index) => `s${index}`)

/** Beside programs that keep nothing: what a run that survives costs more. */
export const executorPeerRows: readonly BenchRow[] = [
  {
    id: 'exec-p-graph',
    what: `${steps} function steps in a chain, durable`,
    peer: 'p-graph, which keeps nothing',
    goal: { shown: true },
    measure: ({ folder }) => functionsBeside(folder, 'disk', throughGraph),
  },
  {
    id: 'exec-p-graph-memory',
    what: `${steps} function steps in a chain, nothing kept`,
    peer: 'p-graph, which keeps nothing',
    goal: { shown: true },
    measure: ({ folder }) => functionsBeside(folder, 'memory', throughGraph),
  },
  {
    id: 'exec-p-queue',
    what: `${steps} function steps side by side, durable`,
    peer: 'p-queue, which keeps nothing',
    goal: { shown: true },
    measure: ({ folder }) => functionsBeside(folder, 'disk', throughQueue),
  },
  {
    id: 'exec-make',
    what: '200 commands `true`, four at a time',
    peer: 'make -j4, which keeps nothing',
    goal: { shown: true },
    measure: ({ folder }) => commandsBesideMake(folder, { count: 200, command: ['true'] }),
  },
  {
    id: 'exec-make-work',
    what: '40 commands of a quarter of a second, four at a time',
    peer: 'make -j4, which keeps nothing',
    goal: { atMost: 1.25 },
    measure: ({ folder }) => commandsBesideMake(folder, { count: 40, command: ['sleep', '0.25'] }),
  },
]

async function functionsBeside(
  folder: string,
  kind: 'disk' | 'memory',
  peer: () => Promise<void>,
): Promise<Measured> {
  const executor = await openBenchExecutor(folder, kind)
  const shape = peer === throughGraph ? 'chain' : 'side by side'
  const defined = manySteps(steps, { function: 'nothing' }, shape)
  try {
    return await bestOf({
      rounds: 3,
      ours: async () => ({ ms: (await executor.carry(defined, { parallel: 64 })).totalMs }),
      peer: () => timed(peer),
    })
  } finally {
    await executor.close()
  }
}

async function throughGraph(): Promise<void> {
  const needs = names.slice(1).map((name, index): [string, string] => [names[index] ?? '', name])
  const nodes = Object.fromEntries(names.map((name) => [name, { run: async () => undefined }]))
  await new PGraph(nodes, needs).run({ concurrency: 64 })
}

async function throughQueue(): Promise<void> {
  const queue = new PQueue({ concurrency: 64 })
  await queue.addAll(names.map(() => async () => undefined))
}

type Commands = { readonly count: number; readonly command: readonly string[] }

async function commandsBesideMake(folder: string, { count, command }: Commands): Promise<Measured> {
  const executor = await openBenchExecutor(folder)
  const defined = manySteps(count, { command: [...command] })
  const makefile = join(folder, 'Makefile')
  await writeFile(makefile, makefileOf({ count, command }))
  try {
    return await bestOf({
      rounds: 2,
      ours: async () => ({ ms: (await executor.carry(defined, { parallel: 4 })).totalMs }),
      peer: () => make(makefile),
    })
  } finally {
    await executor.close()
  }
}

function makefileOf({ count, command }: Commands): string {
  const targets = names.slice(0, count)
  const rules = targets.map((target) => `${target}:\n\t@/bin/sh -c '${command.join(' ')}'\n`)
  return `.PHONY: all ${targets.join(' ')}\nall: ${targets.join(' ')}\n${rules.join('')}`
}

async function make(makefile: string): Promise<Timed> {
  try {
    return await timed(() => promisify(execFile)('make', ['-s', '-j4', '-f', makefile, 'all']))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { missing: 'make is not installed' }
    throw error
  }
}

async function timed(work: () => Promise<unknown>): Promise<{ readonly ms: number }> {
  const from = performance.now()
  await work()
  return { ms: performance.now() - from }
}
