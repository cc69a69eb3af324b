import { expect, test } from 'vitest'
import {
  bundleEnding,
  BundledDocument,
  BundledFile,
  BundledRun,
  bundleFormat,
  BundleManifest,
  BundleVersion,
} from '../../../../../shared/core/bundle/manifest.ts'
import { manifestPath } from '../../../../../shared/core/bundle/bundlePath.ts'

const run = { id: 'etl-1', day: '2026-01-02', kind: 'workflow', workflow: 'etl', status: 'failed' }
const bundled = { ...run, form: 'exact', note: null }
const file = {
  path: 'runs/etl-1/run.json',
  run: 'etl-1',
  sizeBytes: 0,
  digest: `sha256:${'0a'.repeat(32)}`,
}
const document = {
  document: 'states/a.json',
  format: 'awf',
  engine: 'awf 1',
  form: 'exact',
  note: null,
}
const manifest = {
  format: 'unstuck-bundle',
  version: 1,
  madeBy: { application: 'unstuck', version: '1.0.0', more: 1 },
  madeAt: '2026-01-02T03:04:05.678Z',
  source: { workspace: 'w', folder: null, host: null, more: 1 },
  redacted: true,
  includes: { logs: true, backups: false, paths: false, more: 1 },
  runs: [bundled],
  documents: [document],
  files: [file],
  redaction: { total: 0, values: 0, rules: [], rows: [], more: 0 },
  added: 'later',
}

/** Which of these a schema takes. */
function taken<T>(
  schema: { safeParse(value: unknown): { success: boolean } },
  values: readonly T[],
) {
  return values.filter((value) => schema.safeParse(value).success)
}

test('[B48] the words that mark a bundle are those that bundles out there have', () => {
  expect([bundleFormat, bundleEnding, manifestPath]).toEqual([
    'unstuck-bundle',
    '.unstuck',
    'manifest.json',
  ])
})

test('[B48] a run of a bundle is read as it is, with what a later version adds', () => {
  const forms = ['exact', 'resealed', 'as-found'].map((form) => ({ ...bundled, form, added: 1 }))
  expect(forms.map((one) => BundledRun.parse(one))).toEqual(forms)
  const days = [
    'x2026-01-02',
    '2026-01-02x',
    '26-01-02',
    'x026-01-02',
    '2026-1-02',
    '2026-0x-02',
    '2026-01-2',
    '2026-01-x2',
  ]
  expect(
    taken(
      BundledRun,
      days.map((day) => ({ ...bundled, day })),
    ),
  ).toEqual([])
  expect(
    taken(BundledRun, [
      { ...bundled, form: '' },
      { ...bundled, id: '../a' },
    ]),
  ).toEqual([])
})

test('[B48] a file of a bundle has a name, a size and a digest', () => {
  const good = [file, { ...file, run: null, added: 1 }, { ...file, path: 'x'.repeat(600) }]
  expect(good.map((one) => BundledFile.parse(one))).toEqual(good)
  const hex = '0a'.repeat(32)
  const digests = [`xsha256:${hex}`, `sha256:${hex}0`, 'sha256:0', `sha256:${'g'.repeat(64)}`]
  expect(
    taken(
      BundledFile,
      digests.map((digest) => ({ ...file, digest })),
    ),
  ).toEqual([])
  expect(
    taken(BundledFile, [
      { ...file, path: '' },
      { ...file, path: 'x'.repeat(601) },
      { ...file, sizeBytes: -1 },
      { ...file, sizeBytes: 0.5 },
    ]),
  ).toEqual([])
})

test('[B48] a document of a bundle has a place and an engine', () => {
  const good = [
    { ...document, added: 1 },
    { ...document, form: 'masked', engine: 'x'.repeat(200), document: 'x'.repeat(600) },
  ]
  expect(good.map((one) => BundledDocument.parse(one))).toEqual(good)
  expect(
    taken(BundledDocument, [
      { ...document, document: '' },
      { ...document, document: 'x'.repeat(601) },
      { ...document, engine: 'x'.repeat(201) },
      { ...document, form: '' },
    ]),
  ).toEqual([])
})

const many = (count: number, one: object) => Array.from({ length: count }, () => one)

test('[B48] a manifest is read as it is, and one beyond its limits is none', () => {
  const { documents: _, ...older } = manifest
  const full = {
    ...manifest,
    madeBy: { application: 'x'.repeat(100), version: 'x'.repeat(100) },
    version: 2,
  }
  const named = { ...manifest, source: { workspace: 'x'.repeat(500), folder: '/srv', host: 'x' } }
  const good = [manifest, older, full, named]
  expect(good.map((one) => BundleManifest.parse(one))).toEqual(good)

  const { madeBy, source } = manifest
  expect(
    taken(BundleManifest, [
      { ...manifest, format: 'other' },
      { ...manifest, version: 3 },
      { ...manifest, madeBy: { ...madeBy, application: 'x'.repeat(101) } },
      { ...manifest, madeBy: { ...madeBy, version: 'x'.repeat(101) } },
      { ...manifest, source: { ...source, workspace: 'x'.repeat(501) } },
      { ...manifest, source: { ...source, folder: 'x'.repeat(5001) } },
      { ...manifest, source: { ...source, host: 'x'.repeat(501) } },
      { ...manifest, includes: {} },
      { ...manifest, documents: many(1001, document) },
    ]),
  ).toEqual([])
})

test('[B48] a bundle of a later version says which it is of, and by what it was made', () => {
  const { format } = manifest
  expect([
    BundleVersion.parse({ format, version: 9, madeBy: { version: '9', more: 1 }, more: 1 }),
    BundleVersion.parse({ format, version: 9, madeBy: 'x' }),
    BundleVersion.parse({ format, version: 9, madeBy: {} }),
  ]).toEqual([
    { format, version: 9, madeBy: { version: '9', more: 1 }, more: 1 },
    { format, version: 9 },
    { format, version: 9 },
  ])
  expect(
    taken(BundleVersion, [
      { format, version: 0 },
      { format, version: 1.5 },
    ]),
  ).toEqual([])
})
