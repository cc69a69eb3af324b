import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { createBundleDesk } from '../../../../../electron/host/createBundleDesk.ts'
import { maskedParts } from '../../../../../electron/services/bundles/maskedParts.ts'
import {
  applyBundle,
  noteBundle,
  planBundle,
} from '../../../../../electron/services/bundles/exportBundle.ts'
import { readBundlePiece } from '../../../../../electron/services/bundles/readBundlePiece.ts'
import {
  applyBundleImport,
  planBundleImport,
  receiveBundle,
} from '../../../../../electron/services/bundles/importBundle.ts'
import type { ServiceContext } from '../../../../../electron/services/context.ts'
import { readStoredRun } from '../../../../../electron/services/openStoredRun.ts'
import { undoOperation } from '../../../../../electron/services/undoOperation.ts'
import { createFileStore } from '../../../../../electron/store/fileStore.ts'
import { neverCancelled } from '../../../../../shared/cancel.ts'
import { contract, type CallInput } from '../../../../../shared/contract/contract.ts'
import { createRedactor } from '../../../../../shared/core/secrets/redact.ts'
import { builtInRules } from '../../../../../shared/core/secrets/secretRules.ts'
import { replay } from '../../../../../shared/core/run/replay.ts'
import { RunId, StepId } from '../../../../../shared/schema/ids.ts'
import { createWorkbench, until, type Workbench } from '../../executor/workbench.ts'

const benches: Workbench[] = []
const closes: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(
    [...closes.splice(0), ...benches.splice(0).map((one) => () => one.close())].map((close) =>
      close(),
    ),
  )
})

const quiet = { signal: neverCancelled, progress: () => undefined }
const secret = 'correct-horse-battery'

async function workspace(): Promise<{
  readonly bench: Workbench
  readonly context: ServiceContext
}> {
  const bench = await createWorkbench()
  benches.push(bench)
  const { randomId, now } = bench.context
  const application = { version: '0.0.0-test' }
  const bundleDesk = createBundleDesk({
    randomId,
    workFactor: 8,
    openStore: (root) => createFileStore({ root, now, randomId, application, readOnlyReason: 'x' }),
  })
  closes.push(() => bundleDesk.close())
  return { bench, context: { ...bench.context, bundleDesk } }
}

const steps = {
  login: {
    run: ['echo "using $', '{PASSWORD}"; echo \'{"sent": 3}\''].join(''),
    environment: { PASSWORD: '${{ inputs.password }}' },
  },
  charge: { run: 'exit 3', needs: ['login'] },
}

async function failed(bench: Workbench): Promise<RunId> {
  const { id, status } = await bench.run(steps, { inputs: { password: secret, order: 42 } })
  expect(status).toBe('failed')
  return id
}

type ExportInput = Partial<CallInput<'bundle.export.apply'>>

async function exported(context: ServiceContext, runs: readonly RunId[], more: ExportInput = {}) {
  const input = contract['bundle.export.plan'].input.parse({ runs: [...runs], ...more })
  const planned = await planBundle(context, input, quiet)
  const apply = contract['bundle.export.apply'].input.parse({ ...input, ...more, ...planned })
  const made = await noteBundle(context, apply, () => applyBundle(context, apply, quiet))
  const pieces: Buffer[] = []
  for (let offset: number | null = 0; offset !== null;) {
    const piece = await readBundlePiece(context, { download: made.download, offset })
    pieces.push(Buffer.from(piece.bytes, 'base64'))
    offset = piece.nextOffset
  }
  return { planned, made, bytes: Buffer.concat(pieces) }
}

async function received(context: ServiceContext, bytes: Buffer): Promise<string> {
  const middle = Math.floor(bytes.byteLength / 2)
  const name = 'x.unstuck'
  const first = { upload: null, name, offset: 0, bytes: bytes.toString('base64', 0, middle) }
  const { upload } = await receiveBundle(context, first)
  const rest = { upload, name, offset: middle, bytes: bytes.toString('base64', middle) }
  return (await receiveBundle(context, rest)).upload
}

async function imported(context: ServiceContext, bytes: Buffer, passphrase: string | null = null) {
  const upload = await received(context, bytes)
  const input = contract['bundle.import.plan'].input.parse({ upload, passphrase })
  const planned = await planBundleImport(context, input, quiet)
  const { rows } = await applyBundleImport(context, { ...input, ...planned }, quiet)
  return { plan: planned.plan, rows }
}

describe('a bundle', () => {
  test('[X142] documents of other engines stay in it when its runs are imported, and whoever imports is told', async () => {
    const { bench, context } = await workspace()
    const id = await failed(bench)
    const job = JSON.stringify({ id: 'job-7', status: 'failed', error: 'no', password: secret })
    await writeFile(join(bench.root, 'jobs.json'), job)
    const documents = [{ format: 'unknown', document: 'jobs.json', item: null }] as const
    const { planned, bytes } = await exported(context, [id], { documents: [...documents] })
    expect(planned.plan.documents).toMatchObject([{ document: 'jobs.json', form: 'masked' }])
    const { bench: other, context: there } = await workspace()

    const { plan, rows } = await imported(there, bytes)

    expect(plan.bundle).toMatchObject({ runs: 1, documents: 1 })
    expect(rows).toMatchObject([{ item: id, outcome: 'done' }])
    await expect(readFile(join(other.root, 'jobs.json'))).rejects.toMatchObject({ code: 'ENOENT' })
    const alone = await exported(context, [], { documents: [...documents] })
    expect(alone.made.name).toMatch(/^jobs-.*\.unstuck$/)
    const upload = await received(there, alone.bytes)
    const input = contract['bundle.import.plan'].input.parse({ upload })
    const nothing = await planBundleImport(there, input, quiet)
    expect(nothing.plan).toMatchObject({ ready: false, runs: 0, bundle: { documents: 1 } })
  })

  test('[B59] secrets are masked everywhere in it, what was masked is told, and its run reads without a flaw', async () => {
    const { bench, context } = await workspace()
    const id = await failed(bench)

    const { planned, bytes } = await exported(context, [id])

    expect(planned.plan).toMatchObject({
      ready: true,
      runs: 1,
      redacted: true,
      rows: [{ id, form: 'resealed' }],
    })
    expect(planned.plan.redaction.total).toBeGreaterThan(2)
    expect(JSON.stringify(planned.plan)).not.toContain(secret)
    const other = await workspace()
    const { rows } = await imported(other.context, bytes)
    expect(rows).toMatchObject([{ item: id, outcome: 'done', result: id }])
    const opened = await readStoredRun(other.context, id)
    expect([opened.health, opened.reading.findings]).toEqual(['ok', []])
    expect(opened.run).toMatchObject({
      status: 'failed',
      inputs: { order: 42 },
      origin: { document: 'x.unstuck', item: id },
    })
    for (const { path } of opened.stored.files)
      expect(await readFile(join(other.bench.root, path), 'utf8')).not.toContain(secret)
    const records = opened.stored.journal?.records ?? []
    expect(replay(records)).toEqual(opened.run)
    expect(await other.bench.text(`logs/${id}/login.1.log`)).toContain('"sent": 3')
  })

  test('[B59] without masking it needs a reason, which the operations log keeps, and every byte is as it was', async () => {
    const { bench, context } = await workspace()
    const id = await failed(bench)

    await expect(exported(context, [id], { redact: false })).rejects.toThrow('a reason is needed')
    const { bytes } = await exported(context, [id], { redact: false, reason: 'to the vendor' })

    expect(await bench.text('.unstuck/operations.jsonl')).toContain('to the vendor')
    const other = await workspace()
    await imported(other.context, bytes)
    const { inputs, steps: done } = await other.bench.read(id)
    expect([inputs, done]).toEqual([
      (await bench.read(id)).inputs,
      withoutProcesses((await bench.read(id)).steps),
    ])
  })

  test('[B54] the same runs give the same bytes', async () => {
    const { bench, context } = await workspace()
    const [one, two] = [await failed(bench), await failed(bench)]
    const asOf = '2026-01-02T03:04:05.678Z'

    const [first, second] = [
      await exported(context, [one, two], { asOf }),
      await exported(context, [two, one], { asOf }),
    ]

    expect(first.bytes.equals(second.bytes)).toBe(true)
    expect(first.made.name).toBe('2-runs-2026-01-02.unstuck')
  })

  test('[B59] a damaged run is taken as it is found, and one that is not there is a row of its own', async () => {
    const { bench, context } = await workspace()
    const [id, nobody] = [await failed(bench), RunId.parse('nobody')]
    await writeFile(join(bench.root, bench.store.layout.head(id)), '{"cut')

    const { planned, bytes } = await exported(context, [id, nobody])

    expect(planned.plan.rows).toMatchObject([
      { id: nobody, problem: expect.stringContaining('not in') },
      { id, form: 'as-found' },
    ])
    const other = await workspace()
    expect((await imported(other.context, bytes)).rows).toMatchObject([{ outcome: 'done' }])
    expect((await readStoredRun(other.context, id)).health).toBe('damaged')
  })

  test('[B58] a log is masked the same however it arrives, and what is no secret stays', async () => {
    const text = Buffer.from('plain ä€\n'.repeat(3) + 'password: hunter22x\nlast')
    const collect = async (size: number): Promise<string> => {
      async function* parts() {
        for (let at = 0; at < text.byteLength; at += size) yield text.subarray(at, at + size)
      }
      const found: Uint8Array[] = []
      const options = { redactor: createRedactor(builtInRules), file: 'log' }
      for await (const part of maskedParts(parts(), options)) found.push(part)
      return Buffer.concat(found).toString()
    }

    const whole = await collect(500)

    expect(whole).toContain('plain ä€\nplain ä€\n')
    expect(whole).not.toContain('hunter22x')
    for (const size of [1, 7, 30]) expect(await collect(size)).toBe(whole)
  })
})

describe('an import', () => {
  test('[B61] a run whose id is taken gets another and is a fork of it; nothing is replaced, and it is taken back', async () => {
    const { bench, context } = await workspace()
    const id = await failed(bench)
    const before = await bench.read(id)
    const { bytes } = await exported(context, [id])

    const { plan, rows } = await imported(context, bytes)

    const as = RunId.parse(rows[0]?.result)
    expect(plan.rows).toMatchObject([{ run: id, as, notes: [expect.stringContaining('is taken')] }])
    expect(as).not.toBe(id)
    expect(await bench.read(id)).toEqual(before)
    const made = await readStoredRun(context, as)
    expect([made.health, made.reading.findings]).toEqual(['ok', []])
    expect(made.run?.lineage).toEqual({ parent: id, checkpoint: null, relation: 'fork' })
    expect(replay(made.stored.journal?.records ?? [])).toEqual(made.run)
    const { operations } = await context.store.operations({
      offset: 0,
      limit: 1,
      signal: neverCancelled,
    })
    expect(operations).toMatchObject([{ call: 'bundle.import', item: as }])
    await undoOperation(context, { id: operations[0]?.id ?? '', reason: null }, quiet)
    expect(await context.store.entry(as)).toBeNull()
    expect((await context.store.trashed()).map(({ run }) => run)).toEqual([as])
  })

  test('[X102] runs that get new ids together stay parent and child, and one that comes alone says whom it lacks', async () => {
    const { bench, context } = await workspace()
    const child = { name: 'child', steps: { a: { wait: '1h' } } }
    await writeFile(join(bench.root, 'child.json'), JSON.stringify(child))
    const parent = await bench.start({ call: { workflow: './child.json' } })
    let below: string | null = null
    await until('the step waits', async () => {
      const on = (await bench.read(parent)).steps[StepId.parse('call')]?.waitingOn
      below = on?.kind === 'run' ? on.run : null
      return below !== null && (await bench.store.entry(RunId.parse(below))) !== null
    })
    const id = RunId.parse(below)
    await bench.context.executor.close()

    const { plan, rows } = await imported(context, (await exported(context, [parent, id])).bytes)

    const as = new Map(plan.rows.map((row) => [row.run, row.as]))
    const made = await Promise.all(
      rows.map(({ result }) => readStoredRun(context, RunId.parse(result))),
    )
    const [above, beneath] = [parent, id].map((one) =>
      made.find(({ run }) => run?.id === as.get(one)),
    )
    expect(made.flatMap(({ reading }) => reading.findings)).toEqual([])
    expect(above?.run?.lineage).toEqual({ parent, checkpoint: null, relation: 'fork' })
    expect(above?.run?.steps).toMatchObject({ call: { waitingOn: { run: as.get(id) } } })
    expect(beneath?.run?.lineage).toMatchObject({
      parent: as.get(parent),
      relation: 'child',
      was: id,
    })
    expect(plan.rows.find((row) => row.run === id)?.notes.join(' ')).toContain(
      `becomes ${as.get(parent)} here`,
    )
    const alone = await imported((await workspace()).context, (await exported(context, [id])).bytes)
    expect(alone.plan.rows[0]?.notes).toEqual([
      `It was begun by a step of run ${parent}, which is not imported with it.`,
    ])
  })

  test('[B62] reports of processes stay behind', async () => {
    const { bench, context } = await workspace()
    const id = await failed(bench)
    await bench.context.store.readSlice(bench.store.layout.head(id), { offset: 0, limitBytes: 1 })
    const { bytes } = await exported(context, [id], { redact: false, reason: 'test' })
    const other = await workspace()

    await imported(other.context, bytes)

    const { stored } = await readStoredRun(other.context, id)
    expect(stored.files.filter(({ kind }) => kind === 'step')).toEqual([])
  })

  test('[B60] where any file of such a run is there, nothing is written', async () => {
    const { bench } = await workspace()
    const id = await failed(bench)
    const before = await bench.read(id)
    const day = bench.store.layout.head(id).split('/')[1] ?? ''
    const adopting = bench.store.adopt(id, {
      day,
      files: [{ path: `logs/${id}/a.1.log`, parts: oneByte }],
    })

    await expect(adopting).rejects.toThrow('Nothing was changed')
    expect(await bench.read(id)).toEqual(before)
  })

  test('[B64] encrypted to a passphrase it opens with that one only, and the log names no passphrase', async () => {
    const { bench, context } = await workspace()
    const id = await failed(bench)
    const passphrase = 'wet paper lantern'

    const { bytes } = await exported(context, [id], { passphrase })

    expect(bytes.toString('latin1', 0, 21)).toBe('age-encryption.org/v1')
    const other = await workspace()
    await expect(imported(other.context, bytes, 'wrong')).rejects.toThrow('does not open with this')
    await expect(imported(other.context, bytes)).rejects.toThrow('passphrase is needed')
    expect((await imported(other.context, bytes, passphrase)).rows).toMatchObject([
      { outcome: 'done' },
    ])
    const logs = [bench, other.bench].map((one) => one.text('.unstuck/operations.jsonl'))
    expect((await Promise.all(logs)).join('')).not.toContain(passphrase)
  })
})

async function* oneByte() {
  yield Buffer.from('x')
}

type Steps = Awaited<ReturnType<Workbench['read']>>['steps']

function withoutProcesses(given: Steps): Steps {
  return Object.fromEntries(
    Object.entries(given).map(([id, step]) => [
      id,
      { ...step, attempts: step.attempts.map((attempt) => ({ ...attempt, process: null })) },
    ]),
  ) as Steps // the same keys
}
