import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  applyDocumentChange,
  undoDocumentChange,
} from '../../../../electron/services/documentChange.ts'
import { planDocumentChange } from '../../../../electron/services/documentPlan.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await createWorkbench()
  await mkdir(join(bench.root, 'other'))
})
afterEach(() => bench.close())

const job = '{"job":"Überweisung","at":7.0,"steps":[{"id":1,"status":"failed"}]}'

async function put(document: string, bytes: Uint8Array) {
  await writeFile(join(bench.root, document), bytes)
  const ref = { workspace: 'bench', format: 'unknown', document, item: null } as const
  const input = { ref, action: { kind: 'repair', repair: null } as const, asOf: null }
  const read = () => readFile(join(bench.root, document))
  return {
    plan: async () => (await planDocumentChange(bench.context, input)).plan,
    read,
    repair: async () => {
      const { rev, digest, asOf } = await planDocumentChange(bench.context, input)
      const approval = { rev, digest, asOf, reason: 'repair' }
      const done = await applyDocumentChange(bench.context, { ...input, ...approval })
      expect(done).toMatchObject({ observed: true, findings: [] })
      return read()
    },
    undo: () => undoDocumentChange(bench.context, { ref, backup: null }),
  }
}

function utf16(text: string): Buffer {
  return Buffer.from(`\ufeff${text}`, 'utf16le')
}

test('[F360] a document in UTF-16 is written as UTF-8 where it lies, without a loss, and put back', async () => {
  const file = await put('other/job.json', utf16(job))
  const plan = await file.plan()
  expect(plan).toMatchObject({ ready: true, repairs: [{ confidence: 'certain', losses: [] }] })
  expect(plan.items?.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['R25', 'R51']))
  expect((await file.repair()).toString()).toBe(job)
  await file.undo()
  expect(await file.read()).toEqual(utf16(job))
})

test('[F360] of UTF-16 that was cut the places are those of its own bytes', async () => {
  const bytes = utf16(job).subarray(0, 120)
  const file = await put('other/job.json', bytes)
  const { damage, items } = await file.plan()
  const cut = damage?.find(({ kind }) => kind === 'cut')
  expect(cut?.offset).toBeGreaterThan(100)
  expect(cut?.offset).toBeLessThanOrEqual(bytes.length)
  expect(items?.some(({ id }) => id === cut?.fix)).toBe(true)
  expect(JSON.parse((await file.repair()).toString())).toMatchObject({ job: 'Überweisung' })
})

test('[F360] bytes of Windows-1252 are read as such, each item by itself', async () => {
  const file = await put('other/job.json', Buffer.from(job, 'latin1'))
  const { items, repairs, damage } = await file.plan()
  expect(items).toMatchObject([{ rule: 'R33', isChoice: true, isAccepted: true, sizeBytes: 13 }])
  expect(repairs).toMatchObject([{ confidence: 'likely', losses: [] }])
  expect(damage).toMatchObject([{ file: 'document', kind: 'broken', fix: items?.[0]?.id }])
  expect((await file.repair()).toString()).toBe(job)
})

test('[F360] of lines in another encoding each line is kept', async () => {
  const lines = `${job}\n{"job":"zwei","na\n${job}\n`
  const file = await put('other/log.jsonl', utf16(lines))
  expect((await file.repair()).toString()).toBe(`${job}\n{"job":"zwei"}\n${job}\n`)
})

test('[F360] a compressed document is repaired and compressed again, also one that was cut or does not fit its sum', async () => {
  const many = JSON.stringify({
    runs: Array.from({ length: 400 }, (_, id) => ({ id, name: `Step ${(id * 7919) % 997}` })),
  })
  const [cut, odd] = [gzipSync(many), gzipSync(many)]
  odd[odd.length - 6] = 255 - (odd[odd.length - 6] ?? 0)
  const one = await put('other/cut.json.gz', cut.subarray(0, cut.length - 200))
  expect(await one.plan()).toMatchObject({ ready: true, items: [{ id: 'packing' }, {}, {}] })
  const kept = JSON.parse(gunzipSync(await one.repair()).toString())
  expect(kept.runs.length).toBeGreaterThan(200)

  const other = await put('other/odd.json.gz', odd)
  expect(gunzipSync(await other.repair()).toString()).toBe(many)
  const inside = await put('other/inside.json.zst', zstdCompressSync(utf16(job)))
  expect(zstdDecompressSync(await inside.repair()).toString()).toBe(job)
})

test('[F360] what is compressed otherwise than its name says is written as its name says', async () => {
  const plain = await put('other/plain.json.gz', Buffer.from(job))
  expect(gunzipSync(await plain.repair()).toString()).toBe(job)
  const packed = await put('other/packed.json', gzipSync(job))
  expect((await packed.repair()).toString()).toBe(job)
})

test('[F360] of bytes of which nothing can be read nothing is proposed', async () => {
  const file = await put('other/none.json.gz', Buffer.from([0x1f, 0x8b, 8, 0, 0]))
  await expect(file.plan()).rejects.toThrow(
    'Nothing of other/none.json.gz can be read, so nothing of it can be repaired. Its gzip data ends early',
  )
})

test('[F360] of what is too large to be read at once no part is written', async () => {
  const large = await put('other/large.json.gz', gzipSync(`"${' '.repeat(17 * 1024 * 1024)}"`))
  await expect(large.plan()).rejects.toThrow('other/large.json.gz is not repaired where it lies.')
})

test('[F363] what is not enough for its engine says so, with all that was found, and what may be accepted', async () => {
  const state = '{"WorkflowID":"a","WorkflowName":"d","Status":"failed","CurrentStep":"b","States":'
  const file = await put('other/awf.json', Buffer.from(`${state}{"b":{"Name":"b","Sta`))
  const plan = await file.plan()
  expect(plan).toMatchObject({ engine: 'AWF', ready: false, repair: null, files: [] })
  expect(plan.problems[0]).toContain('What can be read of the damaged file is not enough')
  expect(plan.items?.map(({ rule }) => rule)).toContain('R24')
  expect(plan.damage?.some(({ fix }) => fix !== null)).toBe(true)
})
