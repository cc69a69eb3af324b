// The command line of this process: `runCli`, with what it reads from and writes to.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { applicationVersion } from '../../shared/version.ts'
import type { AppError } from '../../shared/errors.ts'
import { reportText } from '../host/reportText.ts'
import { detach } from './detach.ts'
import { runCli } from './runCli.ts'

const { stdin, stdout, stderr } = process
goOnWhenNobodyReads()
process.exitCode = await runCli(process.argv.slice(2), {
  stdout,
  stderr,
  env: process.env,
  cwd: process.cwd(),
  isTty: stdin.isTTY && stdout.isTTY,
  // Loaded when a command needs it: help and wrong use answer at once.
  createHost: async (options) =>
    (await import('../host/openHost.ts')).openHost({ ...options, report }),
  version: applicationVersion,
  rendererDirectory: findRenderer(),
  nowMs: Date.now,
  ask,
  detach,
  onInterrupt,
})

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: stdin, output: stdout })
  try {
    return await lines.question(question)
  } finally {
    lines.close()
  }
}

/** Defects, and failures that nobody waits for. */
function report(error: AppError, call: string): void {
  stderr.write(reportText(error, call))
}

function onInterrupt(listener: () => void): () => void {
  process.on('SIGINT', listener)
  process.on('SIGTERM', listener)
  return () => {
    process.off('SIGINT', listener)
    process.off('SIGTERM', listener)
  }
}

/** `dist/renderer`, seen from the bundle in `dist/…` or from the source. */
function findRenderer(): string {
  const bundled = join(import.meta.dirname, '..', 'renderer')
  const built = join(import.meta.dirname, '..', '..', 'dist', 'renderer')
  return existsSync(join(bundled, 'index.html')) ? bundled : built
}

/** `unstuck list | head` closes the pipe early: that is no failure, and a run that is carried here goes on to its end. */
function goOnWhenNobodyReads(): void {
  for (const stream of [stdout, stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
}
