// Electron's archive, read by what is published of its shape, not by the library that wrote it.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'

const Entry = z.object({
  size: z.int(),
  offset: z.string().regex(/^\d+$/),
  integrity: z.object({ algorithm: z.literal('SHA256'), hash: z.string() }),
})
const Folder = z.object({
  get files() {
    return z.record(z.string(), z.union([Folder, Entry]))
  },
})
type Folder = z.infer<typeof Folder>

export type AsarFile = { readonly path: string; readonly bytes: Buffer }

/** Every file in it, by its path. Throws where a file is outside of it, or is not what its digest says. */
export async function readAsar(archive: string): Promise<readonly AsarFile[]> {
  const bytes = await readFile(archive)
  const base = 8 + bytes.readUInt32LE(4)
  const header = bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString('utf8')
  const found = [...entriesOf(Folder.parse(JSON.parse(header)), '')]
  return found.map(({ path, entry }) => {
    const start = base + Number(entry.offset)
    const content = bytes.subarray(start, start + entry.size)
    const digest = createHash('sha256').update(content).digest('hex')
    if (digest !== entry.integrity.hash) throw new Error(`${path} is not what its digest says.`)
    return { path, bytes: content }
  })
}

function* entriesOf(
  folder: Folder,
  prefix: string,
): Generator<{ readonly path: string; readonly entry: z.infer<typeof Entry> }> {
  for (const [name, one] of Object.entries(folder.files)) {
    if ('files' in one) yield* entriesOf(one, `${prefix}${name}/`)
    else yield { path: prefix + name, entry: one }
  }
}
