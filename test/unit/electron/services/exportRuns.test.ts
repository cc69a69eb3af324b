import { createHash } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import fastJsonPatch from 'fast-json-patch'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  closeExport,
  openExport,
  planExport,
  readExport,
} from '../../../../electron/services/exports/exportRuns.ts'
import { readRunState } from '../../../../electron/services/readState.ts'
import { nativeRef } from '../../../../electron/services/refs.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import type { CallInput } from '../../../../shared/contract/contract.ts'
import { exportCalls } from '../../../../shared/contract/exports.ts'
import { comparableRun } from '../../../../shared/core/diff/blame.ts'
import type { Json } from '../../../../shared/schema/json.ts'
import type { RunId } from '../../../../shared/schema/ids.ts'
import { Run, runAsJson } from '../../../../shared/schema/run.ts'
import { Settings } from '../../../../shared/schema/settings.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

const schema = new URL('../../../../docs/schema/export.schema.json', import.meta.url)
const secret = 'hunter2-and-more'
const steps = {
  login: {
    run: `echo "using ${secret} for $USER_NAME"`,
    environment: { USER_NAME: 'ada' },
    output: { apiToken: 'ghp_0123456789abcdef0123456789', note: `was ${secret}` },
  },
  later: { run: 'echo done', needs: ['login'] },
}

let bench: Workbench
let run: Run
beforeEach(async () => {
  bench = await createWorkbench()
  run = await bench.run(steps, { inputs: { dbPassword: secret, order: 'A-1' } })
})
afterEach(() => bench.close())

const waits = { signal: neverCancelled, progress: () => undefined }

const lines = (text: string) => text.trimEnd().split('\n')

function plan(input: Partial<CallInput<'export.plan'>>) {
  const asked = exportCalls['export.plan'].input.parse({ runs: [run.id], as: 'json', ...input })
  return planExport(bench.context, asked, waits)
}

async function whole(input: Partial<CallInput<'export.open'>>) {
  const asked = exportCalls['export.open'].input.parse({ runs: [run.id], as: 'json', ...input })
  const { export: token } = await openExport(bench.context, asked)
  let text = ''
  for (let piece = 0; ; piece += 1) {
    const read = await readExport(bench.context, { export: token, piece })
    expect(Buffer.byteLength(JSON.stringify(read))).toBeLessThan(1_000_000)
    text += read.text
    if (read.end !== null) return { text, end: read.end, token, piece }
  }
}

async function operations() {
  const page = await bench.store.operations({ offset: 0, limit: 10 })
  return page.operations.filter(({ call }) => call === 'export.open')
}

describe('forms', () => {
  test('[F350] [F353] plain JSON has state, journal and logs, and no secret; the run in it is one', async () => {
    const { text, end } = await whole({ logs: true })
    const document = JSON.parse(text)
    const isValid = new Ajv({ allowUnionTypes: true }).compile(
      JSON.parse(await readFile(schema, 'utf8')),
    )
    expect(isValid(document), JSON.stringify(isValid.errors)).toBe(true)
    expect(text).not.toContain(secret)
    expect(text).not.toContain('ghp_0123')
    expect(end).toMatchObject({
      sizeBytes: Buffer.byteLength(text),
      digest: `sha256:${createHash('sha256').update(text).digest('hex')}`,
      problems: [],
    })
    expect(document).toMatchObject({ format: 'unstuck-export', version: 1, redacted: true })
    expect(document.redaction).toEqual(end.redaction)
    const [only] = document.runs
    const read = Run.parse(only.run)
    expect(read.inputs).toEqual({ dbPassword: '«redacted:1»', order: 'A-1' })
    expect(read.steps['login' as never]).toMatchObject({
      status: 'succeeded',
      output: { apiToken: '«redacted:2»', note: 'was «redacted:1»' },
    })
    expect(only.journal.length).toBe((await bench.records(run.id)).length)
    expect(only.logs[0]).toEqual({
      step: 'login',
      attempt: 1,
      text: 'using «redacted:1» for ada\n',
    })
    expect(end.redaction?.rows).toContainEqual({
      rule: 'key',
      file: `${run.id}.json`,
      place: '/inputs/dbPassword',
      count: 1,
    })
  })

  test('[F350] with all secrets it is the run as it is', async () => {
    const { text, end } = await whole({ redact: false, reason: 'for the bank' })
    expect(JSON.parse(text).runs[0].run).toEqual(runAsJson(run))
    expect(end.redaction).toBeNull()
  })

  test('[F351] [F353] JSONL is the journal; of several runs each line says whose it is', async () => {
    const journal = await bench.text(bench.store.layout.journal(run.id))
    const plain = await whole({ as: 'jsonl', redact: false, reason: 'x' })
    expect(plain.text).toBe(journal)

    const { text } = await whole({ as: 'jsonl' })
    expect(text).not.toContain(secret)
    expect(lines(text).map((line) => JSON.parse(line).type)).toEqual(
      lines(journal).map((line) => JSON.parse(line).type),
    )

    const other = await bench.run({ a: { run: 'true' } })
    const both = await whole({ as: 'jsonl', runs: [run.id, other.id] })
    expect(new Set(lines(both.text).map((line) => JSON.parse(line).runId))).toEqual(
      new Set([run.id, other.id]),
    )
  })

  test('[F352] [F353] a patch leads from a checkpoint to now', async () => {
    const [first] = run.checkpoints
    const { text } = await whole({ as: 'patch', from: first?.id ?? '' })
    expect(text).not.toContain(secret)
    const patch = JSON.parse(text) as { op: string; path: string }[]
    expect(patch.map(({ path }) => path).join(' ')).toContain('/steps/later/status')

    const plain = await whole({ as: 'patch', from: first?.id ?? '', redact: false, reason: 'x' })
    const ref = nativeRef(bench.context, run.id)
    const before = await readRunState(bench.context, { ref, checkpoint: first?.id ?? null })
    const after = fastJsonPatch.applyPatch(comparableRun(before), JSON.parse(plain.text))
    expect(after.newDocument).toEqual(comparableRun(run))
    await expect(plan({ as: 'patch' })).rejects.toThrow('from which checkpoint')
    await expect(plan({ as: 'json', from: 'cp-1' })).rejects.toThrow('Only a patch')
  })

  test('[F342] [F353] a trace is one line with the spans of each run', async () => {
    const other = await bench.run({ a: { run: 'false' } })
    const { text } = await whole({ as: 'otlp', runs: [run.id, other.id] })
    expect(text).not.toContain(secret)
    expect(text.trimEnd()).not.toContain('\n')
    const { resourceSpans } = JSON.parse(text)
    expect(
      resourceSpans.map(({ scopeSpans }: { scopeSpans: { spans: { name: string }[] }[] }) =>
        scopeSpans[0]?.spans.map(({ name }) => name),
      ),
    ).toEqual([
      ['test', 'login', 'login attempt 1', 'later', 'later attempt 1'],
      ['test', 'a', 'a attempt 1'],
    ])
  })

  test('[F344] the run of a step is below that step', async () => {
    await writeFile(
      join(bench.root, 'child.json'),
      JSON.stringify({ name: 'child', steps: { inner: { run: 'true' } } }),
    )
    const parent = await bench.run({ call: { workflow: 'child.json' } })
    const all = await bench.store.list()
    const child = all.find(({ run: id }) => id?.startsWith('child-'))?.run
    const { text } = await whole({ as: 'otlp', runs: [parent.id, child as RunId] })
    const spans: Json[] = JSON.parse(text).resourceSpans.flatMap(
      ({ scopeSpans }: { scopeSpans: { spans: Json[] }[] }) => scopeSpans[0]?.spans,
    )
    const named = (name: string) =>
      spans.find((one) => (one as { name: string }).name === name) as Record<string, string>
    expect(named('child')).toMatchObject({
      traceId: named('test')['traceId'],
      parentSpanId: named('call')['spanId'],
    })
  })
})

describe('what cannot be exported', () => {
  test('[F354] a run that is gone or damaged is told, and the others are exported', async () => {
    const broken = await bench.run({ a: { run: 'true' } })
    await writeFile(join(bench.root, bench.store.layout.head(broken.id)), '{')
    await rm(join(bench.root, bench.store.layout.journal(broken.id)))
    const runs = ['gone-1' as RunId, broken.id, run.id]
    const { resourceSpans } = JSON.parse((await whole({ as: 'otlp', runs })).text)
    expect(resourceSpans).toHaveLength(1)
    const { text, end } = await whole({ runs })
    expect(JSON.parse(text).runs.map(({ run: one }: { run: unknown }) => one !== null)).toEqual([
      false,
      true,
    ])
    expect(end.problems.map(({ run: id }) => id)).toEqual(['gone-1', broken.id])
  })

  test('[F355] a pattern of the settings that cannot be used is mended first', async () => {
    const redaction = { keys: [], values: ['(?=a)'], paths: [] }
    Object.assign(bench.context.settings, { value: Settings.parse({ redaction }) })
    await expect(plan({})).rejects.toThrow('/redaction/values/0')
  })
})

test('[T151] it is shown before: its beginning, its size and what is redacted; and read piece by piece', async () => {
  const planned = await plan({ logs: true })
  const { text, end, token, piece } = await whole({ logs: true })
  expect(planned).toMatchObject({ name: `${run.id}.json`, ...end })
  expect(text.startsWith(planned.head)).toBe(true)
  const again = await readExport(bench.context, { export: token, piece })
  expect(again.end).toEqual(end)
  await expect(readExport(bench.context, { export: token, piece: piece + 2 })).rejects.toThrow(
    'in their order',
  )
})

test('[T151] a long one comes in pieces that a message carries', async () => {
  const large = await bench.run(
    { a: { run: 'true' } },
    { inputs: { text: '\u0001é😀'.repeat(100_000) } },
  )
  const { piece, text } = await whole({ runs: [large.id], redact: false, reason: 'x' })
  expect(piece).toBeGreaterThan(3)
  expect(JSON.parse(text).runs[0].run.inputs).toEqual(large.inputs)
})

test('[T152] who takes secrets away says why', async () => {
  await expect(whole({ redact: false })).rejects.toThrow('Say why')
  expect(await operations()).toEqual([])
})

test('[T153] the log has who exported what, and how it ended', async () => {
  await plan({})
  expect(await operations()).toEqual([])
  await whole({ redact: false, reason: 'for the bank' })
  const input = exportCalls['export.open'].input.parse({ runs: [run.id], as: 'otlp' })
  const { export: token } = await openExport(bench.context, input)
  expect((await operations()).map(({ state }) => state)).toEqual(['unfinished', 'done'])
  await closeExport(bench.context, { export: token })
  expect(
    (await operations()).map(({ state, reason, item, by }) => ({ state, reason, item, by })),
  ).toEqual([
    { state: 'failed', reason: 'export as otlp, redacted', item: run.id, by: 'ada' },
    { state: 'done', reason: 'for the bank', item: run.id, by: 'ada' },
  ])
  await expect(readExport(bench.context, { export: token, piece: 0 })).rejects.toThrow(
    'no such export',
  )
})
