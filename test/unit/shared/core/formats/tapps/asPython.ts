import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { FormatChange } from '../../../../../../shared/core/formats/format.ts'
import { home, withFiles, type Folder } from './tappsSet.ts'

const loader = fileURLToPath(new URL('loader.py', import.meta.url))

/** What Python's `json` and `hashlib` say of a folder of states on the disk, read in the manner of the engine. */
export function asPython(folder: Folder, workflow: string): { problems: string[]; state: unknown } {
  const base = mkdtempSync(join(tmpdir(), 'unstuck-tapps-'))
  try {
    for (const [path, text] of folder.texts) {
      const file = join(base, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, path.endsWith('.gz') ? gzipSync(text) : text)
    }
    const output = execFileSync('python3', [loader, join(base, home), workflow], {
      encoding: 'utf8',
    })
    return JSON.parse(output) as { problems: string[]; state: unknown } // what the script prints
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}

/** The folder as it is when a change was written. */
export function written(folder: Folder, change: FormatChange): Folder {
  if (change.kind === 'refused') throw new Error(change.problems.join(' '))
  return withFiles(folder, Object.fromEntries(change.changes.map(({ path, text }) => [path, text])))
}
