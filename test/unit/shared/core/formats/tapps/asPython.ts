import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { FormatChange } from '../../../../../../shared/core/formats/format.ts'
import { home, withFiles, type Folder } from './tappsSet.ts'

const loader = fileURLToPath(new URL('loader.py', import.meta.url))

type Loaded = { readonly problems: readonly string[]; readonly state: unknown }

/** What Python's `json` and `hashlib` say of folders of states on the disk, read in the manner of the engine: one a folder. */
export function asPython(workflow: string, ...folders: readonly Folder[]): readonly Loaded[] {
  const base = mkdtempSync(join(tmpdir(), 'unstuck-tapps-'))
  try {
    const homes = folders.map((folder, index) => write(folder, join(base, String(index))))
    const output = execFileSync('python3', [loader, workflow, ...homes], { encoding: 'utf8' })
    const lines = output.trim().split('\n')
    return lines.map((line) => JSON.parse(line) as Loaded) // what the script prints
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}

function write(folder: Folder, base: string): string {
  for (const [path, text] of folder.texts) {
    const file = join(base, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, path.endsWith('.gz') ? gzipSync(text) : text)
  }
  return join(base, home)
}

/** The folder as it is when a change was written. */
export function written(folder: Folder, change: FormatChange): Folder {
  if (change.kind === 'refused') throw new Error(change.problems.join(' '))
  return withFiles(folder, Object.fromEntries(change.changes.map(({ path, text }) => [path, text])))
}
