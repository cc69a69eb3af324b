import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkRun } from '../../../../electron/services/checkRun.ts'
import { applyRepair, planRepairOf, undoRepair } from '../../../../electron/services/repairRun.ts'
import { requireBetter } from '../../../../electron/services/requireBetter.ts'
import { createRunIndex } from '../../../../electron/services/runIndex.ts'
import { createFileStore } from '../../../../electron/store/fileStore.ts'
import type { Store } from '../../../../electron/store/store.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import { createWorkbench, randomId, type Workbench } from '../executor/workbench.ts'

const fixtures = fileURLToPath(new URL('../../../fixtures/integrity/', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'unstuck-repair-'))
const run = RunId.parse('release-20260102t030405-ab12')
const day = 'runs/2026-01-02'
let bench: Workbench
const stores: Store[] = []
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()))
  await bench.close()
  rmSync(root, { recursive: true, force: true })
})

const now = () => '2026-06-01T00:00:00.000Z'

async function open(rule: string) {
  const folder = mkdtempSync(join(root, 'w-'))
  cpSync(join(fixtures, rule), folder, { recursive: true })
  const application = { version: '3.0.0' }
  const store = await createFileStore({ root: folder, now, randomId, application })
  stores.push(store)
  const context = { ...bench.context, store, now, index: createRunIndex() }
  const ref = {
    workspace: context.workspace.id,
    format: 'unstuck',
    document: run,
    item: null,
  } as const
  const input = { ref, source: null, rejected: [], asOf: null }
  const errors = async () =>
    (await checkRun(context, { ref })).findings.filter(({ rule: id }) => /^[IJC]\d/.test(id))
  const apply = async (source: string | null = 'head') => {
    const asked = { ...input, source }
    const { plan, ...approval } = await planRepairOf(context, asked)
    return { plan, done: await applyRepair(context, { ...asked, ...approval }) }
  }
  const bytes = () =>
    ['json', 'jsonl'].map((end) => readFileSync(join(folder, day, `${run}.${end}`)))
  return { folder, store, context, ref, input, errors, apply, bytes }
}

describe('repair of a run on disk', () => {
  it.each(['I1', 'I12', 'I38', 'I47', 'I79'])(
    '[R82] %s is set right by an edit with its reason, and the undo restores every byte',
    async (rule) => {
      const { context, ref, errors, apply, bytes, store } = await open(rule)
      const before = bytes()
      expect((await errors()).map((one) => one.rule)).toContain(rule)
      const { plan, done } = await apply()
      expect(plan.ready).toBe(true)
      expect(done.observed).toBe(true)
      expect((await errors()).map((one) => one.rule)).not.toContain(rule)
      const { journal } = await store.read(run)
      const last = journal?.records.at(-1)?.record
      expect(last).toMatchObject({ type: 'edited', repair: done.backup })
      expect(String(last?.['reason'])).not.toBe('')
      const undone = await undoRepair(context, { ref, backup: done.backup })
      expect(undone.observed).toBe(true)
      expect(bytes()).toEqual(before)
    },
  )

  it('[R72] with every fix rejected nothing is written', async () => {
    const { context, input, bytes } = await open('I12')
    const before = bytes()
    const asked = { ...input, source: 'head' }
    const { plan } = await planRepairOf(context, asked)
    const rejected = plan.fixes.map(({ id }) => id)
    const { plan: none, ...approval } = await planRepairOf(context, { ...asked, rejected })
    expect(none.problems).toEqual(['Every fix is rejected: nothing would change.'])
    await expect(applyRepair(context, { ...asked, rejected, ...approval })).rejects.toThrow(
      'is not repaired',
    )
    expect(bytes()).toEqual(before)
  })

  it('[R84] a head that contradicts its own records gives way to them', async () => {
    const { context, input, errors, store } = await open('I1')
    const { plan, ...approval } = await planRepairOf(context, input)
    expect(plan).toMatchObject({
      ready: true,
      source: 'journal',
      recommended: { source: 'journal' },
    })
    const done = await applyRepair(context, { ...input, ...approval })
    expect(done).toMatchObject({ observed: true, findings: [] })
    expect(await errors()).toEqual([])
    expect((await store.read(run)).journal?.records.at(-1)?.record.type).toBe('keyframe')
  })

  it('[R81] the damaged files, findings and plan are packed into one file first', async () => {
    const { folder, apply } = await open('I12')
    const head = join(folder, day, `${run}.json`)
    truncateSync(head, 900)
    const damaged = readFileSync(head)
    const { done } = await apply(null)
    const packed = readFileSync(join(folder, done.evidence))
    const plain = zstdDecompressSync(packed)
    const list = execFileSync('tar', ['-tf', '-'], { input: plain, encoding: 'utf8' }).trim()
    expect(list.split('\n')).toEqual(['report.json', `${day}/${run}.json`, `${day}/${run}.jsonl`])
    const out = execFileSync('tar', ['-xOf', '-', `${day}/${run}.json`], { input: plain })
    expect(out.equals(damaged)).toBe(true)
    const text = execFileSync('tar', ['-xOf', '-', 'report.json'], {
      input: plain,
      encoding: 'utf8',
    })
    expect(JSON.parse(text)).toMatchObject({ run, unstuck: bench.context.application.version })
  })

  it('[R80] files that are worse than before go back as they were', async () => {
    const { context, store, bytes, errors } = await open('I12')
    const before = bytes()
    const found = await errors()
    const writer = await store.open(run, { purpose: 'repair', controlSocket: null })
    try {
      const backup = await writer.backup('before')
      await writer.replaceHead('{"format": "unstuck", broken')
      await expect(requireBetter(context, writer, { before: found, backup })).rejects.toThrow(
        'was not better after the repair',
      )
    } finally {
      await writer.release()
    }
    expect(bytes()).toEqual(before)
  })
})
