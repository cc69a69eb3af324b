import * as fc from 'fast-check'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundleLimits, type BundleLimits } from '../../../../electron/bundle/limits.ts'
import { readBundle } from '../../../../electron/bundle/readBundle.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import { AppError } from '../../../../shared/errors.ts'
import { manifestOf, rawBundle, rawEntry, runId, type RawEntry } from './tarBytes.ts'

let folder: string
let count = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundles-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const head = `runs/${runId}/run.json`
const log = `runs/${runId}/logs/charge.1.log`
const manifest = (files: Readonly<Record<string, string>>, change = {}): RawEntry => ({
  path: 'manifest.json',
  content: manifestOf(files, change),
})

/** Into a folder whose neighbours would show what got out of it. */
async function read(bytes: Uint8Array, limits: Partial<BundleLimits> = {}) {
  count += 1
  const place = join(folder, String(count))
  const inside = join(place, 'inside')
  await mkdir(inside, { recursive: true })
  const path = join(place, 'x.unstuck')
  await writeFile(path, bytes)
  const result = await readBundle(path, {
    passphrase: null,
    folder: inside,
    limits: { ...bundleLimits, ...limits },
    signal: neverCancelled,
  }).then(
    (reading) => ({ reading, error: null }),
    (error: unknown) => ({ reading: null, error }),
  )
  expect(readdirSync(place).toSorted()).toEqual(['inside', 'x.unstuck'])
  return { ...result, inside }
}

async function refusal(bytes: Uint8Array, limits: Partial<BundleLimits> = {}): Promise<string> {
  const { error } = await read(bytes, limits)
  if (!(error instanceof AppError)) throw new Error(`It was not refused: ${String(error)}`)
  return `${error.code}: ${error.message}`
}

function row(path: string) {
  const digest = `sha256:${'0'.repeat(64)}`
  return { path: `documents/${path}`, run: null, sizeBytes: 1, digest }
}

function refused(change: object): Promise<string> {
  return refusal(rawBundle([manifest({}, change)]))
}

describe('a bundle of a stranger', () => {
  test.each([
    '../../evil',
    '/etc/passwd',
    'C:\\evil',
    'C:/evil',
    'unstuck.json',
    '.unstuck/operations.jsonl',
    `runs/${runId}/logs/../../../../evil.1.log`,
    `runs/${runId}/logs/con.1.log/x`,
    `runs/${runId}/reports/a.1/nul`,
    `runs/${runId}/reports/a.1/aux.txt`,
    `runs/${runId}/reports/a.1/x:stream`,
    `runs/${runId}/reports/a.1/x.`,
    `runs/${runId}\\run.json`,
    `runs/nobody/run.json`,
    `runs/${runId}/logs/${'a'.repeat(600)}.1.log`,
  ])('[B56] a manifest that names %s is refused before a byte is written', async (path) => {
    const bytes = rawBundle([manifest({ [path]: 'x' }), { path: path.slice(0, 100), content: 'x' }])

    expect(await refusal(bytes)).toMatch(/^corrupt: .* Nothing of it was kept\.$/)
  })

  test.each([
    ['a symbolic link', { path: head, type: '2', link: '/etc/passwd' }, 'SymbolicLink'],
    ['a hard link', { path: head, type: '1', link: '/etc/passwd' }, 'Link'],
    ['a character device', { path: head, type: '3' }, 'CharacterDevice'],
    ['a block device', { path: head, type: '4' }, 'BlockDevice'],
    ['a folder', { path: head, type: '5' }, 'Directory'],
    ['a pipe', { path: head, type: '6' }, 'FIFO'],
    ['a sparse file', { path: head, type: 'S', content: 'x' }, 'no plain file'],
    ['a file that the manifest does not name', { path: log, content: 'x' }, 'not in its manifest'],
    ['a file of another size', { path: head, content: 'longer' }, 'not the size'],
  ])('[B56] %s is refused', async (_, entry, why) => {
    const said = await refusal(rawBundle([manifest({ [head]: 'x' }), entry]))

    expect(said).toContain(why)
  })

  test('[B56] the same name twice, and a twin of it in another case, are refused', async () => {
    const twice = [manifest({ [head]: 'x' }), { path: head, content: 'x' }]
    const twins = { [log]: 'x', [`runs/${runId}/logs/CHARGE.1.log`]: 'y' }

    expect(await refusal(rawBundle([...twice, { path: head, content: 'x' }]))).toContain('twice')
    expect(await refusal(rawBundle([manifest(twins)]))).toContain('twice')
  })

  test('[B56] a name that an extended header puts in the place of a good one is refused', async () => {
    const field = 'path=../../../evil\n'
    const pax = { path: 'PaxHeader/x', type: 'x', content: `${field.length + 3} ${field}` }

    const bytes = rawBundle([manifest({ [head]: 'x' }), pax, { path: head, content: 'x' }])

    expect(await refusal(bytes)).toContain('not in its manifest')
  })

  test('[B56] what becomes far larger than it is, or than it may be, is refused while it arrives', async () => {
    const zeros = Buffer.alloc(8 * 1024 * 1024)
    const bomb = rawBundle([
      manifest({ [log]: zeros.toString('latin1') }),
      { path: log, content: zeros },
    ])
    const nested = zstdCompressSync(zstdCompressSync(rawEntry(manifest({}))))

    expect(await refusal(bomb, { freeBytes: 1024 * 1024, ratio: 10 })).toContain('far larger')
    expect(await refusal(bomb, { totalBytes: 1024 * 1024 })).toContain('larger')
    expect(await refusal(bomb, { manifestBytes: 10 })).toContain('manifest is too large')
    expect(await refusal(nested)).toContain('no bundle')
  })

  test('[B57] sizes and names of all files are looked at before the first one is written', async () => {
    const files = { [head]: 'x', [log]: 'y' }
    const bytes = rawBundle([manifest(files), { path: head, content: 'x' }])

    expect(await refusal(bytes, { files: 1 })).toContain('too many files')
    expect(await refusal(bytes, { fileBytes: 0 })).toContain('larger than a bundle may hold')
    const { inside } = await read(bytes, { files: 1 })
    expect(readdirSync(inside)).toEqual([])
  })

  test('[X141] documents only in a bundle of the version that has them, each belonging to no run, and none below another', async () => {
    const two = { version: 2, runs: [] }
    const documents = [
      { document: 'a.json', format: 'awf', engine: 'AWF', form: 'exact', note: null },
    ]

    expect(await refused({ documents })).toContain('no bundle of its version holds')
    expect(await refused({ files: [row('a.json')] })).toContain('no bundle of its version holds')
    expect(await refused(two)).toContain('names nothing')
    expect(await refused({ ...two, documents, files: [row('unstuck.json')] })).toContain(
      'has a name that no file of a run has',
    )
    expect(
      await refused({ ...two, documents, files: [{ ...row('a.json'), run: runId }] }),
    ).toContain('belongs to no run of it')
    expect(
      await refused({ ...two, documents, files: [row('a.json'), row('a.json/b.json')] }),
    ).toContain('lies below a file of it')
  })

  test('[B56] what does not begin with a manifest is no bundle; a later version says what it needs', async () => {
    const later = manifest({}, { version: 3, madeBy: { application: 'unstuck', version: '9.1.0' } })

    expect(await refusal(rawBundle([{ path: head, content: 'x' }]))).toContain('no bundle')
    expect(await refusal(Buffer.from('PK\x03\x04'))).toContain('corrupt: Nothing of the bundle')
    expect(await refusal(rawBundle([later]))).toBe(
      'version-too-new: The bundle is of format version 3, made by Unstuck 9.1.0; this Unstuck knows versions up to 2. Open it with a newer Unstuck.',
    )
  })
})

describe('a damaged bundle', () => {
  const [headText, logText] = ['the head', 'l'.repeat(5000)]
  const files = { [head]: headText, [log]: logText }
  const whole = rawBundle([
    manifest(files),
    { path: head, content: headText },
    { path: log, content: logText },
  ])

  test('[B55] what came whole is there, and each other file is named', async () => {
    const tampered = rawBundle([
      manifest(files),
      { path: head, content: 'the heaD' },
      { path: log, content: logText },
    ])
    const early = rawBundle([manifest(files), { path: head, content: headText }])

    const [changed, missing] = [await read(tampered), await read(early)]

    expect(changed.reading?.damage).toEqual([
      { file: head, problem: 'It does not fit its digest: it was changed.' },
    ])
    expect(existsSync(join(changed.inside, `runs/2026-01-02/${runId}.json`))).toBe(false)
    expect(existsSync(join(changed.inside, `logs/${runId}/charge.1.log`))).toBe(true)
    expect(missing.reading?.damage).toEqual([{ file: log, problem: 'It is not in the bundle.' }])
    const kept = join(missing.inside, `runs/2026-01-02/${runId}.json`)
    expect(await readFile(kept, 'utf8')).toBe('the head')
  })

  test('[B55] cut anywhere or with any byte changed, it is read as far as it is whole, or refused: never a defect, never a file outside', async () => {
    const change = fc.record({
      at: fc.nat(whole.byteLength - 1),
      kind: fc.constantFrom('cut', 'flip'),
      by: fc.integer({ min: 1, max: 255 }),
    })
    await fc.assert(
      fc.asyncProperty(change, async ({ at, kind, by }) => {
        const bytes = Buffer.from(whole)
        bytes[at] = (bytes[at] ?? 0) ^ by
        const { reading, error } = await read(kind === 'cut' ? whole.subarray(0, at) : bytes)
        if (error !== null) expect((error as AppError).code).not.toBe('bug')
        else
          for (const { file } of reading?.damage ?? []) expect(Object.keys(files)).toContain(file)
      }),
      { seed: 7, numRuns: 60 },
    )
  })
})
