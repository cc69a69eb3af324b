// What is measured inside the page. Both pages have a grid whose rows say their place, and a field named "Search runs".
import type { Page } from 'playwright'

/** Put into the page before anything else: tells when rows were asked for and first painted, since the navigation began. */
export function watchFirstRows(): void {
  const socket = WebSocket.prototype
  // oxlint-disable-next-line typescript/unbound-method -- it is called with its socket
  const send = socket.send
  socket.send = function (this: WebSocket, frame) {
    const { dataset } = document.documentElement
    const isList = typeof frame === 'string' && frame.includes('"run.list"')
    if (isList) dataset['asked'] ??= String(performance.now())
    send.call(this, frame)
  }
  const { port1, port2 } = new MessageChannel()
  port1.addEventListener('message', () => {
    document.documentElement.dataset['firstRows'] = String(performance.now())
  })
  port1.start()
  const look = (): void => {
    const row = document.querySelector('tbody tr[aria-rowindex]:not([aria-busy])')
    requestAnimationFrame(row?.textContent ? painted : look)
  }
  // In the frame after, what was found is painted.
  const painted = (): void => port2.postMessage(null)
  requestAnimationFrame(look)
}

export type FirstRows = {
  /** Since the navigation began. */
  readonly openedMs: number
  /** Since the page asked for its rows: without what is the same around both tables. */
  readonly askedMs: number
}

export async function firstRows(page: Page): Promise<FirstRows> {
  await page.waitForFunction(() => document.documentElement.dataset['firstRows'], null, {
    timeout: 120_000,
    polling: 50,
  })
  return page.evaluate(() => {
    const { dataset } = document.documentElement
    const openedMs = Number(dataset['firstRows'])
    const whole = performance
      .getEntriesByType('resource')
      .find((each) => each.name.endsWith('/rows.json'))
    return { openedMs, askedMs: openedMs - (whole?.startTime ?? Number(dataset['asked'])) }
  })
}

/** From the event of a key to the first frame that has painted another number of rows, with rows in it. */
export async function keystrokeMs(page: Page, key: string): Promise<number> {
  await page.evaluate(watchKeystroke)
  await page.keyboard.press(key)
  return page.evaluate(() => (globalThis as unknown as { painted: Promise<number> }).painted) // put there by `watchKeystroke`
}

function watchKeystroke(): void {
  const grid = document.querySelector('[role=grid]')
  const before = grid?.getAttribute('aria-rowcount')
  const { port1, port2 } = new MessageChannel()
  const look = (): void => {
    const now = document.querySelector('[role=grid]')
    const row = now?.querySelector('tbody tr[aria-rowindex]:not([aria-busy])')
    const isNew = now?.getAttribute('aria-rowcount') !== before && row?.textContent
    if (isNew) port2.postMessage(null)
    else requestAnimationFrame(look)
  }
  const painted = new Promise<number>((resolve, reject) => {
    const late = (): void => reject(new Error('The key changed the number of rows not in 10 s.'))
    setTimeout(late, 10_000)
    const onInput = (event: Event): void => {
      port1.addEventListener('message', () => resolve(performance.now() - event.timeStamp))
      port1.start()
      requestAnimationFrame(look)
    }
    addEventListener('input', onInput, { once: true, capture: true })
  })
  Object.assign(globalThis, { painted })
}

/** Bytes that JavaScript holds after everything that can be freed was freed. */
export async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}

export type Scrolling = {
  readonly framesPerSecond: number
  readonly longestFrameMs: number
  /** Share of the frames in which a row on the screen was not there. */
  readonly blankShare: number
  readonly scrolledPx: number
}

/** Scrolls with the wheel for so long and looks at each frame. */
export async function scrolling(
  page: Page,
  wheel: { readonly px: number; readonly forMs: number },
): Promise<Scrolling> {
  const box = await page.locator('[role=grid] tbody').evaluate((body) => {
    const scroller = body.closest('table')?.parentElement
    const { left, top, width, height } = (scroller ?? body).getBoundingClientRect()
    return { x: left + width / 2, y: top + height / 2 }
  })
  await page.mouse.move(box.x, box.y)
  const seen = page.evaluate(watchFrames, wheel.forMs)
  const session = await page.context().newCDPSession(page)
  const endMs = performance.now() + wheel.forMs
  while (performance.now() < endMs) {
    const turn = { type: 'mouseWheel', ...box, deltaX: 0, deltaY: wheel.px } as const
    // As a wheel does: without waiting until the page has answered the last turn.
    void session.send('Input.dispatchMouseEvent', turn).catch(() => undefined) // the page was closed
    await new Promise((resolve) => setTimeout(resolve, 16))
  }
  return seen
}

function watchFrames(forMs: number): Promise<Scrolling> {
  const scroller = document.querySelector('[role=grid]')?.parentElement
  if (!scroller) throw new Error('There is no grid.')
  const startPx = scroller.scrollTop
  const times: number[] = []
  let blank = 0
  const isBlank = () => {
    const area = scroller.getBoundingClientRect()
    const rows = [...scroller.querySelectorAll('tbody tr[aria-rowindex]')]
    const first = rows[0]?.getBoundingClientRect()
    const last = rows.at(-1)?.getBoundingClientRect()
    if (!first || !last || first.top > area.top + 31 || last.bottom < area.bottom - 1) return true
    return rows.some((row) => {
      if (!row.hasAttribute('aria-busy')) return false
      const { top, bottom } = row.getBoundingClientRect()
      return bottom > area.top + 31 && top < area.bottom
    })
  }
  return new Promise((resolve) => {
    const frame = (at: number) => {
      times.push(at)
      if (isBlank()) blank += 1
      const [first = at] = times
      if (at - first < forMs) {
        requestAnimationFrame(frame)
        return
      }
      const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time))
      resolve({
        framesPerSecond: (gaps.length / (at - first)) * 1000,
        longestFrameMs: Math.max(...gaps),
        blankShare: blank / times.length,
        scrolledPx: scroller.scrollTop - startPx,
      })
    }
    requestAnimationFrame(frame)
  })
}
