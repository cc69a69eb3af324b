import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { chromium, type Browser } from 'playwright'
import { build } from 'vite'
import { z } from 'zod'
import type { RunRow } from '../../../shared/contract/runs.ts'
import { chromiumFlags, root } from '../../e2e/harness/machine.ts'
import { startNode } from '../../e2e/harness/processes.ts'

export type ScreenPages = {
  readonly browser: Browser
  /** The application, answered by a host over a WebSocket. */
  readonly ours: string
  /** The same around a TanStack Table of all rows, which come as one file of JSON. */
  readonly peer: string
  readonly rows: readonly RunRow[]
  readonly close: () => Promise<void>
}

export type PagesOptions = {
  /** An empty folder for what is built. */
  readonly folder: string
  readonly workspace: string
  readonly executablePath: string
  /** The process that answers the pages; left out: a host of the application. */
  readonly host?: string
}

/** The command that starts the bench may say which; Debian's is where it always is. */
export function chromiumPath(): string {
  return process.env['UNSTUCK_CHROMIUM'] ?? '/usr/bin/chromium'
}

/** Builds both pages from the sources, as they are delivered, and serves them. */
export async function openPages(options: PagesOptions): Promise<ScreenPages> {
  const { folder, workspace, executablePath } = options
  const { host = fileURLToPath(new URL('host.ts', import.meta.url)) } = options
  const [oursFolder, peerFolder] = [join(folder, 'ours'), join(folder, 'peer')]
  await buildPages(oursFolder, peerFolder)
  const running = startNode([host, workspace, oursFolder, peerFolder, join(folder, 'cache')], {
    env: {},
    cwd: root,
  })
  const [ours, peer] = z
    .tuple([z.string(), z.string()])
    .parse(JSON.parse(await running.until(/\[.*\]/)))
  const browser = await chromium.launch({ executablePath, args: [...chromiumFlags] })
  const rows: readonly RunRow[] = JSON.parse(await readFile(join(peerFolder, 'rows.json'), 'utf8'))
  return {
    browser,
    ours,
    peer,
    rows,
    close: async () => {
      await browser.close()
      await running.stop()
    },
  }
}

async function buildPages(oursFolder: string, peerFolder: string): Promise<void> {
  await build({
    configFile: join(root, 'build/vite.renderer.config.ts'),
    logLevel: 'warn',
    build: { outDir: oursFolder },
  })
  await build({
    configFile: false,
    logLevel: 'warn',
    root: fileURLToPath(new URL('peer', import.meta.url)),
    base: './',
    plugins: [react()],
    build: {
      outDir: peerFolder,
      emptyOutDir: true,
      target: 'chrome130',
      chunkSizeWarningLimit: 2000,
    },
  })
}
