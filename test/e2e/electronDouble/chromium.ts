import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type BrowserContext, type CDPSession, type Page } from 'playwright'

export type Chromium = {
  readonly context: BrowserContext
  readonly page: Page
  readonly protocol: CDPSession
  /** Where the test joins in, to look at the same page. */
  readonly endpoint: string
}

let launched: Chromium | null = null

export async function launchChromium(userData: string): Promise<Chromium> {
  const profile = join(userData, 'chromium')
  mkdirSync(profile, { recursive: true })
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['UNSTUCK_CHROMIUM'] ?? '',
    viewport: { width: 1280, height: 820 },
    args: JSON.parse(process.env['UNSTUCK_CHROMIUM_FLAGS'] ?? '[]') as string[], // set by the harness
  })
  const page = context.pages()[0] ?? (await context.newPage())
  const protocol = await context.newCDPSession(page)
  const [port = ''] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')
  launched = { context, page, protocol, endpoint: `http://127.0.0.1:${port}` }
  process.send?.({ event: 'ready', endpoint: launched.endpoint })
  return launched
}

/** The browser, which is there once the application is ready. */
export function currentChromium(): Chromium {
  if (launched === null) throw new Error('A window cannot be made before the application is ready.')
  return launched
}

export async function closeChromium(): Promise<void> {
  await launched?.context.close()
}
