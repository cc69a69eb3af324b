// Real runs and files of every kind that a diagnosis tells apart: made by the executor and the store, some broken as a crash,
// a full disk or a person would break them. Nothing of them is put together by hand that a program would have written.
import { cp, lstat, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ServiceContext } from '../../../../electron/services/context.ts'
import { pauseRun } from '../../../../electron/services/pauseRun.ts'
import { nativeRef } from '../../../../electron/services/refs.ts'
import { startRun } from '../../../../electron/services/startRun.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import type { Ref } from '../../../../shared/contract/call.ts'
import { decodeHead } from '../../../../shared/core/codec/decodeHead.ts'
import { checksumStart, encodeHead } from '../../../../shared/core/codec/encodeHead.ts'
import { AppError } from '../../../../shared/errors.ts'
import type { RunId } from '../../../../shared/schema/ids.ts'
import type { Run } from '../../../../shared/schema/run.ts'
import { createWorkbench, now, sha256, until, type Workbench } from '../executor/workbench.ts'

/** Something that a person may look at, with the context in which it is looked at. */
export type Exhibit = {
  readonly name: string
  readonly context: ServiceContext
  readonly ref: Ref
}

export type Gallery = {
  readonly sick: readonly Exhibit[]
  readonly healthy: readonly Exhibit[]
  close(): Promise<void>
}

/** `live`: where runs are carried. `left`: where files lie as killed hosts have left them. */
type Rooms = { readonly live: Workbench; readonly left: Workbench }

export async function createGallery(): Promise<Gallery> {
  const rooms: Rooms = { live: await createWorkbench(), left: await createWorkbench() }
  const sick = [
    ...(await atRest(rooms.live)),
    ...(await definitions(rooms.live)),
    ...(await carried(rooms.live)),
    ...(await leftBehind(rooms)),
    ...(await documents(rooms.left)),
  ]
  return {
    sick,
    healthy: await healthyRuns(rooms.live),
    close: async () => {
      for (const live of rooms.live.executor.live()) await live.cancel('ada', 'the test is over')
      await rooms.left.close()
      await rooms.live.close()
    },
  }
}

async function atRest(bench: Workbench): Promise<readonly Exhibit[]> {
  const retried = await bench.run({
    load: {
      run: 'echo "refused by 10.0.0.$UNSTUCK_ATTEMPT"; exit 7',
      retry: { attempts: 3, delay: '1ms' },
    },
    mail: { run: 'true', needs: ['load'] },
    last: { run: 'true', needs: ['mail'] },
  })
  const large = await bench.run({ big: { run: 'echo a line of text', maxOutput: 5 } })
  const full = await bench.run({ save: { run: 'cat /etc/passwd > /dev/full' } })
  const many = await bench.run({
    each: { forEach: Array.from({ length: 23 }, (_, at) => at), run: 'exit 1' },
  })
  const cancelled = await bench.start({ hold: { run: 'sleep 300' } })
  await running(bench, cancelled, 'hold')
  await bench.executor.find(cancelled)?.cancel('ada', 'enough')
  const paused = await bench.start({ hold: { gate: {} } })
  await waiting(bench, paused, 'hold')
  await pauseRun(
    bench.context,
    { ref: nativeRef(bench.context, paused) },
    { signal: neverCancelled },
  )
  const locked = await bench.run({ a: { run: 'true' } })
  await bench.store.open(locked.id, { purpose: 'repair', controlSocket: null })
  const flawed = await bench.run({ a: { run: 'true' } })
  const journal = join(bench.root, bench.store.layout.journal(flawed.id))
  await writeFile(journal, '{"seq":', { flag: 'a' })
  return [
    show(bench, 'all attempts failed alike', retried.id),
    show(bench, 'an output that is too large', large.id),
    show(bench, 'a full disk', full.id),
    show(bench, 'very many failures', many.id),
    show(bench, 'cancelled', cancelled),
    show(bench, 'paused', paused),
    show(bench, 'locked at rest', locked.id),
    show(bench, 'a torn tail', flawed.id),
    { ...show(bench, 'not trusted', retried.id), context: untrusted(bench.context) },
    { ...show(bench, 'a clock that was set back', retried.id), context: later(bench.context, -2) },
  ]
}

async function definitions(bench: Workbench): Promise<readonly Exhibit[]> {
  const fails = { run: 'exit 3' }
  const changed = await runFile(bench, 'changed', { a: fails, b: { run: 'true', needs: ['a'] } })
  await writeDefinition(bench, 'changed', { a: { run: 'exit 4' }, c: { run: 'true' } })
  const gone = await runFile(bench, 'gone', { a: fails })
  await rm(join(bench.root, 'gone.json'))
  const circle = await rewritten(bench, 'circle', (steps) => ({
    ...steps,
    a: { ...steps['a'], needs: ['b'] },
    b: { ...steps['b'], needs: ['a'] },
  }))
  const missing = await rewritten(bench, 'missing', (steps) => ({
    ...steps,
    b: { ...steps['b'], needs: ['aa'] },
  }))
  return [
    show(bench, 'a definition that changed', changed),
    show(bench, 'a definition that is gone', gone),
    show(bench, 'a circle of steps', circle),
    show(bench, 'a step that needs none', missing),
  ]
}

/** A failed run of which another program rewrote the definition in its head, with a checksum that fits. */
async function rewritten(
  bench: Workbench,
  name: string,
  edit: (steps: Readonly<Record<string, object>>) => object,
): Promise<RunId> {
  const id = await runFile(bench, name, { a: { run: 'exit 3' }, b: { run: 'true', needs: ['a'] } })
  const path = join(bench.root, bench.store.layout.head(id))
  const head = decodeHead(await readFile(path, 'utf8'), sha256)
  if (head.kind !== 'ok' || head.run.workflow.definition === null) throw new Error('No sound head.')
  const { definition } = head.run.workflow
  const workflow = {
    ...head.run.workflow,
    definition: { ...definition, steps: edit(definition.steps) },
  }
  await writeFile(path, encodeHead({ ...head.run, workflow } as Run, sha256)) // steps as loose as a stranger writes them
  return id
}

/** Runs that this very process carries. */
async function carried(bench: Workbench): Promise<readonly Exhibit[]> {
  const gate = await bench.start({ ask: { gate: { who: 'the team' } } })
  await waiting(bench, gate, 'ask')
  const retry = await bench.start({ load: { run: 'exit 7', retry: { attempts: 2, delay: '1h' } } })
  await waiting(bench, retry, 'load')
  const slow = await slowRun(bench)
  const silent = await bench.start({ quiet: { run: 'sleep 300' } })
  await running(bench, silent, 'quiet')
  await writeDefinition(bench, 'child', { ask: { gate: { who: 'ada' } } })
  const parent = await bench.start({ part: { workflow: './child.json' } })
  await waiting(bench, parent, 'part')
  await until('the child asks', async () => (await childOf(bench, parent)) === 'waiting')
  const loops = await bench.start({
    load: {
      run: 'if [ "$UNSTUCK_ATTEMPT" = 4 ]; then sleep 300; fi; exit 7',
      retry: { attempts: 4, delay: '1ms' },
    },
  })
  await until('the fourth attempt runs', async () => {
    const attempts = (await bench.read(loops)).steps['load' as never]?.['attempts'] as unknown[] // of its schema
    return attempts.length === 4
  })
  return [
    show(bench, 'a gate', gate),
    show(bench, 'a retry', retry),
    { ...show(bench, 'a retry that is long due', retry), context: later(bench.context, 2) },
    { ...show(bench, 'far beyond its usual duration', slow), context: later(bench.context, 1) },
    { ...show(bench, 'no sign of progress', silent), context: later(bench.context, 1) },
    show(bench, 'a child that waits', parent),
    show(bench, 'a retry that fails alike', loops),
  ]
}

async function childOf(bench: Workbench, parent: RunId): Promise<string | null> {
  const on = (await bench.read(parent)).steps['part' as never]?.['waitingOn'] as {
    run: RunId
  } | null // of a child step
  if (on === null) return null
  try {
    return (await bench.read(on.run)).status
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return null
    throw error
  }
}

/** The fourth run of a workflow whose first three were quick. */
async function slowRun(bench: Workbench): Promise<RunId> {
  const steps = { work: { run: 'if [ -e slow ]; then sleep 300; fi' } }
  for (const _ of [1, 2, 3]) await runFile(bench, 'usual', steps)
  await writeFile(join(bench.root, 'slow'), '')
  const { ref } = await startRun(bench.context, { definition: 'usual.json', inputs: {} })
  const id = ref.document as RunId // a native reference
  await running(bench, id, 'work')
  return id
}

/** Files as a killed host leaves them, in a workspace of their own: no lock, and of the steps what their wrappers wrote. */
async function leftBehind(rooms: Rooms): Promise<readonly Exhibit[]> {
  const { live, left } = rooms
  const charge = { run: 'while [ ! -e "go-$UNSTUCK_RUN_ID" ]; do sleep 0.05; done' }
  const doubt = await live.start({ charge: { run: 'sleep 300' } })
  await running(live, doubt, 'charge')
  await began(live, doubt, 'charge')
  await take(rooms, doubt)
  await live.executor.find(doubt)?.cancel('ada', 'as a machine that is switched off')

  const neverBegan = await live.start({ charge: { run: 'sleep 300' } })
  await running(live, neverBegan, 'charge')
  await began(live, neverBegan, 'charge')
  await take(rooms, neverBegan)
  await live.executor.find(neverBegan)?.cancel('ada', 'as a machine that is switched off')
  await rm(join(left.root, left.store.layout.step(neverBegan, 'charge', 1), 'began'), {
    force: true,
  })

  const living = await live.start({ charge })
  await running(live, living, 'charge')
  await began(live, living, 'charge')
  await take(rooms, living)

  const finished = await live.start({ charge, hold: { gate: {} } })
  await running(live, finished, 'charge')
  await began(live, finished, 'charge')
  await take(rooms, finished)
  await writeFile(join(live.root, `go-${finished}`), '')
  await waiting(live, finished, 'hold')
  await keepReport(rooms, finished)

  const due = await live.start({ load: { run: 'exit 7', retry: { attempts: 2, delay: '1h' } } })
  await waiting(live, due, 'load')
  await take(rooms, due)
  const elsewhere = await live.start({ hold: { run: 'sleep 300' } })
  await running(live, elsewhere, 'hold')
  await began(live, elsewhere, 'hold')
  await take(rooms, elsewhere)
  await holdElsewhere(left, elsewhere)

  const done = await live.run({ a: { run: 'true' }, b: { run: 'true', needs: ['a'] } })
  await take(rooms, done.id)
  await cutBehind(left, done.id, 'stepSucceeded')
  await left.store.open(done.id, { purpose: 'run', controlSocket: null })
  const created = await live.run({ a: { run: 'true' } })
  await take(rooms, created.id)
  await cutBehind(left, created.id, 'runCreated')
  const broken = await live.run({ a: { run: 'true' } })
  await take(rooms, broken.id)
  await truncate(join(left.root, left.store.layout.head(broken.id)), 200)
  const newer = await live.run({ a: { run: 'true' } })
  await take(rooms, newer.id)
  const head = join(left.root, left.store.layout.head(newer.id))
  await sealAgain(head, (text) => text.replace('"version": 3', '"version": 9'))
  await rm(join(left.root, left.store.layout.journal(newer.id)))
  return [
    show(left, 'a step in doubt', doubt),
    show(left, 'a step that never began', neverBegan),
    show(left, 'a step that still runs', living),
    show(left, 'a step that finished unseen', finished),
    show(left, 'a retry that nobody makes', due),
    show(left, 'held on another machine', elsewhere),
    show(left, 'between two steps', done.id),
    show(left, 'never started', created.id),
    show(left, 'a broken head', broken.id),
    show(left, 'a newer version', newer.id),
  ]
}

/** Copies a run's files as they are at this moment. */
async function take({ live, left }: Rooms, run: RunId): Promise<void> {
  const { layout } = live.store
  for (const path of [layout.head(run), layout.journal(run)]) {
    await mkdir(dirname(join(left.root, path)), { recursive: true })
    await cp(join(live.root, path), join(left.root, path))
  }
  await cp(join(live.root, '.unstuck/steps', run), join(left.root, '.unstuck/steps', run), {
    recursive: true,
    // The wrapper's own pipe, as long as it needs it.
    filter: async (path) => !(await lstat(path)).isFIFO(),
  })
}

/** What the wrapper reported after its host was gone: a host that lives takes it away once it is recorded. */
async function keepReport({ left }: Rooms, run: RunId): Promise<void> {
  await writeFile(join(left.root, left.store.layout.step(run, 'charge', 1), 'exit'), '0\n')
}

async function holdElsewhere({ root, store }: Workbench, run: RunId): Promise<void> {
  const writer = await store.open(run, { purpose: 'run', controlSocket: null })
  const path = join(root, `.unstuck/locks/${run}.json`)
  const lock = JSON.parse(await readFile(path, 'utf8')) as object // as the store wrote it
  await writer.release()
  await writeFile(path, JSON.stringify({ ...lock, machineId: 'another', hostName: 'mill' }))
}

/** Cuts the journal behind the first record of this type, as a power cut would, and takes the head away. */
async function cutBehind({ root, store }: Workbench, run: RunId, type: string): Promise<void> {
  const { journal } = await store.read(run)
  const found = journal?.records.find(({ record }) => record.type === type)
  if (found === undefined) throw new Error(`Run ${run} has no ${type}.`)
  await truncate(join(root, store.layout.journal(run)), found.offset + found.sizeBytes)
  await rm(join(root, store.layout.head(run)))
}

/** Changes a head as another program would: with a checksum that fits. */
async function sealAgain(path: string, edit: (text: string) => string): Promise<void> {
  const [covered = ''] = (await readFile(path, 'utf8')).split(checksumStart)
  const text = edit(covered)
  await writeFile(path, `${text}${checksumStart}${sha256(text)}"\n}\n`)
}

async function documents(bench: Workbench): Promise<readonly Exhibit[]> {
  const fixtures = join(import.meta.dirname, '../../../fixtures')
  await cp(
    join(fixtures, 'versions/1/deploy-20250102-101500.json'),
    join(bench.root, 'runs/v1.json'),
  )
  await cp(join(fixtures, 'foreign/awf/failed.json'), join(bench.root, 'runs/awf.json'))
  await cp(join(fixtures, 'foreign/awf/failed.json'), join(bench.root, 'runs/large.json'))
  await truncate(join(bench.root, 'runs/large.json'), 17 * 1024 * 1024)
  await writeFile(join(bench.root, 'runs/empty.json'), '')
  const old = JSON.parse(await readFile(join(bench.root, 'runs/v1.json'), 'utf8')) as object // a document of version 1
  const text = (more: object) => JSON.stringify({ ...old, ...more })
  const built = { build: { status: 'completed', output: 'ok' } }
  await writeFile(join(bench.root, 'runs/said.json'), text({ status: 'running', states: built }))
  await writeFile(join(bench.root, 'runs/why.json'), text({ status: 'failed', states: built }))
  const document = (name: string, format: Ref['format']): Exhibit => ({
    name,
    context: bench.context,
    ref: {
      workspace: bench.context.workspace.id,
      format,
      document: `runs/${name}.json`,
      item: null,
    },
  })
  return [
    document('v1', 'unstuck-v1'),
    document('said', 'unstuck-v1'),
    document('why', 'unstuck-v1'),
    document('awf', 'awf'),
    document('large', 'awf'),
    document('empty', 'unknown'),
  ]
}

async function healthyRuns(bench: Workbench): Promise<readonly Exhibit[]> {
  const plain = await bench.run({ a: { run: 'echo ok' }, b: { run: 'true', needs: ['a'] } })
  const retried = await bench.run({
    a: { run: 'test "$UNSTUCK_ATTEMPT" = 3', retry: { attempts: 3, delay: '1ms' } },
  })
  const passedOver = await bench.run({
    a: { run: 'exit 1', continueOnError: true, retry: { attempts: 2, delay: '1ms' } },
    b: { run: 'true', needs: ['a'], when: 'false' },
    each: { forEach: [1, 2, 3], run: 'true' },
  })
  await writeDefinition(bench, 'sound', { a: { run: 'true' } })
  const parent = await bench.run({ part: { workflow: './sound.json' } })
  const busy = await bench.start({ a: { run: 'sleep 300' } })
  await running(bench, busy, 'a')
  await writeDefinition(bench, 'busy', { a: { run: 'sleep 300' } })
  const above = await bench.start({ part: { workflow: './busy.json' } })
  await until('the child runs', async () => (await childOf(bench, above)) === 'running')
  const first = await bench.start({ a: { run: 'exit 7', retry: { attempts: 3, delay: '1h' } } })
  await waiting(bench, first, 'a')
  const timed = await bench.start({ later: { wait: '1h' } })
  await waiting(bench, timed, 'later')
  const file = await runFile(bench, 'good', { a: { run: 'true' } })
  return [
    show(bench, 'completed', plain.id),
    show(bench, 'completed at the third attempt', retried.id),
    show(bench, 'completed past a failure', passedOver.id),
    show(bench, 'completed with a child', parent.id),
    show(bench, 'running', busy),
    show(bench, 'running with a child', above),
    show(bench, 'before its second attempt', first),
    show(bench, 'before its time', timed),
    show(bench, 'completed from a file', file),
    { ...show(bench, 'completed, not trusted', plain.id), context: untrusted(bench.context) },
    { ...show(bench, 'completed long ago', plain.id), context: later(bench.context, 24 * 100) },
  ]
}

function show(bench: Workbench, name: string, run: RunId): Exhibit {
  return { name, context: bench.context, ref: nativeRef(bench.context, run) }
}

/** The same some hours later, or earlier. */
export function later(context: ServiceContext, hours: number): ServiceContext {
  return { ...context, now: () => new Date(Date.parse(now()) + hours * 3_600_000).toISOString() }
}

function untrusted(context: ServiceContext): ServiceContext {
  return { ...context, trust: { ...context.trust, isTrusted: async () => false } }
}

async function writeDefinition({ root }: Workbench, name: string, steps: object): Promise<void> {
  await writeFile(join(root, `${name}.json`), JSON.stringify({ name, steps }))
}

/** Runs a workflow from a file of its own to its rest. */
export async function runFile(bench: Workbench, name: string, steps: object): Promise<RunId> {
  await writeDefinition(bench, name, steps)
  const { ref } = await startRun(bench.context, { definition: `${name}.json`, inputs: {} })
  const id = ref.document as RunId // a native reference
  await bench.executor.find(id)?.done
  return id
}

const statusOf = async (bench: Workbench, run: RunId, step: string) =>
  (await bench.read(run)).steps[step as never]?.['status']

/** Its process is recorded. */
export async function running(bench: Workbench, run: RunId, step: string): Promise<void> {
  await until(`${step} runs`, async () => (await statusOf(bench, run, step)) === 'running')
}

async function waiting(bench: Workbench, run: RunId, step: string): Promise<void> {
  await until(`${step} waits`, async () => (await statusOf(bench, run, step)) === 'waiting')
}

async function began(bench: Workbench, run: RunId, step: string): Promise<void> {
  const path = join(bench.root, bench.store.layout.step(run, step, 1), 'began')
  await until(`${step} began`, () => readFile(path).then(Boolean, () => false))
}
