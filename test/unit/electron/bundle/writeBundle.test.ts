import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { writeBundle } from '../../../../electron/bundle/writeBundle.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import { BundleManifest } from '../../../../shared/core/bundle/manifest.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

const manifest = BundleManifest.parse({
  format: 'unstuck-bundle',
  version: 1,
  madeBy: { application: 'unstuck', version: '0.0.0-test' },
  madeAt: '2026-01-02T03:04:05.678Z',
  source: { workspace: 'x', folder: null, host: null },
  redacted: true,
  includes: { logs: true, backups: false, paths: false },
  runs: [
    {
      id: 'a',
      day: '2026-01-02',
      kind: null,
      workflow: null,
      status: null,
      form: 'exact',
      note: null,
    },
  ],
  files: [{ path: 'runs/a/run.json', run: 'a', sizeBytes: 2, digest: `sha256:${'0'.repeat(64)}` }],
  redaction: { total: 0, values: 0, rules: [], rows: [], more: 0 },
})

async function* content() {
  yield Buffer.from('{}')
}

test.each([null, { passphrase: 'wet paper lantern', workFactor: 4 }])(
  '[X103] a file that is not what the manifest says makes no bundle, encrypted or not',
  async (seal) => {
    const folder = await mkdtemp(join(tmpdir(), 'bundle-'))
    folders.push(folder)

    const writing = writeBundle(join(folder, 'a.unstuck'), {
      manifest,
      content,
      seal,
      signal: neverCancelled,
    })

    await expect(writing).rejects.toThrow('changed while it was put into the bundle')
    expect(await readdir(folder)).toEqual([])
  },
)
