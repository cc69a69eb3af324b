import { performance } from 'node:perf_hooks'
import type { Timed } from './peers.ts'
import type { Measured } from './row.ts'

/** What is waited for before the next round, and not timed. */
export type Untimed = { readonly rest: Promise<unknown> }

type Work = (round: number) => Promise<Untimed | void>

/**
 * Times two ways of doing the same in turn, so that both see the same machine. The ratio is that of the medians over all
 * rounds; `rounds` pairs are counted after a tenth of them for warming up.
 */
export async function paired(options: {
  readonly rounds: number
  readonly ours: Work
  readonly peer: Work
}): Promise<Measured> {
  const warmUp = Math.ceil(options.rounds / 10)
  const ours: number[] = []
  const peer: number[] = []
  for (let round = 0; round < options.rounds + warmUp; round++) {
    const [first, second] = [await timeMs(options.ours, round), await timeMs(options.peer, round)]
    if (round < warmUp) continue
    ours.push(first)
    peer.push(second)
  }
  const ratio = median(ours) / median(peer)
  return { ratio, detail: `${shown(ours)} beside ${shown(peer)}` }
}

/**
 * Times two ways of doing the same in blocks of ten that take turns. The first of a block is not counted: its flush also
 * writes what the other way has left in the file system's journal.
 */
export async function pairedInBlocks(options: {
  readonly blocks: number
  readonly ours: () => Promise<void>
  readonly peer: () => Promise<void>
}): Promise<Measured> {
  const ours: number[] = []
  const peer: number[] = []
  for (let block = 0; block < options.blocks; block++) {
    ours.push(...(await timeBlock(options.ours)))
    peer.push(...(await timeBlock(options.peer)))
  }
  const ratio = median(ours) / median(peer)
  return { ratio, detail: `${shown(ours)} beside ${shown(peer)}` }
}

/** Rounds of two ways in turn, each round a process of its own or as good as that. The ratio is that of the best rounds. */
export async function bestOf(options: {
  readonly rounds: number
  readonly ours: () => Promise<Timed>
  readonly peer: () => Promise<Timed>
}): Promise<Measured> {
  const ours: number[] = []
  const peer: number[] = []
  for (let round = 0; round < options.rounds; round++) {
    const [first, second] = [await options.ours(), await options.peer()]
    if ('missing' in first) return first
    if ('missing' in second) return second
    ours.push(first.ms)
    peer.push(second.ms)
  }
  const [best, theirs] = [Math.min(...ours), Math.min(...peer)]
  const detail = `${best.toFixed(0)} ms beside ${theirs.toFixed(0)} ms, best of ${options.rounds}`
  return { ratio: best / theirs, detail }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

async function timeMs(work: Work, round: number): Promise<number> {
  const start = performance.now()
  const left = await work(round)
  const ms = performance.now() - start
  if (left !== undefined) await left.rest
  return ms
}

async function timeBlock(work: () => Promise<void>): Promise<readonly number[]> {
  const times: number[] = []
  await work()
  for (let time = 0; time < 10; time++) times.push(await timeMs(work, time))
  return times
}

function shown(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b)
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN
  return `p50 ${median(values).toFixed(3)} ms, p99 ${p99.toFixed(3)} ms`
}
