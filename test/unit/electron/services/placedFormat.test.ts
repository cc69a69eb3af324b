import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { applyDocumentChange } from '../../../../electron/services/documentChange.ts'
import { planDocumentChange } from '../../../../electron/services/documentPlan.ts'
import { openRun } from '../../../../electron/services/openRun.ts'
import { queryRuns } from '../../../../electron/services/queryRuns.ts'
import { documentCalls } from '../../../../shared/contract/documents.ts'
import { listCalls } from '../../../../shared/contract/runList.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import { openForeignBench, type ForeignBench } from './foreignBench.ts'

const options = { signal: neverCancelled, progress: () => undefined }
const states = '.tapps-agents/workflow-state'
const snapshot = `${states}/quality-20260127-070707-20261121-083138.json`
const session = 'sessions/session_analysis_123.json'

async function rowOf(bench: ForeignBench, document: string) {
  const input = listCalls['run.list'].input.parse({ view: 'all' })
  const { rows } = await queryRuns(bench.context, input, options)
  return rows.find(({ ref }) => ref.document === document)
}

describe('[F283] a document that says nothing of itself any more', () => {
  test.each([
    ['tapps/healthy-mixed', 'tapps', snapshot, 'history:'],
    ['marsys/legacy-v0.2', 'marsys', session, 'checkpoint'],
    ['awf', 'awf', 'states/22222222-bbbb-4bbb-8bbb-222222222222.json', null],
  ] as const)(
    '[F283] of %s, emptied, is damaged and told as its engine’s, with its spares',
    async (set, format, document, spare) => {
      const bench = await openForeignBench(set)
      await truncate(join(bench.root, document), 0)

      expect(await rowOf(bench, document)).toMatchObject({ health: 'damaged', ref: { format } })
      const detail = await openRun(bench.context, { ref: bench.ref(format, document) })
      expect(detail.findings[0]).toMatchObject({ sentence: 'The document is empty.' })
      expect(detail.foreign?.role).toBe('run')
      const input = documentCalls['document.plan'].input.parse({
        ref: bench.ref(format, document),
        action: { kind: 'repair' },
      })
      const { plan, ...approval } = await planDocumentChange(bench.context, input)
      expect(plan.repairs.map(({ id }) => id)).toEqual(
        spare === null ? [] : expect.arrayContaining([expect.stringContaining(spare)]),
      )
      if (spare === null) return
      const done = await applyDocumentChange(bench.context, {
        ...input,
        rev: approval.rev,
        digest: approval.digest,
        asOf: approval.asOf,
        reason: 'test',
      })
      expect(done.observed).toBe(true)
      expect((await rowOf(bench, document))?.health).not.toBe('damaged')
    },
  )

  test.each([
    ['cut before its keys', '{"wor', 'no JSON'],
    ['zeroed', '\0'.repeat(400), 'JSON'],
    ['no UTF-8 any more', Buffer.from([0x7b, 0x22, 0xff, 0xfe]), 'UTF-8'],
  ])('[F283] %s is told with what is wrong with it', async (_what, content, sentence) => {
    const bench = await openForeignBench('tapps/healthy-mixed')
    await writeFile(join(bench.root, snapshot), content)

    const row = await rowOf(bench, snapshot)
    const detail = await openRun(bench.context, { ref: bench.ref('tapps', snapshot) })

    expect(row).toMatchObject({ health: 'damaged', ref: { format: 'tapps' } })
    expect(detail.findings[0]?.sentence).toContain(sentence)
  })

  test('[F283] an empty file that is named like none of theirs stays an empty file', async () => {
    const bench = await openForeignBench('awf')
    await writeFile(join(bench.root, 'notes.json'), '')
    await writeFile(join(bench.root, 'workflows', '12345678-0000.json'), '')

    expect((await rowOf(bench, 'notes.json'))?.health).toBe('empty')
    expect((await rowOf(bench, 'workflows/12345678-0000.json'))?.health).toBe('empty')
  })
})
