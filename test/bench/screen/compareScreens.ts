// Both pages in turn, in the same browser and the same run.
import type { BrowserContext, Page } from 'playwright'
import type { RunRow } from '../../../shared/contract/runs.ts'
import { median } from '../paired.ts'
import type { ScreenPages } from './openPages.ts'
import { columnIds, columnText } from './peer/columnText.ts'
import {
  firstRows,
  heapBytes,
  keystrokeMs,
  scrolling,
  watchFirstRows,
  type FirstRows,
  type Scrolling,
} from './probes.ts'

export type Sides<Value> = { readonly ours: Value; readonly peer: Value }

/** From the start of the navigation to the first painted rows. Each time in a browser context that knows neither page. */
export async function compareFirstRows(
  pages: ScreenPages,
  rounds: number,
): Promise<Sides<readonly FirstRows[]>> {
  return inTurn(pages, rounds, firstRows)
}

/** Each key of a word, typed into a list that is shown. */
export async function compareKeystrokes(
  pages: ScreenPages,
  rounds: number,
): Promise<Sides<readonly number[]>> {
  const word = narrowingWord(pages.rows)
  const typed = await inTurn(pages, rounds, async (page) => {
    await firstRows(page)
    await page.getByLabel('Search runs', { exact: true }).focus()
    await page.waitForTimeout(300)
    const times: number[] = []
    for (const key of word) {
      times.push(await keystrokeMs(page, key))
      await page.waitForTimeout(100)
    }
    return times
  })
  return { ours: typed.ours.flat(), peer: typed.peer.flat() }
}

export async function compareHeaps(
  pages: ScreenPages,
  rounds: number,
): Promise<Sides<readonly number[]>> {
  return inTurn(pages, rounds, async (page) => {
    await firstRows(page)
    await page.waitForTimeout(500)
    return heapBytes(page)
  })
}

export async function scrollBoth(
  pages: ScreenPages,
  wheel: { readonly px: number; readonly forMs: number },
): Promise<Sides<readonly Scrolling[]>> {
  return inTurn(pages, 2, async (page) => {
    await firstRows(page)
    await page.waitForTimeout(500)
    return scrolling(page, wheel)
  })
}

/** A page without a script, whose rows are all drawn beforehand: what the browser itself can do on this machine. */
export async function scrollBare(
  { browser, rows }: ScreenPages,
  wheel: { readonly px: number; readonly forMs: number },
): Promise<Scrolling> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.setContent(bareTable(rows.slice(0, bareRows)))
  await page.waitForTimeout(500)
  const seen = await scrolling(page, wheel)
  await context.close()
  return seen
}

/** As many as the wheel passes, and a screen of them. */
const bareRows = 700

function bareTable(rows: readonly RunRow[]): string {
  const lines = rows.map((row, index) => `<tr aria-rowindex="${index + 2}">${cellsOf(row)}</tr>`)
  const style = `body { margin: 0; font: 13px sans-serif } div { height: 830px; margin: 70px 0 0 230px; overflow: auto }
    table { border-collapse: collapse; table-layout: fixed; width: 100% }
    td { height: 30px; overflow: hidden; padding: 0 8px; text-overflow: ellipsis; white-space: nowrap }`
  return `<!doctype html><style>${style}</style><div><table role="grid"><tbody>${lines.join('')}</tbody></table></div>`
}

function cellsOf(row: RunRow): string {
  return columnIds.map((column) => `<td>${escapeHtml(columnText(row, column))}</td>`).join('')
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

async function inTurn<Value>(
  { browser, ours, peer }: ScreenPages,
  rounds: number,
  measure: (page: Page) => Promise<Value>,
): Promise<Sides<readonly Value[]>> {
  const found: { ours: Value[]; peer: Value[] } = { ours: [], peer: [] }
  for (let round = 0; round < rounds; round++) {
    for (const [side, url] of [
      ['ours', ours],
      ['peer', peer],
    ] as const) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
      found[side].push(await measure(await openPage(context, url)))
      await context.close()
    }
  }
  return found
}

async function openPage(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.addInitScript(watchFirstRows)
  await page.goto(url, { waitUntil: 'commit' })
  return page
}

/** The end of a run's id, whose letters leave fewer rows one by one, whichever of both pages searches. */
function narrowingWord(rows: readonly RunRow[]): string {
  const sides = [rows.map(ourText), rows.map(peerText)]
  const known = new Map<string, readonly number[]>()
  const countsOf = (start: string): readonly number[] => {
    const counts =
      known.get(start) ?? sides.map((texts) => texts.filter((text) => text.includes(start)).length)
    known.set(start, counts)
    return counts
  }
  const all = sides.map(() => rows.length)
  const narrows = (word: string): boolean => {
    let before = all
    return Array.from(word).every((_, index) => {
      const now = countsOf(word.slice(0, index + 1))
      const isLess = now.every((count, side) => count > 0 && count < (before[side] ?? 0))
      before = [...now]
      return isLess
    })
  }
  const words = new Set(rows.map(({ id }) => id.slice(-lettersTyped).toLowerCase()))
  for (const word of words) if (narrows(word)) return word
  throw new Error('No id narrows the list with each of its last letters.')
}

const lettersTyped = 3

/** What the host looks for words in. */
function ourText({ id, workflow, version, status, step, reason }: RunRow): string {
  return [id, workflow, version, status, step, reason.sentence].join('\n').toLowerCase()
}

function peerText(row: RunRow): string {
  return columnIds
    .map((column) => columnText(row, column))
    .join('\n')
    .toLowerCase()
}

export function spread(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return `${median(values).toFixed(1)} (${least.toFixed(1)} to ${most.toFixed(1)})`
}
