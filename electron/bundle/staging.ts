// Puts the files of a bundle into a folder, each at its place in a workspace, and keeps only those that are whole.
import { createHash, type Hash } from 'node:crypto'
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ReadEntry } from 'tar'
import { readBundlePath } from '../../shared/core/bundle/bundlePath.ts'
import type { BundledFile, BundleManifest } from '../../shared/core/bundle/manifest.ts'
import { refusedEntry } from './bundleErrors.ts'
import type { BundleDamage, BundleReading } from './readBundle.ts'
import { workspacePath } from './workspacePath.ts'

export type Staging = {
  /** Takes an entry; throws for one that breaks a rule. */
  readonly begin: (entry: ReadEntry) => void
  /** Resolves when all that arrived so far is on the disk. */
  readonly settle: () => Promise<void>
  readonly finish: (end: string | null) => Promise<Omit<BundleReading, 'sealed'>>
  /** Lets go of what was open. Whoever made the folder takes it away. */
  readonly drop: () => Promise<void>
}

type Arriving = {
  readonly file: BundledFile
  readonly path: string
  readonly hash: Hash
  pieces: Buffer[]
  handle: FileHandle | null
  isEnded: boolean
}

export function createStaging(folder: string, manifest: BundleManifest): Staging {
  const expected = new Map(manifest.files.map((file) => [file.path, file]))
  const days = new Map<string, string>(manifest.runs.map(({ id, day }) => [id, day]))
  const damage: BundleDamage[] = []
  const done = new Set<string>()
  let arriving: Arriving[] = []

  function begin(entry: ReadEntry): void {
    const path = entry.path
    if (entry.type !== 'File') throw refusedEntry(path, `is no plain file but a ${entry.type}`)
    const file = expected.get(path)
    const place = readBundlePath(path)
    if (file === undefined || place === null) throw refusedEntry(path, 'is not in its manifest')
    if (done.has(path)) throw refusedEntry(path, 'is there twice')
    if (entry.size !== file.sizeBytes) throw refusedEntry(path, 'has not the size of its manifest')
    done.add(path)
    const day = place.run === null ? '' : (days.get(place.run) ?? '')
    const target = join(folder, workspacePath(place, day))
    const one: Arriving = {
      file,
      path: target,
      hash: createHash('sha256'),
      pieces: [],
      handle: null,
      isEnded: false,
    }
    arriving.push(one)
    entry.on('data', (piece: Buffer) => void one.pieces.push(Buffer.from(piece)))
    entry.on('end', () => (one.isEnded = true))
  }

  async function settle(): Promise<void> {
    for (const one of arriving) {
      await write(one)
      if (one.isEnded) await close(one)
    }
    arriving = arriving.filter(({ isEnded }) => !isEnded)
  }

  async function close(one: Arriving): Promise<void> {
    await one.handle?.close()
    if (`sha256:${one.hash.digest('hex')}` === one.file.digest) return
    await rm(one.path, { force: true })
    damage.push({ file: one.file.path, problem: 'It does not fit its digest: it was changed.' })
  }

  async function finish(end: string | null): Promise<Omit<BundleReading, 'sealed'>> {
    await settle()
    const why =
      end === null ? 'It is not in the bundle.' : `The bundle is damaged before it: ${end}.`
    for (const one of arriving) {
      await one.handle?.close()
      await rm(one.path, { force: true })
      damage.push({ file: one.file.path, problem: `It is cut short. ${why}` })
    }
    for (const path of expected.keys())
      if (!done.has(path)) damage.push({ file: path, problem: why })
    return { manifest, damage }
  }

  async function drop(): Promise<void> {
    for (const { handle } of arriving) await handle?.close()
    arriving = []
  }

  return { begin, settle, finish, drop }
}

async function write(one: Arriving): Promise<void> {
  if (one.handle === null) {
    await mkdir(dirname(one.path), { recursive: true, mode: 0o700 })
    one.handle = await open(one.path, 'wx', 0o600)
  }
  for (const piece of one.pieces) {
    one.hash.update(piece)
    await one.handle.writeFile(piece)
  }
  one.pieces = []
}
