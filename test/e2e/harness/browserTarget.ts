import type { Browser } from 'playwright'
import { root } from './machine.ts'
import { startCli } from './processes.ts'
import type { Opened, OpenOptions } from './target.ts'

/** A real `unstuck serve`, and its page in Chromium. */
export async function openInBrowser(browser: Browser, options: OpenOptions): Promise<Opened> {
  if (options.path === null) throw new Error('A browser is served a workspace that is named.')
  const args = ['serve', '--workspace', options.path]
  const server = startCli(args, { env: options.env, cwd: root })
  const url = await server.until(/https?:\/\/\S+#token=[^\s"]+/)
  const context = await browser.newContext({ viewport: { width: 1280, height: 820 } })
  context.on('request', (request) => {
    if (!isWithin(request.url(), new URL(url).origin)) options.onStray(request.url())
  })
  const page = await context.newPage()
  await page.goto(url)
  return {
    page,
    desktop: null,
    pid: server.pid,
    output: () => server.stdout() + server.stderr(),
    close: async () => {
      await context.close()
      await server.stop()
    },
  }
}

/** What the page holds itself leaves it neither. */
function isWithin(url: string, origin: string): boolean {
  return ['data:', 'blob:'].includes(new URL(url).protocol) || url.startsWith(`${origin}/`)
}
