import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  applyDocumentChange,
  undoDocumentChange,
} from '../../../../electron/services/documentChange.ts'
import { planDocumentChange } from '../../../../electron/services/documentPlan.ts'
import type { DocumentAction } from '../../../../shared/contract/documents.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await createWorkbench()
  await mkdir(join(bench.root, 'other'))
})
afterEach(() => bench.close())

const refOf = (document: string) =>
  ({ workspace: 'bench', format: 'unknown', document, item: null }) as const

async function put(document: string, text: string) {
  await writeFile(join(bench.root, document), text)
  const ask = (choices: Partial<DocumentAction & { kind: 'repair' }> = {}) => ({
    ref: refOf(document),
    action: { kind: 'repair', repair: null, ...choices } as const,
    asOf: null,
  })
  return {
    ask,
    read: () => readFile(join(bench.root, document), 'utf8'),
    apply: async (choices: Partial<DocumentAction & { kind: 'repair' }> = {}) => {
      const input = ask(choices)
      const { rev, digest, asOf } = await planDocumentChange(bench.context, input)
      const approval = { rev, digest, asOf, reason: 'repair' }
      return applyDocumentChange(bench.context, { ...input, ...approval })
    },
  }
}

test('[R95] a broken document of nobody is repaired item by item, with evidence first, and put back', async () => {
  const broken = '{"job": "sync", "done": [1, 2, 3,], // so far\n "next": {"id": 4, "na'
  const file = await put('other/job.json', broken)

  const { plan } = await planDocumentChange(bench.context, file.ask())
  expect(plan).toMatchObject({ ready: true, repair: 'salvage', problems: [] })
  expect(plan.items?.map(({ rule, line, isChoice }) => [rule, line, isChoice])).toEqual([
    ['R27', 1, false],
    ['R26', 1, false],
    ['R24', 2, false],
    ['R24', 2, false],
  ])

  const { backup, observed, findings, evidence } = await file.apply()
  expect({ observed, findings }).toEqual({ observed: true, findings: [] })
  expect(JSON.parse(await file.read())).toEqual({ job: 'sync', done: [1, 2, 3], next: { id: 4 } })
  expect(evidence).toContain(backup)
  const [packed = ''] = globSync(`.unstuck/backups/*/${backup}/evidence.tar.zst`, {
    cwd: bench.root,
  })
  const tar = zstdDecompressSync(readFileSync(join(bench.root, packed)))
  const kept = execFileSync('tar', ['-xOf', '-', 'other/job.json'], { input: tar })
  expect(kept.toString()).toBe(broken)

  await undoDocumentChange(bench.context, { ref: refOf('other/job.json'), backup })
  expect(await file.read()).toBe(broken)
})

test('[R95] what is a guess is done only where somebody accepts it, and what is likely not where somebody rejects it', async () => {
  const file = await put('other/job.json', `{"a": 1, 'b': 'x', "c": \0\0\0\0\0\0\0\0, "d": 2}`)
  const { plan } = await planDocumentChange(bench.context, file.ask())
  const guess = plan.items?.find(({ confidence }) => confidence === 'guess')
  expect(guess).toMatchObject({ rule: 'R37', isAccepted: false, isChoice: true })
  const quotes = plan.items?.filter(({ rule }) => rule === 'R29') ?? []
  expect(quotes.length).toBeGreaterThan(0)

  const rejected = quotes.map(({ id }) => id)
  await file.apply({ rejected, accepted: [guess?.id ?? ''] })
  expect(JSON.parse(await file.read())).not.toHaveProperty('b', 'x')
  expect(JSON.parse(await file.read())).toHaveProperty('a', 1)
})

test('[R95] of a document of many lines only those that are damaged change', async () => {
  const [first, last] = ['{"event":"start","at":7.0}', '{"event":"end","at":9007199254740993}']
  const file = await put('other/log.jsonl', `${first}\n{"event":"step","na\n\0\0\0\n${last}\n`)
  await file.apply()
  expect(await file.read()).toBe(`${first}\n{"event":"step"}\n${last}\n`)
})

test('[R95] a damaged document of an older version is repaired where it lies, and a sound one is not', async () => {
  const old = '{"schemaVersion": 2, "run": "etl-7", "branches": {"active": ["ma'
  const file = await put('other/old.json', old)
  await file.apply()
  expect(JSON.parse(await file.read())).toMatchObject({ schemaVersion: 2, run: 'etl-7' })
  const { plan } = await planDocumentChange(bench.context, {
    ...file.ask(),
    ref: refOf('other/nothing.json'),
  }).catch((error: unknown) => ({ plan: String(error) }))
  expect(plan).toContain('nothing.json')
  await writeFile(join(bench.root, 'other/none.json'), '\0\0 , ,')
  const none = await planDocumentChange(bench.context, {
    ...file.ask(),
    ref: refOf('other/none.json'),
  })
  expect(none.plan).toMatchObject({ ready: false, files: [] })
})
