import { mkdtempSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Makes a folder for what runs that are kept nowhere need on disk (the reports and logs of their attempts), and for bundles
 * that come or go. Who makes it
 * removes it; those of processes that were killed are removed here, after a week.
 */
export function makePrivateFolder(kind: 'run' | 'try' | 'bundle'): string {
  leftOvers ??= removeLeftOvers()
  return mkdtempSync(join(tmpdir(), `unstuck-${kind}-${process.pid}-`))
}

let leftOvers: Promise<void> | null = null

/** Never rejects: what cannot be looked at or removed belongs to somebody else, and takes no more than space. */
export async function removeLeftOvers(): Promise<void> {
  const folder = tmpdir()
  const [names] = await Promise.allSettled([readdir(folder)])
  const found = names.status === 'fulfilled' ? names.value : []
  await Promise.allSettled(
    found.map(async (name) => {
      const owner = /^unstuck-(?:run|try|bundle)-(\d+)-\w{6}$/.exec(name)?.[1]
      if (owner === undefined || isAlive(Number(owner))) return
      const path = join(folder, name)
      // A process of another container is not seen from here.
      const { mtimeMs } = await stat(path)
      if (Date.now() - mtimeMs > keptMs) await rm(path, { recursive: true, force: true })
    }),
  )
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}

const keptMs = 7 * 86_400_000
