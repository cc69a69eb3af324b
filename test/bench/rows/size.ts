import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { BenchRow, Measured } from '../row.ts'

const dist = fileURLToPath(new URL('../../../dist', import.meta.url))

/** Sizes of what is delivered, as it travels: compressed with gzip. Their budgets are held by test/packages. */
export const sizeRows: readonly BenchRow[] = [
  sizeOf('size-screens', 'MB of the screens: page, scripts and styles, compressed', [
    'renderer',
    'renderer/assets',
  ]),
  sizeOf('size-cli', 'MB of the command line with its threads, compressed', ['cli']),
  sizeOf('size-main', 'MB of the main process with its threads, compressed', ['main']),
]

function sizeOf(id: string, what: string, folders: readonly string[]): BenchRow {
  return { id, what, peer: 'one MB', goal: { shown: true }, measure: async () => measure(folders) }
}

function measure(folders: readonly string[]): Measured {
  const files = folders.flatMap((folder) =>
    readdirSync(join(dist, folder))
      .filter((name) => /\.(js|css|html)$/.test(name))
      .map((name) => readFileSync(join(dist, folder, name))),
  )
  const packed = files.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0)
  const whole = files.reduce((sum, bytes) => sum + bytes.length, 0)
  const detail = `${inMb(packed)} MB compressed, ${inMb(whole)} MB, ${files.length} files`
  return { ratio: packed / 1e6, detail }
}

function inMb(bytes: number): string {
  return (bytes / 1e6).toFixed(2)
}
