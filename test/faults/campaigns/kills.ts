// A host that carries a workflow is killed at random moments, again and again: no finished step is lost or repeated.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mapBounded } from '../../../shared/mapBounded.ts'
import type { Campaign, CampaignOptions } from './campaign.ts'
import { findFlaws } from './killFlaws.ts'
import { createStandbys, type Standby, type Standbys } from './killStandbys.ts'
import { createRandom, type Random } from './random.ts'

/** Kills of one run, unless it comes to its end before. */
const killsOfChain = 50
/** Chains side by side: a chain mostly waits for a process that starts, or for a disk. */
const chainsAtOnce = 2

export const kills: Campaign = {
  name: 'kills',
  unit: 'a host killed while it carries a run, and resumed',
  sizes: { test: 500, full: 10_000 },
  piece: 100,
  obstacle: () => (process.platform === 'win32' ? 'Windows has no SIGKILL' : null),
  run: async (options) => {
    const root = await mkdtemp(join(tmpdir(), 'unstuck-kills-'))
    const standbys = await createStandbys(join(root, 'program'))
    try {
      await killAll(root, standbys, options)
    } finally {
      await standbys.close()
      await rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    }
  },
}

async function killAll(
  root: string,
  standbys: Standbys,
  { from, to, seed, report }: CampaignOptions,
): Promise<void> {
  let left = to - from
  let chains = 0
  const lines = Array.from({ length: chainsAtOnce }, (_, line) => line)
  await mapBounded(lines, chainsAtOnce, async () => {
    while (left > 0) {
      const chain = chains++
      const most = Math.min(killsOfChain, left)
      left -= most
      const folder = join(root, `chain${chain}`)
      await mkdir(folder)
      const random = createRandom(seed, from + chain)
      const killed = await killChain({ root: folder, standbys, random, most })
      left += most - killed.times
      for (const ms of killed.carriedAfterMs) report.measure('carried after ms', ms)
      report.count('kills', killed.times)
      report.count('hosts that came to carry the run', killed.carriedAfterMs.length)
      report.count('runs')
      const problems = killed.problem === null ? [] : [killed.problem]
      for (const flaw of [...problems, ...(await findFlaws(folder, stepNames))])
        report.violation(from + chain, flaw)
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
      if (killed.problem !== null) return
    }
  })
}

const stepNames = Array.from({ length: 60 }, (_, index) => `s${index}`)

type Killed = {
  readonly times: number
  /** Of each host that said that it carries the run, how long after its word. */
  readonly carriedAfterMs: readonly number[]
  /** Of a host that ended by itself, and not well. */
  readonly problem: string | null
}

/** One run: each host is killed at some moment of its life, and the next one goes on. The last is left to its end. */
async function killChain(options: {
  readonly root: string
  readonly standbys: Standbys
  readonly random: Random
  readonly most: number
}): Promise<Killed> {
  const { root, standbys, random, most } = options
  await writeFile(join(root, 'flow.yaml'), JSON.stringify(createFlow()))
  const carriedAfterMs: number[] = []
  let times = 0
  let next = standbys.start(root)
  while (times < most) {
    const host = next
    await host.go()
    // The next one loads meanwhile.
    next = standbys.start(root)
    await host.endedWithin(await killedAfterMs(host, random, carriedAfterMs.at(-1)))
    const ms = host.carriedAfterMs()
    if (ms !== null) carriedAfterMs.push(ms)
    if (!(await host.kill())) {
      await next.kill()
      return { times, carriedAfterMs, problem: await host.ended }
    }
    times += 1
  }
  await next.go()
  return { times, carriedAfterMs, problem: await next.ended }
}

/** Every other host is killed on its way to the run, the others once they have it. */
async function killedAfterMs(
  host: Standby,
  random: Random,
  carriedAfterMs: number = firstGuessMs,
): Promise<number> {
  if (random.chance(0.5)) return random.next() * carriedAfterMs
  await host.carries
  return random.next() * whileCarriedMs
}

const firstGuessMs = 300
const whileCarriedMs = 200

function createFlow(): object {
  const flow = stepNames.map((name, index) => {
    const run = `echo ${name} >> begun; sleep 0.01; echo ${name} >> done`
    return [name, index < 2 ? { run } : { run, needs: [stepNames[index - 2]] }]
  })
  return { name: 'flow', parallel: 2, steps: Object.fromEntries(flow) }
}
