import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { applyMapping, planMapping } from '../../../../electron/services/mapDocuments.ts'
import { listShapes } from '../../../../electron/services/documentShapes.ts'
import { applyDocumentChange } from '../../../../electron/services/documentChange.ts'
import { planDocumentChange } from '../../../../electron/services/documentPlan.ts'
import { openRun } from '../../../../electron/services/openRun.ts'
import { unpack } from '../../../../electron/services/unpack.ts'
import { documentCalls } from '../../../../shared/contract/documents.ts'
import { documentMappingCalls } from '../../../../shared/contract/documentMapping.ts'
import { openUnknown } from './openUnknown.ts'

const failed =
  '{"run_id":"r7","status":"FAILED","tasks":[{"name":"a","status":"done"},{"name":"b","status":"error"}]}'
const strange = '{"nr":7,"lage":"kaputt","teile":{"eins":{"z":"kaputt"}}}'

describe('unknown JSON in a folder', () => {
  test('[L181] is a row that says that it is guessed, also compressed, and a damaged one says what is wrong', async () => {
    const { rows } = await openUnknown({
      'x/a.json': failed,
      'x/b.json.zst': zstdCompressSync(failed),
      'x/c.json.gz': gzipSync(failed).subarray(0, 40),
      'x/d.jsonl': '{"id":"q","status":"running"}\n{"id":"q","status":"done"}\n',
      'x/e.json': '{"colour":"blue"}',
    })
    const found = await rows()
    expect(
      found
        .map(({ document, status, health }) => [document, status, health])
        .toSorted(([a], [b]) => String(a).localeCompare(String(b))),
    ).toEqual([
      ['x/a.json', 'failed', 'ok'],
      ['x/b.json.zst', 'failed', 'ok'],
      ['x/c.json.gz', null, 'damaged'],
      ['x/d.jsonl', 'completed', 'ok'],
      ['x/e.json', null, 'unknown'],
    ])
    expect(found.find(({ document }) => document === 'x/a.json')).toMatchObject({
      steps: '1/2',
      reason: 'Guessed: failed.',
    })
  })

  test('[L182] opens with its steps, and every guess with its place and its reason', async () => {
    const { context, ref } = await openUnknown({ 'x/a.json': failed })
    const detail = await openRun(context, { ref: ref('x/a.json') })
    expect(detail.run?.steps.map(({ id, status }) => [id, status])).toEqual([
      ['a', 'succeeded'],
      ['b', 'failed'],
    ])
    expect(detail.foreign?.guesses?.map(({ field, path }) => [field, path])).toContainEqual([
      'steps',
      '/tasks/*',
    ])
    expect(detail.foreign?.guesses?.every(({ evidence }) => evidence !== '')).toBe(true)
  })

  test('[L180] a compressed document is edited, and stays compressed', async () => {
    const { context, ref, root } = await openUnknown({ 'x/b.json.zst': zstdCompressSync(failed) })
    const edits = [{ kind: 'set' as const, path: '/status', json: '"done"' }]
    const asked = { ref: ref('x/b.json.zst'), action: { kind: 'edit' as const, edits } }
    const shown = await planDocumentChange(
      context,
      documentCalls['document.plan'].input.parse(asked),
    )
    const { rev, digest, asOf } = shown
    const approved = { ...asked, rev, digest, asOf, reason: 'test' }
    await applyDocumentChange(context, documentCalls['document.apply'].input.parse(approved))
    const bytes = await readFile(join(root, 'x/b.json.zst'))
    const unpacked = await unpack('b.zst', bytes, 10_000)
    expect(unpacked.kind === 'ok' && Buffer.from(unpacked.bytes).toString()).toBe(
      failed.replace('"FAILED"', '"done"'),
    )
  })
})

describe('what a person says of it', () => {
  const said = {
    paths: { id: '/nr', status: '/lage', steps: '/teile/*', stepStatus: '/z' },
    words: { KAPUTT: 'failed' as const },
  }

  test('[F247] is shown over all documents of the shape, stored beside other settings, and used at once', async () => {
    const bench = await openUnknown({
      'x/a.json': strange,
      'x/b.json': strange.replace('kaputt', 'heil'),
      'unstuck.json': '{\n  "version": 1\n}\n',
    })
    const { context, ref, rows, root } = bench
    expect((await rows()).map(({ status }) => status)).toEqual([null, null])
    const asked = { ref: ref('x/a.json'), ...said }
    const shown = await planMapping(
      context,
      documentMappingCalls['document.map.plan'].input.parse(asked),
    )
    expect(shown.plan).toMatchObject({
      ready: true,
      status: 'failed',
      steps: [{ id: 'eins', status: 'failed' }],
      rows: [
        { document: 'x/a.json', status: 'failed' },
        { document: 'x/b.json', status: 'heil' },
      ],
    })

    const { rev, digest, asOf } = shown
    const input = documentMappingCalls['document.map.apply'].input.parse({
      ...asked,
      rev,
      digest,
      asOf,
    })
    expect(await applyMapping(context, input)).toMatchObject({ observed: true })

    expect(await readFile(join(root, 'unstuck.json'), 'utf8')).toMatch(/^\{\n {2}"version": 1,/)
    context.index.isStale = true
    const told = (await rows()).map(({ status, health }) => `${status} ${health}`)
    expect(told.toSorted((a, b) => a.localeCompare(b))).toEqual(['failed ok', 'heil ok'])
    await expect(applyMapping(context, input)).rejects.toThrow('Review the plan again')
  })

  test('[F246] holds after a restart, and for a change of the settings by hand', async () => {
    const { rows, root, context } = await openUnknown({ 'x/a.json': strange })
    expect((await rows())[0]?.status).toBe(null)
    const mapping = {
      folder: 'x',
      keys: ['nr', 'lage', 'teile'],
      ...said,
      words: { kaputt: 'failed' },
    }
    await writeFile(
      join(root, 'unstuck.json'),
      JSON.stringify({ unknown: { mappings: [mapping] } }),
    )
    context.index.isStale = true
    expect((await rows())[0]).toMatchObject({ status: 'failed', health: 'ok' })
  })

  test('[F247] nothing said forgets what was said; what shows no run is not stored', async () => {
    const { context, ref } = await openUnknown({ 'x/a.json': strange })
    const plan = (paths: object) =>
      planMapping(
        context,
        documentMappingCalls['document.map.plan'].input.parse({ ref: ref('x/a.json'), paths }),
      )
    expect((await plan({ status: '/nichts' })).plan).toMatchObject({
      ready: false,
      problems: ['With this the document shows neither a status, nor steps, nor an end.'],
    })
    expect((await plan({})).plan).toMatchObject({ ready: true, mapping: null })
  })
})

const inFolder = (folder: string) => documentMappingCalls['document.shapes'].input.parse({ folder })

describe('shapes of a folder', () => {
  const files = {
    'x/a.json': strange,
    'x/y/b.json': strange.replace('7', '8'),
    'x/c.json': '{"status":"failed","steps":[],"name":"n"}',
    'z/d.json': strange,
    'x/e.json': '{"cut',
  }
  test('[F326] are told with how many documents have each, the most frequent first', async () => {
    const { context } = await openUnknown(files)
    const { shapes, notLookedAt } = await listShapes(context, inFolder('x'))
    expect(shapes.map(({ documents, sample, keys }) => [documents, sample.document, keys])).toEqual(
      [
        [2, 'x/a.json', ['nr', 'lage', 'teile']],
        [1, 'x/c.json', ['status', 'steps', 'name']],
      ],
    )
    expect(notLookedAt).toBe(0)
    expect((await listShapes(context, inFolder(''))).shapes[0]?.documents).toBe(3)
  })

  test('[F326] what is said for a folder above holds there and below', async () => {
    const { context, ref } = await openUnknown(files)
    const plan = (document: string, folder: string) => {
      const asked = { ref: ref(document), folder, paths: { status: '/lage' } }
      return planMapping(context, documentMappingCalls['document.map.plan'].input.parse(asked))
    }
    const { plan: whole } = await plan('x/y/b.json', '')
    expect(whole.mapping?.folder).toBe('')
    expect(whole.rows.map(({ document }) => document)).toEqual([
      'x/a.json',
      'x/y/b.json',
      'z/d.json',
    ])
    await expect(plan('x/a.json', 'z')).rejects.toThrow('does not lie in z')
  })
})

test('[L220] the plan tells what holds for the document now, words and what is not there too', async () => {
  const mapping = {
    folder: '',
    keys: ['nr', 'lage', 'teile'],
    paths: { status: '/lage', steps: null },
    words: { kaputt: 'failed' },
  }
  const settings = JSON.stringify({ unknown: { mappings: [mapping] } })
  const { context, ref } = await openUnknown({ 'x/a.json': strange, 'unstuck.json': settings })
  const asked = documentMappingCalls['document.map.plan'].input.parse({ ref: ref('x/a.json') })
  expect((await planMapping(context, asked)).plan.stored).toEqual(mapping)
})
