import { existsSync } from 'node:fs'
import { median } from '../paired.ts'
import type { BenchOptions, BenchRow, Measured } from '../row.ts'
import {
  compareFirstRows,
  compareHeaps,
  compareKeystrokes,
  scrollBare,
  scrollBoth,
  spread,
  type Sides,
} from '../screen/compareScreens.ts'
import type { FirstRows } from '../screen/probes.ts'
import { chromiumPath, openPages, type ScreenPages } from '../screen/openPages.ts'

const peer = "TanStack Table's own filter and sort on all rows"
const runs = 100_000
const wheel = { px: 60, forMs: 4000 } as const
const wantedFrames = 55

/** 100,000 runs on the screen: the host filters and sorts, and the page holds what is looked at. */
export const screenRows: readonly BenchRow[] = [
  {
    id: 'screen-first',
    what: `first painted rows of ${runs} runs, since the page asked for its rows`,
    peer,
    goal: { atMost: 0.15 },
    measure: (options) => firstRowsBeside(options, (first) => first.askedMs),
  },
  {
    id: 'screen-open',
    what: `first painted rows of ${runs} runs, since the navigation began`,
    peer: `${peer}, in the same application`,
    goal: { shown: true },
    measure: (options) => firstRowsBeside(options, (first) => first.openedMs),
  },
  {
    id: 'screen-keystroke',
    what: `keystroke of a search to the frame that shows its rows, ${runs} runs`,
    peer,
    goal: { atMost: 0.25 },
    measure: (options) =>
      withPages(options, async (pages) => ratioOf(await compareKeystrokes(pages, 3), 'ms')),
  },
  {
    id: 'screen-heap',
    what: `JavaScript heap of the page with ${runs} runs listed`,
    peer,
    goal: { atMost: 0.15 },
    measure: (options) =>
      withPages(options, async (pages) => {
        const { ours, peer: theirs } = await compareHeaps(pages, 2)
        return ratioOf({ ours: inMb(ours), peer: inMb(theirs) }, 'MB')
      }),
  },
  {
    id: 'screen-scroll',
    what: `${wantedFrames} frames a second beside those while ${runs} runs are scrolled`,
    peer: 'the frames of the page itself',
    goal: { atMost: 1 },
    measure: (options) =>
      withPages(options, async (pages) => {
        const { ours, peer: theirs } = await scrollBoth(pages, wheel)
        const frames = (side: typeof ours) => side.map((each) => each.framesPerSecond)
        const blank = Math.max(...ours.map((each) => each.blankShare)) * wheel.forMs
        const longest = Math.max(...ours.map((each) => each.longestFrameMs))
        return {
          ratio: wantedFrames / Math.max(...frames(ours)),
          detail: `${spread(frames(ours))} frames a second, longest ${longest.toFixed(0)} ms, ${blank.toFixed(0)} ms of ${wheel.forMs} with a row missing; ${peer}: ${spread(frames(theirs))}`,
        }
      }),
  },
  {
    id: 'screen-scroll-floor',
    what: 'frames a second while a bare table of 700 rows is scrolled: all drawn beforehand, no script',
    peer: `the frames while ${runs} runs are scrolled`,
    goal: { shown: true },
    measure: (options) =>
      withPages(options, async (pages) => {
        const { ours } = await scrollBoth(pages, wheel)
        const frames = Math.max(...ours.map((each) => each.framesPerSecond))
        const bare = await scrollBare(pages, wheel)
        return {
          ratio: bare.framesPerSecond / frames,
          detail: `${bare.framesPerSecond.toFixed(1)} beside ${frames.toFixed(1)} frames a second`,
        }
      }),
  },
]

async function withPages(
  { folder, runs: workspaceOf }: BenchOptions,
  measure: (pages: ScreenPages) => Promise<Measured>,
): Promise<Measured> {
  const executablePath = chromiumPath()
  if (!existsSync(executablePath)) return { missing: executablePath }
  const pages = await openPages({ folder, workspace: workspaceOf(runs), executablePath })
  try {
    return await measure(pages)
  } finally {
    await pages.close()
  }
}

async function firstRowsBeside(
  options: BenchOptions,
  msOf: (first: FirstRows) => number,
): Promise<Measured> {
  return withPages(options, async (pages) => {
    const { ours, peer: theirs } = await compareFirstRows(pages, 7)
    return ratioOf({ ours: ours.map(msOf), peer: theirs.map(msOf) }, 'ms')
  })
}

function ratioOf({ ours, peer: theirs }: Sides<readonly number[]>, unit: string): Measured {
  return {
    ratio: median(ours) / median(theirs),
    detail: `${spread(ours)} ${unit} beside ${spread(theirs)} ${unit}`,
  }
}

function inMb(values: readonly number[]): readonly number[] {
  return values.map((bytes) => bytes / 1e6)
}
