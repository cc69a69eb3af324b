import { describe, expect, test } from 'vitest'
import type { RunWriter, Store } from '../../electron/store/store.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import {
  createdAt,
  day,
  failureOf,
  keyframe,
  otherRunId,
  runId,
  setVariable,
  testing,
  writeRun,
} from '../unit/electron/store/storeFixtures.ts'

const head = `runs/${day}/${runId}.json`
const journal = `runs/${day}/${runId}.jsonl`
const durable = { durable: true } as const

/** What every store promises. `create` makes an empty one. */
export function describeStore(name: string, create: () => Promise<Store>): void {
  describe(`${name}: runs`, () => {
    test('a created run is read back as it was written', async () => {
      const store = await create()
      const writer = await createRun(store)
      const records = await writer.append(
        [setVariable('a'), { type: 'runPaused', by: 'ana', reason: null }],
        durable,
      )
      await writer.replaceHead('{"head":1}\n')
      await writer.release()

      const run = await store.read(runId)

      expect(records.map(({ seq, epoch, type }) => ({ seq, epoch, type }))).toEqual([
        { seq: 1, epoch: 1, type: 'variableSet' },
        { seq: 2, epoch: 1, type: 'runPaused' },
      ])
      expect(run).toMatchObject({ id: runId, holder: null, head: { document: head } })
      expect(textOf(run.head?.bytes)).toBe('{"head":1}\n')
      expect(run.journal?.records.map(({ record }) => record)).toEqual(records)
      expect(run.files.map(({ path, kind }) => [path, kind])).toEqual([
        [head, 'head'],
        [journal, 'journal'],
      ])
    })

    test('a run that was opened again goes on in its chain, under a higher epoch', async () => {
      const store = await create()
      await writeRun(store)
      const writer = await store.open(runId, testing)
      const [record] = await writer.append([setVariable('b')], durable)
      await writer.release()

      const { journal: reading } = await store.read(runId)

      expect(record).toMatchObject({ seq: 2, epoch: 2, prev: reading?.records[0]?.record.sum })
      expect(reading?.flaws).toEqual([])
    })

    test('appends that are not awaited keep their order', async () => {
      const store = await create()
      const writer = await createRun(store)
      const many = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          writer.append([setVariable(`v${index}`)], { durable: index % 3 === 0 }),
        ),
      )
      await writer.release()

      const { journal: reading } = await store.read(runId)

      expect(many.flat().map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
      expect(reading).toMatchObject({ flaws: [], records: { length: 20 } })
    })

    test('no record is appended when none is given', async () => {
      const store = await create()
      const writer = await createRun(store)

      expect(await writer.append([], durable)).toEqual([])
      await writer.release()
      expect(await failureOf(store.read(runId))).toMatchObject({ code: 'not-found' })
    })

    test('a run that is nowhere is not found, and one that exists is not created', async () => {
      const store = await create()
      await writeRun(store)

      expect(await failureOf(store.read(otherRunId))).toMatchObject({ code: 'not-found' })
      expect(await failureOf(store.open(otherRunId, testing))).toMatchObject({ code: 'not-found' })
      expect(await failureOf(createRun(store))).toMatchObject({ code: 'invalid-input' })
      expect(await failureOf(createRun(store, '2027-05-05T00:00:00.000Z'))).toMatchObject({
        code: 'invalid-input',
      })
    })

    test('the revision changes with the head and with the last record', async () => {
      const store = await create()
      await writeRun(store)
      const writer = await store.open(runId, testing)
      const revisions = [(await store.read(runId)).rev]
      await writer.append([setVariable('b')], durable)
      revisions.push((await store.read(runId)).rev)
      await writer.replaceHead('{}\n')
      revisions.push((await store.read(runId)).rev)
      await writer.release()
      revisions.push((await store.read(runId)).rev)

      expect(new Set(revisions.slice(0, 3)).size).toBe(3)
      expect(revisions[3]).toBe(revisions[2])
      expect(revisions[0]).toMatch(/^sha256:[0-9a-f]{64}$/)
    })

    test('a keyframe is due after as many bytes as the state has, and at least 64 KiB', async () => {
      const store = await create()
      const writer = await createRun(store)
      const fill = (): Promise<unknown> =>
        writer.append([setVariable('x', 'x'.repeat(40_000))], { durable: false })
      const seen: boolean[] = []
      await fill()
      seen.push(writer.isKeyframeDue(10))
      await fill()
      seen.push(writer.isKeyframeDue(10), writer.isKeyframeDue(100_000))
      await fill()
      seen.push(writer.isKeyframeDue(100_000))
      await writer.append([keyframe(), setVariable('y')], durable)
      seen.push(writer.isKeyframeDue(10))
      await writer.release()
      const again = await store.open(runId, testing)
      seen.push(again.isKeyframeDue(10))
      await again.release()

      expect(seen).toEqual([false, true, false, true, false, false])
    })

    test('a cut journal goes on behind the numbers that were lost', async () => {
      const store = await create()
      await writeRun(store, { bodies: [setVariable('a'), setVariable('b'), setVariable('c')] })
      const records = (await store.read(runId)).journal?.records ?? []
      const writer = await store.open(runId, testing)
      await writer.cutJournal(records[1]?.offset ?? 0)
      writer.continueAfter(3)
      const dropped = { fromSeq: 2, toSeq: 3, bytes: 10 }
      await writer.append([repaired(dropped), keyframe()], durable)
      await writer.release()

      const { journal: reading } = await store.read(runId)

      expect(reading?.flaws).toEqual([])
      expect(reading?.records.map(({ record }) => [record.seq, record.type])).toEqual([
        [1, 'variableSet'],
        [4, 'repaired'],
        [5, 'keyframe'],
      ])
    })

    test('a journal that was lost goes on behind the head', async () => {
      const store = await create()
      const writer = await createRun(store)
      await writer.replaceHead('{}\n')
      writer.continueAfter(7)
      await writer.append([repaired({ fromSeq: 1, toSeq: 7, bytes: 0 }), keyframe()], durable)
      await writer.release()

      expect((await store.read(runId)).journal).toMatchObject({
        flaws: [],
        records: [{ record: { seq: 8 } }, { record: { seq: 9 } }],
      })
    })

    test('a chain cannot go on before its last record', async () => {
      const store = await create()
      await writeRun(store, { bodies: [setVariable('a'), setVariable('b')] })
      const writer = await store.open(runId, testing)

      expect(() => writer.continueAfter(1)).toThrow('it cannot go on after 1')
      await writer.release()
    })
  })

  describe(`${name}: locks`, () => {
    test('a run that is held is locked, in this process too, and says by whom', async () => {
      const store = await create()
      const writer = await createRun(store)
      const failure = await failureOf(store.open(runId, testing))
      await writer.append([setVariable('a')], durable)
      const { holder } = await store.read(runId)

      expect(failure).toMatchObject({ code: 'not-found' })
      expect(await failureOf(store.open(runId, testing))).toMatchObject({
        code: 'locked',
        details: { holder: { purpose: 'test', epoch: 1 }, state: 'alive' },
      })
      expect(holder === null ? null : await store.holderState(holder)).toBe('alive')
      expect(holder === null ? null : store.isHeldHere(holder)).toBe(true)
      await writer.release()
    })

    test('of many who ask at once one gets the lock', async () => {
      const store = await create()
      await writeRun(store)
      const results = await Promise.allSettled(
        Array.from({ length: 8 }, () => store.open(runId, testing)),
      )
      const writers = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))

      expect(writers).toHaveLength(1)
      await writers[0]?.release()
      expect((await store.read(runId)).holder).toBeNull()
    })

    test('a writer that was released writes nothing more, and may be released again', async () => {
      const store = await create()
      await writeRun(store)
      const writer = await store.open(runId, testing)
      await writer.release()
      await writer.release()

      expect(await failureOf(writer.append([setVariable('b')], durable))).toMatchObject({
        code: 'locked',
      })
      expect(await failureOf(writer.replaceHead('{}'))).toMatchObject({ code: 'locked' })
    })

    test('a lock that a person breaks is lost to its holder', async () => {
      const store = await create()
      await writeRun(store)
      const writer = await store.open(runId, testing)
      const { holder } = await store.read(runId)
      if (holder !== null) await store.breakLock(holder)
      const thief = await store.open(runId, testing)

      expect(await failureOf(writer.append([setVariable('b')], durable))).toMatchObject({
        code: 'locked',
      })
      await writer.release()
      expect(await thief.append([setVariable('c')], durable)).toMatchObject([{ seq: 2 }])
      await thief.release()
    })

    test('only the lock that was looked at is broken', async () => {
      const store = await create()
      await writeRun(store)
      const first = await store.open(runId, testing)
      const { holder } = await store.read(runId)
      await first.release()
      const second = await store.open(runId, testing)

      expect(holder === null ? null : await failureOf(store.breakLock(holder))).toMatchObject({
        code: 'stale',
      })
      expect(await second.append([setVariable('b')], durable)).toHaveLength(1)
      await second.release()
    })
  })

  describe(`${name}: documents`, () => {
    test('lists runs, and nothing of its own', async () => {
      const store = await create()
      await writeRun(store, { head: '{}\n' })
      await writeRun(store, { run: otherRunId, createdAt: '2026-01-03T00:00:00.000Z' })

      const entries = await store.list()

      expect(
        entries.map(({ document, run, kind, problem }) => ({ document, run, kind, problem })),
      ).toEqual([
        { document: head, run: runId, kind: 'run', problem: null },
        {
          document: `runs/2026-01-03/${otherRunId}.json`,
          run: otherRunId,
          kind: 'run',
          problem: null,
        },
      ])
    })

    test('a stamp changes with any of the files of a run', async () => {
      const store = await create()
      await writeRun(store, { head: '{}\n' })
      const stamps = [await stampOf(store)]
      const writer = await store.open(runId, testing)
      await writer.append([setVariable('b')], durable)
      stamps.push(await stampOf(store))
      await writer.replaceHead('{}\n')
      stamps.push(await stampOf(store))
      await writer.release()
      stamps.push(await stampOf(store))

      expect(new Set(stamps.slice(0, 3)).size).toBe(3)
      expect(stamps[3]).toBe(stamps[2])
    })

    test('the entry of one run is the one that the listing has', async () => {
      const store = await create()
      await writeRun(store, { head: '{"head":1}' })
      const listed = await store.list()
      expect(await store.entry(runId)).toEqual(listed.find(({ run }) => run === runId))
      expect(await store.entry(otherRunId)).toBeNull()
    })

    test('a run is among the held ones as long as its lock is there', async () => {
      const store = await create()
      expect(await store.heldRuns()).toEqual(new Set())
      const writer = await createRun(store)
      expect(await store.heldRuns()).toEqual(new Set([runId]))
      await writer.release()
      expect(await store.heldRuns()).toEqual(new Set())
    })

    test('listing stops when it is cancelled', async () => {
      const store = await create()

      expect(await failureOf(store.list({ signal: AbortSignal.abort() }))).toMatchObject({
        code: 'cancelled',
      })
    })

    test('reads a document, and a piece of it', async () => {
      const store = await create()
      await writeRun(store, { head: '{"a":1}\n' })

      expect(textOf((await store.readDocument(head)).bytes)).toBe('{"a":1}\n')
      const slice = async (offset: number, limitBytes: number): Promise<string> =>
        textOf((await store.readSlice(head, { offset, limitBytes })).bytes)
      expect([await slice(1, 3), await slice(6, 100), await slice(50, 5)]).toEqual([
        '"a"',
        '}\n',
        '',
      ])
      expect((await store.readSlice(head, { offset: 0, limitBytes: 1 })).sizeBytes).toBe(8)
    })

    test.each(['../outside.json', '/etc/passwd', 'runs/../../x', '', 'runs//x', './x', 'a\0b'])(
      'refuses the path %j',
      async (path) => {
        const store = await create()

        expect(await failureOf(store.readDocument(path))).toMatchObject({ code: 'invalid-input' })
        expect(await failureOf(store.readSlice(path, { offset: 0, limitBytes: 1 }))).toMatchObject({
          code: 'invalid-input',
        })
        expect(await failureOf(store.moveToBackup(path, { run: runId, reason: '' }))).toMatchObject(
          {
            code: 'invalid-input',
          },
        )
      },
    )

    test('says not-found of a document that is not there, and invalid-input of a folder', async () => {
      const store = await create()
      await writeRun(store)

      expect(await failureOf(store.readDocument('state.json'))).toMatchObject({ code: 'not-found' })
      expect(await failureOf(store.readDocument('runs'))).toMatchObject({ code: 'invalid-input' })
    })

    test('knows the places of a run, also of one that does not exist', async () => {
      const store = await create()
      await writeRun(store)

      expect([store.layout.head(runId), store.layout.journal(runId)]).toEqual([head, journal])
      expect(store.layout.head(otherRunId)).toBe(`runs/2026-01-03/${otherRunId}.json`)
      expect(store.layout.log(runId, 'build[0]', 2)).toBe(`logs/${runId}/build[0].2.log`)
      expect(store.layout.step(runId, 'build', 1)).toBe(`.unstuck/steps/${runId}/build.1`)
      expect(() => store.layout.log(runId, '../x', 1)).toThrow('no step id')
    })
  })

  describe(`${name}: backups`, () => {
    test('a backup is put back exactly', async () => {
      const store = await create()
      await writeRun(store, { head: '{"a":1}\n' })
      const before = await store.read(runId)
      const writer = await store.open(runId, testing)
      const backup = await writer.backup('before an edit')
      await writer.append([setVariable('b')], durable)
      await writer.replaceHead('{"a":2}\n')
      await writer.restoreBackup(backup.id)
      const [next] = await writer.append([setVariable('c')], durable)
      await writer.release()

      const after = await store.read(runId)

      expect(backup).toMatchObject({ reason: 'before an edit', files: [head, journal] })
      expect(after.head).toEqual(before.head)
      expect(after.journal?.records[0]).toEqual(before.journal?.records[0])
      expect(next).toMatchObject({ seq: 2, prev: before.journal?.records[0]?.record.sum })
      expect(after.journal?.flaws).toEqual([])
    })

    test('a file that a restored state did not have is kept in a backup of its own', async () => {
      const store = await create()
      await writeRun(store)
      const writer = await store.open(runId, testing)
      const backup = await writer.backup('without a head')
      await writer.replaceHead('{"a":2}\n')
      await writer.restoreBackup(backup.id)
      await writer.release()

      const [newest] = await store.backups(runId)

      expect((await store.read(runId)).head).toBeNull()
      expect(newest).toMatchObject({ files: [head] })
      const kept = await store.readBackup(runId, newest?.id ?? '', head)
      expect(textOf(kept.bytes)).toBe('{"a":2}\n')
    })

    test('backups are listed, newest first, and read file by file', async () => {
      const store = await create()
      await writeRun(store, { head: '{"a":1}\n' })
      const writer = await store.open(runId, testing)
      const first = await writer.backup('one')
      const second = await writer.backup('two')
      await writer.release()

      expect(await store.backups(runId)).toEqual([second, first])
      expect(await store.backups(otherRunId)).toEqual([])
      expect(textOf((await store.readBackup(runId, first.id, head)).bytes)).toBe('{"a":1}\n')
      expect(await failureOf(store.readBackup(runId, first.id, 'x.json'))).toMatchObject({
        code: 'not-found',
      })
      expect(await failureOf(store.readBackup(runId, '../x', head))).toMatchObject({
        code: 'not-found',
      })
    })

    test('a document is moved to the backups and put back where no file is', async () => {
      const store = await create()
      await writeRun(store, { head: '{"old":1}\n' })
      const copy = await store.copyToBackup(head, { run: otherRunId, reason: 'copied' })
      expect(await failureOf(store.restoreDocument(otherRunId, copy.id))).toMatchObject({
        code: 'invalid-input',
      })
      const moved = await store.moveToBackup(head, { run: otherRunId, reason: 'migrated' })
      expect((await store.read(runId)).head).toBeNull()

      expect(await store.restoreDocument(otherRunId, moved.id)).toEqual([head])
      expect(textOf((await store.read(runId)).head?.bytes)).toBe('{"old":1}\n')
      expect(await failureOf(store.restoreDocument(otherRunId, 'none'))).toMatchObject({
        code: 'not-found',
      })
    })
  })

  describe(`${name}: trash`, () => {
    test('a run is taken away with its backups, and put back', async () => {
      const store = await create()
      await writeRun(store, { head: '{}\n' })
      const before = await store.read(runId)
      const writer = await store.open(runId, testing)
      const backup = await writer.backup('kept')
      const trashed = await writer.trash({ reason: 'old', workflow: 'deploy', keepDays: 30 })

      expect(trashed).toMatchObject({ run: runId, workflow: 'deploy', reason: 'old' })
      expect(Date.parse(trashed.expiresAt) - Date.parse(trashed.at)).toBe(30 * 86_400_000)
      expect(await store.list()).toEqual([])
      expect(await store.trashed()).toEqual([trashed])
      expect(await failureOf(store.read(runId))).toMatchObject({ code: 'not-found' })
      expect(await failureOf(writer.append([setVariable('x')], durable))).toMatchObject({
        code: 'locked',
      })

      expect(await store.restoreTrashed(trashed.id)).toBe(runId)
      expect(await store.trashed()).toEqual([])
      const after = await store.read(runId)
      expect({ ...after, files: [] }).toEqual({ ...before, files: [] })
      expect(await store.backups(runId)).toEqual([backup])
    })

    test('a run is not put back over one of the same id', async () => {
      const store = await create()
      await writeRun(store)
      const writer = await store.open(runId, testing)
      const trashed = await writer.trash({ reason: 'old', workflow: null, keepDays: 1 })
      await writeRun(store, { createdAt: '2026-02-02T00:00:00.000Z' })

      expect(await failureOf(store.restoreTrashed(trashed.id))).toMatchObject({
        code: 'invalid-input',
      })
      expect(await store.trashed()).toEqual([trashed])
      expect(await failureOf(store.restoreTrashed('none'))).toMatchObject({ code: 'not-found' })
    })
  })

  describe(`${name}: notices`, () => {
    test('tells which run changed, and nothing after it was asked to stop', async () => {
      const store = await create()
      await writeRun(store)
      const calls: (readonly string[] | null)[] = []
      const stop = store.watch((runs) => calls.push(runs))
      const writer = await store.open(runId, testing)
      await writer.append([setVariable('b')], durable)
      await expect.poll(() => calls.flat(), { timeout: 5000 }).toContain(runId)
      stop()
      const count = calls.length
      await writer.append([setVariable('c')], durable)
      await writer.release()
      await new Promise((resolve) => setTimeout(resolve, 250))

      expect(calls).toHaveLength(count)
    })

    test('many changes are told at most once per 100 ms', async () => {
      const store = await create()
      await writeRun(store)
      const calls: number[] = []
      const stop = store.watch(() => calls.push(performance.now()))
      const writer = await store.open(runId, testing)
      for (let index = 0; index < 40; index += 1) {
        await writer.append([setVariable('b')], durable)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      await writer.release()
      await expect.poll(() => calls.length, { timeout: 5000 }).toBeGreaterThan(0)
      stop()

      const gaps = calls.slice(1).map((time, index) => time - (calls[index] ?? 0))
      expect(gaps.filter((gap) => gap < 95)).toEqual([])
    })

    test('a run in a new day folder is noticed', async () => {
      const store = await create()
      const calls: (readonly string[] | null)[] = []
      const stop = store.watch((runs) => calls.push(runs))
      await writeRun(store)
      await expect.poll(() => calls.length, { timeout: 5000 }).toBeGreaterThan(0)
      const before = calls.length
      await writeRun(store, { run: otherRunId, createdAt: '2026-01-03T00:00:00.000Z' })
      await expect.poll(() => calls.length, { timeout: 5000 }).toBeGreaterThan(before)
      stop()
    })

    test('the operations log says what was requested and what was found', async () => {
      const store = await create()
      const operation = { call: 'runs.resume', item: runId, by: 'ana' }
      await store.logOperation({ ...operation, phase: 'requested', outcome: null })
      await store.logOperation({ ...operation, phase: 'observed', outcome: 'completed' })

      const log = textOf((await store.readDocument('.unstuck/operations.jsonl')).bytes)

      expect(
        log
          .trimEnd()
          .split('\n')
          .map((line): unknown => JSON.parse(line)),
      ).toEqual([
        { at: expect.any(String), ...operation, phase: 'requested', outcome: null },
        { at: expect.any(String), ...operation, phase: 'observed', outcome: 'completed' },
      ])
    })
  })
}

function createRun(store: Store, at = createdAt): Promise<RunWriter> {
  return store.create(runId, { ...testing, createdAt: at })
}

function repaired(dropped: { fromSeq: number; toSeq: number; bytes: number }): RecordBody {
  return { type: 'repaired', source: 'head', backup: null, dropped, by: 'ana', reason: null }
}

async function stampOf(store: Store): Promise<string> {
  const [entry] = await store.list()
  return entry?.stamp ?? ''
}

function textOf(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8')
}
