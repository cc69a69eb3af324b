// Bundles made byte by byte, so that a test can say what no tar program would write.
import { createHash } from 'node:crypto'
import { zstdCompressSync } from 'node:zlib'
import type { BundleManifest } from '../../../../shared/core/bundle/manifest.ts'
import { RunId } from '../../../../shared/schema/ids.ts'

export type RawEntry = {
  readonly path: string
  readonly content?: Uint8Array | string
  /** The type flag of the header. Default: a plain file. */
  readonly type?: string
  readonly link?: string
  /** What the header says, where it is not the size of the content. */
  readonly size?: number
}

export function rawEntry({ path, content = '', type = '0', link = '', size }: RawEntry): Buffer {
  const body = Buffer.from(content)
  const block = Buffer.alloc(512)
  block.write(path.slice(0, 100), 0)
  block.write('0000600\0', 100)
  block.write('0000000\0', 108)
  block.write('0000000\0', 116)
  block.write(`${(size ?? body.byteLength).toString(8).padStart(11, '0')}\0`, 124)
  block.write('00000000000\0', 136)
  block.write(' '.repeat(8), 148)
  block.write(type, 156)
  block.write(link.slice(0, 100), 157)
  block.write('ustar\x0000', 257)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([block, body, Buffer.alloc((512 - (body.byteLength % 512)) % 512)])
}

export const runId = RunId.parse('pay-20260102-030405-ab12')

/** One file a path, with the digest that fits. */
export function manifestOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  change: Partial<Record<keyof BundleManifest, unknown>> = {},
): string {
  return JSON.stringify({
    format: 'unstuck-bundle',
    version: 1,
    madeBy: { application: 'unstuck', version: '0.1.0' },
    madeAt: '2026-01-02T03:04:05.678Z',
    source: { workspace: 'flows', folder: null, host: null },
    redacted: true,
    includes: { logs: true, backups: false, paths: false },
    runs: [
      {
        id: runId,
        day: '2026-01-02',
        kind: 'workflow',
        workflow: 'pay',
        status: 'failed',
        form: 'exact',
        note: null,
      },
    ],
    files: Object.entries(files).map(([path, content]) => ({
      path,
      run: runId,
      sizeBytes: Buffer.from(content).byteLength,
      digest: `sha256:${createHash('sha256').update(content).digest('hex')}`,
    })),
    redaction: { total: 0, values: 0, rules: [], rows: [], more: 0 },
    ...change,
  })
}

export function rawBundle(entries: readonly (RawEntry | Buffer)[]): Buffer {
  const parts = entries.map((entry) => (Buffer.isBuffer(entry) ? entry : rawEntry(entry)))
  return zstdCompressSync(Buffer.concat([...parts, Buffer.alloc(1024)]))
}
