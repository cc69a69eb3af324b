import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { cancelRun } from '../../../../electron/services/cancelRun.ts'
import { pauseRun } from '../../../../electron/services/pauseRun.ts'
import { startRun } from '../../../../electron/services/startRun.ts'
import { waitRun } from '../../../../electron/services/waitRun.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import { createWorkbench, until, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
afterEach(() => bench.close())

const signal = neverCancelled
const quiet = { signal, progress: () => undefined }

async function start(
  steps: object,
  inputs: object = {},
): Promise<{ ref: ReturnType<typeof refOf>; id: RunId }> {
  const text = JSON.stringify({ name: 'My Flow!', inputs: { region: 'eu', size: 1 }, steps })
  await writeFile(join(bench.root, 'flow.json'), text.replace(' Flow!', ' Flow'))
  const { ref } = await startRun(bench.context, {
    definition: 'flow.json',
    inputs: inputs as never,
  })
  return { ref: refOf(ref.document), id: RunId.parse(ref.document) }
}

function refOf(document: string) {
  return { workspace: 'bench', format: 'unstuck', document, item: null } as const
}

describe('starting a run', () => {
  test('[E23] nothing is executed in a workspace that is not trusted', async () => {
    bench = await createWorkbench({ trusted: false })
    await expect(start({ a: { run: 'echo > a.done' } })).rejects.toMatchObject({
      code: 'untrusted',
      message: 'This workspace is not trusted, so nothing in it is executed.',
    })
    expect((await bench.store.list()).filter(({ run }) => run !== null)).toEqual([])
  })

  test('[E23] its first records and its head are there when it returns', async () => {
    bench = await createWorkbench()
    const { id } = await start({ a: { run: 'sleep 0.3' } }, { region: 'us' })
    expect(id).toMatch(/^my-flow-\d{8}t\d{6}z-[a-z0-9]{6}$/)
    const run = await bench.read(id)
    expect(run).toMatchObject({
      status: 'running',
      inputs: { region: 'us', size: 1 },
      workflow: { name: 'My Flow', source: join(bench.root, 'flow.json') },
      place: { user: 'ada', folder: bench.root },
      checkpoints: [{ name: 'start', trigger: 'start' }],
    })
    expect((await bench.store.read(id)).head).not.toBeNull()
    await bench.executor.find(id)?.done
    const operations = (await bench.text('.unstuck/operations.jsonl')).trim().split('\n')
    expect(operations.map((line) => (JSON.parse(line) as { phase: string }).phase)).toEqual([
      'requested',
      'observed',
    ])
  })

  test('[E23] an input that the workflow does not have is refused', async () => {
    bench = await createWorkbench()
    await expect(start({ a: { run: 'true' } }, { regoin: 'us' })).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'The workflow My Flow has no input `regoin`. Did you mean `region`?',
    })
  })
})

describe('waiting for a run', () => {
  test('[E24] says each record once and returns when the lock is free', async () => {
    bench = await createWorkbench()
    const { ref, id } = await start({ a: { run: 'sleep 0.2' }, b: { run: 'exit 4', needs: ['a'] } })
    const said: string[] = []
    const result = await waitRun(
      bench.context,
      { ref },
      {
        signal,
        progress: ({ seq, sentence, step }) => said.push(`${seq} ${step ?? '-'} ${sentence}`),
      },
    )
    expect(result).toEqual({
      status: 'failed',
      liveness: 'none',
      error: 'The command of step b ended with exit code 4.',
    })
    expect(said).toEqual([
      '2 - The run started.',
      '3 - Checkpoint start was made.',
      '4 a a started, attempt 1.',
      '5 a a succeeded.',
      '6 a Checkpoint a was made after a.',
      '7 b b started, attempt 1.',
      '8 b b failed, attempt 1: The command of step b ended with exit code 4.',
      '9 - The run failed: The command of step b ended with exit code 4.',
    ])
    expect((await bench.store.read(id)).holder).toBeNull()
  })

  test('[E24] a run that nobody carries is not waited for', async () => {
    bench = await createWorkbench()
    const { ref } = await start({ a: { run: 'sleep 0.5' } })
    await bench.executor.close()
    expect(await waitRun(bench.context, { ref }, quiet)).toEqual({
      status: 'running',
      liveness: 'interrupted',
      error: null,
    })
  })

  test('[E24] why a run was not carried on is told', async () => {
    let appends = 0
    bench = await createWorkbench({
      wrapWriter: (writer) => ({
        ...writer,
        append: async (bodies, how) => {
          appends += 1
          if (appends === 3) throw new Error('the disk is full')
          return writer.append(bodies, how)
        },
      }),
    })
    const { ref } = await start({ a: { run: 'true' } })
    expect(await waitRun(bench.context, { ref }, quiet)).toEqual({
      status: 'running',
      liveness: 'interrupted',
      error: 'Unexpected failure: the disk is full',
    })
  })

  test('[E24] can be given up', async () => {
    bench = await createWorkbench()
    const { ref } = await start({ a: { run: 'sleep 60' } })
    const giveUp = new AbortController()
    setTimeout(() => giveUp.abort(), 50)
    await expect(
      waitRun(bench.context, { ref }, { signal: giveUp.signal, progress: () => undefined }),
    ).rejects.toMatchObject({ code: 'cancelled' })
    await cancelRun(bench.context, { ref, reason: null }, { signal })
  })
})

describe('controlling a run', () => {
  test('[E25] another host pauses it through its holder, and reads that back', async () => {
    bench = await createWorkbench()
    const { ref } = await start({
      a: { run: 'echo > a.began; sleep 0.3' },
      b: { run: 'true', needs: ['a'] },
    })
    const other = await bench.another()
    await until('a began', async () => (await bench.text('a.began').catch(() => '')) !== '')
    expect(await pauseRun(other.context, { ref }, { signal })).toEqual({
      status: 'paused',
      observed: true,
    })
    expect(await pauseRun(other.context, { ref }, { signal })).toEqual({
      status: 'paused',
      observed: true,
    })
    expect(await cancelRun(other.context, { ref, reason: 'not needed' }, { signal })).toEqual({
      status: 'cancelled',
      observed: true,
    })
    await expect(pauseRun(other.context, { ref }, { signal })).rejects.toMatchObject({
      code: 'invalid-input',
    })
    await other.close()
  })

  test('[E25] cancelling a run that nobody carries ends the steps that outlived their host', async () => {
    bench = await createWorkbench()
    const { ref, id } = await start({ a: { run: 'echo > a.began; sleep 60' } })
    await until('a began', async () => (await bench.text('a.began').catch(() => '')) !== '')
    await bench.executor.close()
    const other = await bench.another()
    await expect(pauseRun(other.context, { ref }, { signal })).rejects.toMatchObject({
      message: `Nobody carries run ${id}, so there is nothing to pause. Resume it, or cancel it.`,
    })
    expect(await cancelRun(other.context, { ref, reason: null }, { signal })).toEqual({
      status: 'cancelled',
      observed: true,
    })
    expect((await other.read(id)).steps['a' as never]).toMatchObject({ status: 'cancelled' })
    await other.close()
  })
})
