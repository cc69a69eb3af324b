import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser } from 'playwright'
import { chromiumFlags, root } from '../../e2e/harness/machine.ts'
import { startCli, startNode, type Running } from '../../e2e/harness/processes.ts'
import { median } from '../paired.ts'
import type { BenchOptions, BenchRow, Measured } from '../row.ts'
import { chromiumPath } from '../screen/openPages.ts'

const bareServer = fileURLToPath(new URL('../screen/bareServer.ts', import.meta.url))
const peer = 'a bare HTTP server of Node with a static page of 50 rows'
const counts = [0, 1000, 100_000] as const
const rounds = 5

/** From the start of the process to the first rows in a browser that runs already, and what host and page take then. */
export const startRows: readonly BenchRow[] = [
  ...counts.map((count) =>
    row(count, 'start', {
      what: `start of the host to the first painted rows, ${count} runs, known from before`,
      of: ({ ms }) => ms,
      unit: 'ms',
    }),
  ),
  ...counts.map((count) =>
    row(count, 'host-memory', {
      what: `memory of the host (resident), ${count} runs listed`,
      of: ({ hostBytes }) => hostBytes / 1e6,
      unit: 'MB',
    }),
  ),
  ...counts.map((count) =>
    row(count, 'page-memory', {
      what: `memory of the page's process (proportional), ${count} runs listed`,
      of: ({ pageBytes }) => pageBytes / 1e6,
      unit: 'MB',
    }),
  ),
]

type Opened = { readonly ms: number; readonly hostBytes: number; readonly pageBytes: number }

type Told = {
  readonly what: string
  readonly of: (opened: Opened) => number
  readonly unit: string
}

function row(count: number, name: string, { what, of, unit }: Told): BenchRow {
  return {
    id: `${name}-${count}`,
    what,
    peer,
    goal: { shown: true },
    measure: async (options) => {
      const both = await openBothOnce(options, count)
      if ('missing' in both) return both
      const [ours, theirs] = [both.ours.map(of), both.peer.map(of)]
      const [middle, beside] = [median(ours), median(theirs)]
      const detail = `${middle.toFixed(0)} ${unit} beside ${beside.toFixed(0)} ${unit}, medians of ${rounds}`
      return { ratio: middle / beside, detail } satisfies Measured
    },
  }
}

type Both =
  | { readonly ours: readonly Opened[]; readonly peer: readonly Opened[] }
  | { readonly missing: string }

/** Start and memory are looked at in the same rounds. */
const known = new Map<number, Promise<Both>>()

function openBothOnce(options: BenchOptions, count: number): Promise<Both> {
  const both = known.get(count) ?? openBoth(options, count)
  known.set(count, both)
  return both
}

async function openBoth({ folder, runs }: BenchOptions, count: number): Promise<Both> {
  const executablePath = chromiumPath()
  if (!existsSync(executablePath)) return { missing: executablePath }
  if (!existsSync('/proc/self/smaps_rollup')) return { missing: '/proc/PID/smaps_rollup' }
  const workspace = runs(count)
  const home = join(folder, 'home')
  mkdirSync(home, { recursive: true })
  const env = { HOME: home, XDG_CACHE_HOME: join(home, 'cache'), UNSTUCK_CONFIG_DIR: home }
  const start = () => startCli(['serve', '--workspace', workspace], { env, cwd: root })
  const browser = await chromium.launch({ executablePath, args: [...chromiumFlags] })
  const [ours, theirs]: [Opened[], Opened[]] = [[], []]
  try {
    // The first time nothing is known of the workspace: that has rows of its own.
    await open(browser, start)
    for (let round = 0; round < rounds; round++) {
      ours.push(await open(browser, start))
      theirs.push(await open(browser, startPeer))
    }
  } finally {
    await browser.close()
  }
  return { ours, peer: theirs }
}

function startPeer(): Running {
  return startNode([bareServer], { env: {}, cwd: root })
}

async function open(browser: Browser, start: () => Running): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const begin = performance.now()
  const running = start()
  try {
    await page.goto(await running.until(/https?:\/\/\S+/))
    await page.waitForFunction(isShown, null, { polling: 'raf', timeout: 120_000 })
    const ms = performance.now() - begin
    // What goes on behind the first rows belongs to the memory.
    await page.waitForTimeout(3000)
    const pageBytes = Math.max(...(await pagesOf(browser)).map((pid) => memoryOf(pid, 'Pss')))
    return { ms, hostBytes: memoryOf(running.pid, 'Rss'), pageBytes }
  } finally {
    await context.close()
    await running.stop()
  }
}

/** Rows, or the words of a folder without any. */
function isShown(): boolean {
  const first = document.querySelector('tbody tr[aria-rowindex]:not([aria-busy])')
  return Boolean(first?.textContent) || /No runs/.test(document.body.textContent ?? '')
}

async function pagesOf(browser: Browser): Promise<readonly number[]> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
}

/** Bytes; what several processes share counts in proportion in `Pss`. */
function memoryOf(pid: number, field: 'Rss' | 'Pss'): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1]) * 1024
}
