import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import {
  compareCheckpoints,
  patchBetween,
} from '../../../../electron/services/compareCheckpoints.ts'
import { findDivergence } from '../../../../electron/services/findDivergence.ts'
import { openRun, readSteps } from '../../../../electron/services/openRun.ts'
import { queryRuns } from '../../../../electron/services/queryRuns.ts'
import { readState, readStateValue } from '../../../../electron/services/readState.ts'
import { readHistory } from '../../../../electron/services/readHistory.ts'
import { readRecords } from '../../../../electron/services/readRecords.ts'
import { searchState } from '../../../../electron/services/searchState.ts'
import { compareCalls } from '../../../../shared/contract/compare.ts'
import { readingCalls } from '../../../../shared/contract/reading.ts'
import { runCalls } from '../../../../shared/contract/runReading.ts'
import { listCalls } from '../../../../shared/contract/runList.ts'
import type { RunView } from '../../../../shared/contract/runs.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import { withSecondRun } from '../../shared/core/formats/multyagents/stores.ts'
import { openForeignBench, type ForeignBench } from './foreignBench.ts'

const failed = 'states/11111111-aaaa-4aaa-8aaa-111111111111.json'
const completed = 'states/22222222-bbbb-4bbb-8bbb-222222222222.json'
const options = { signal: neverCancelled, progress: () => undefined }

describe('runs of another engine in the list', () => {
  test('[F191] have a row with status, workflow, steps and the first reason', async () => {
    const bench = await openForeignBench('awf')

    const rows = await list(bench)

    expect(rows.find(({ ref }) => ref.document === completed)).toMatchObject({
      ref: { format: 'awf', item: null },
      workflow: 'deploy',
      status: 'completed',
      health: 'ok',
      liveness: 'none',
      stepsDone: 3,
      stepsTotal: 3,
      format: 'AWF state',
    })
    expect(rows.find(({ ref }) => ref.document.includes('truncated'))).toMatchObject({
      health: 'damaged',
      reason: { severity: 'stuck', sentence: expect.stringMatching(/^Damaged: /) },
    })
  })

  test('[F193] [F194] show the word of the document, and never take "running" for a living process', async () => {
    const bench = await openForeignBench('awf')
    await change(bench, completed, (text) => text.replace('"completed"', '"bogus"'))
    await change(bench, failed, (text) => text.replace(/"Status": "\w+"/, '"Status": "running"'))

    const rows = await list(bench)

    expect(rows.find(({ ref }) => ref.document === completed)?.status).toBe('bogus')
    expect(rows.find(({ ref }) => ref.document === failed)).toMatchObject({
      status: 'running',
      liveness: 'unknown',
    })
    const detail = await openRun(bench.context, { ref: bench.ref('awf', completed) })
    expect(detail.run?.status).toBe('bogus')
    expect(detail.foreign?.said.status).toBe('bogus')
  })
})

describe('a run of another engine that is opened', () => {
  test('[F191] tells its steps, findings, diagnoses and the files that belong to it', async () => {
    const bench = await openForeignBench('awf')
    const ref = bench.ref('awf', completed)

    const detail = await openRun(bench.context, { ref })

    expect(detail).toMatchObject({ health: 'ok', foreign: { engine: 'AWF', role: 'run' } })
    expect(detail.run?.steps.map(({ id, status }) => [id, status])).toEqual([
      ['build', 'succeeded'],
      ['test', 'succeeded'],
      ['release', 'succeeded'],
    ])
    expect(detail.files[0]).toMatchObject({ path: completed, kind: 'document' })
    expect(detail.files.length).toBeGreaterThan(1)
    const steps = await readSteps(bench.context, { ref, offset: 1, limit: 1 })
    expect(steps).toMatchObject({ steps: [{ id: 'test' }], total: 3 })
  })

  test('[F195] shows its own text: lexemes of numbers, in the order of the document', async () => {
    const bench = await openForeignBench('awf')
    await change(bench, completed, (text) =>
      text.replace(
        '"replicas": 3',
        '"replicas": 7.0,\n    "10": 9007199254740993,\n    "2": 1e400',
      ),
    )
    const ref = bench.ref('awf', completed)
    const input = (pointer: string) => ({ ref, checkpoint: null, pointer, offset: 0, limit: 100 })

    const { node, children } = await readState(bench.context, input('/Inputs'))

    expect(node).toMatchObject({ type: 'object', size: 5, preview: '{5}' })
    expect(children.map(({ key, type, preview }) => [key, type, preview])).toEqual([
      ['api_token', 'string', '""'],
      ['env', 'string', '"prod"'],
      ['replicas', 'number', '7.0'],
      ['10', 'number', '9007199254740993'],
      ['2', 'number', '1e400'],
    ])
    const value = await readStateValue(bench.context, {
      ...input('/Inputs/replicas'),
      limitBytes: 100,
    })
    expect(value.text).toBe('7.0')
    await expect(readState(bench.context, input('/nowhere'))).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('[F197] its numbers are found and compared as they are written', async () => {
    const bench = await openForeignBench('awf')
    await change(bench, completed, (text) => text.replace('"replicas": 3', '"replicas": 7.0'))
    await change(bench, failed, (text) =>
      text.replace(/"replicas": \d+/, '"replicas": 9007199254740993'),
    )
    const [left, right] = [completed, failed].map((document) => ({
      ref: bench.ref('awf', document),
      checkpoint: null,
    }))
    if (left === undefined || right === undefined) throw new Error('Both sides are there.')

    const found = await searchState(
      bench.context,
      readingCalls['state.search'].input.parse({ ref: right.ref, query: '740993' }),
      options,
    )
    expect(found.matches).toMatchObject([
      {
        node: { pointer: '/Inputs/replicas', preview: '9007199254740993' },
        excerpt: '9007199254740993',
      },
    ])

    const compared = await compareCheckpoints(
      bench.context,
      compareCalls['checkpoint.compare'].input.parse({ left, right, under: '/Inputs/replicas' }),
      options,
    )
    expect(compared.changes).toMatchObject([
      { path: '/Inputs/replicas', before: '7.0', after: '9007199254740993' },
    ])
    const patch = await patchBetween(
      bench.context,
      compareCalls['checkpoint.patch'].input.parse({ left, right }),
      options,
    )
    expect(patch.text).toContain('"value": 9007199254740993')
  })

  test('[F199] two runs of an engine are laid beside each other step by step', async () => {
    const bench = await openForeignBench('awf')
    await bench.put('awf/failed.json', failed)
    const sides = {
      left: { ref: bench.ref('awf', completed), checkpoint: null },
      right: { ref: bench.ref('awf', failed), checkpoint: null },
    }

    const found = await findDivergence(
      bench.context,
      compareCalls['run.divergence'].input.parse(sides),
      options,
    )

    expect(found.sameWorkflow).toBe(true)
    expect(found.first?.step).toBe('test')
  })
})

describe('a compressed document', () => {
  test.each([
    ['gz', gzipSync],
    ['zst', zstdCompressSync],
  ] as const)('[F190] is read when its name ends in .%s', async (ending, pack) => {
    const bench = await openForeignBench('awf')
    const path = `states/packed.json.${ending}`
    await writeFile(join(bench.root, path), pack(await readFile(join(bench.root, completed))))
    await rm(join(bench.root, completed))

    const detail = await openRun(bench.context, { ref: bench.ref('awf', path) })

    expect(detail.run?.workflow.name).toBe('deploy')
  })

  test('[F190] that was cut, or holds too much, says so', async () => {
    const bench = await openForeignBench('awf')
    const packed = gzipSync(await readFile(join(bench.root, completed)))
    await writeFile(join(bench.root, 'cut.json.gz'), packed.subarray(0, packed.length / 2))
    await writeFile(join(bench.root, 'bomb.json.gz'), gzipSync(Buffer.alloc(40_000_000, ' ')))

    const [cut, bomb] = await Promise.all(
      ['cut.json.gz', 'bomb.json.gz'].map((path) =>
        openRun(bench.context, { ref: bench.ref('awf', path) }),
      ),
    )

    expect(cut?.findings).toMatchObject([
      { rule: 'F190', sentence: expect.stringContaining('cut') },
    ])
    expect(bomb?.findings).toMatchObject([
      { rule: 'F190', sentence: expect.stringContaining('too many to be read at once') },
    ])
  })
})

async function list(bench: ForeignBench, view: RunView = 'all') {
  const input = listCalls['run.list'].input.parse({ view })
  return (await queryRuns(bench.context, input, options)).rows
}

async function change(
  bench: ForeignBench,
  path: string,
  by: (text: string) => string,
): Promise<void> {
  const file = join(bench.root, path)
  const text = await readFile(file, 'utf8')
  const changed = by(text)
  expect(changed).not.toBe(text)
  await writeFile(file, changed)
}

describe('documents that stand for one run', () => {
  test('[L241] a workflow in JSON stands among the parts, with the way to start it', async () => {
    const bench = await openForeignBench('awf')
    const steps = { build: { run: 'make' }, ship: { run: 'ship', needs: ['build'] } }
    await writeFile(join(bench.root, 'release.json'), JSON.stringify({ name: 'release', steps }))
    const documents = async (view: RunView) =>
      (await list(bench, view)).map(({ ref }) => ref.document)

    expect(await documents('all')).not.toContain('release.json')
    expect(await documents('attention')).not.toContain('release.json')
    expect(await documents('parts')).toContain('release.json')
    const ref = { ...bench.ref('awf', 'release.json'), format: 'unknown' } as const
    const opened = await openRun(bench.context, { ref })
    expect(opened).toMatchObject({
      health: 'part',
      run: null,
      diagnoses: [{ rule: 'G2', severity: 'resting', action: { kind: 'start', label: 'Run…' } }],
    })
  })

  const folder = '.tapps-agents/workflow-state'
  const [older, newer] = ['37', '38'].map(
    (second) => `${folder}/full-sdlc-20260130-091500-20261121-0831${second}.json`,
  )

  test('[F215] [F192] have one row, that of the last; the others are parts, until it goes', async () => {
    const bench = await openForeignBench('tapps/healthy-mixed')
    const documents = async (view: RunView) =>
      (await list(bench, view)).map(({ ref }) => ref.document)

    expect(await documents('all')).toContain(newer)
    expect(await documents('all')).not.toContain(older)
    expect(await documents('parts')).toContain(older)
    expect(await documents('parts')).toContain(`${folder}/last.json`)

    await rm(join(bench.root, newer ?? ''))
    expect(await documents('all')).toContain(older)

    await bench.put(`sets/tapps/healthy-mixed/${newer ?? ''}`, newer ?? '')
    expect(await documents('all')).toContain(newer)
    expect(await documents('all')).not.toContain(older)
  })

  test('[F198] opens the others as its checkpoints, to look into and to compare', async () => {
    const bench = await openForeignBench('tapps/healthy-mixed')
    const ref = bench.ref('tapps', newer ?? '')
    const { run } = await openRun(bench.context, { ref })
    const [first] = run?.checkpoints ?? []
    if (first === undefined) throw new Error('There is a state beside it.')
    const at = (checkpoint: string | null) => ({ ref, checkpoint })

    const { node } = await readState(bench.context, {
      ...at(first.id),
      pointer: '/workflow_id',
      offset: 0,
      limit: 10,
    })
    const compared = await compareCheckpoints(
      bench.context,
      compareCalls['checkpoint.compare'].input.parse({ left: at(first.id), right: at(null) }),
      options,
    )

    expect(node.preview).toBe('"full-sdlc-20260130-091500"')
    expect(compared.total).toBeGreaterThanOrEqual(0)
    await expect(
      readState(bench.context, { ...at('nowhere'), pointer: '', offset: 0, limit: 1 }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })
})

async function checkpointsOf(bench: ForeignBench, document: string) {
  return (await list(bench)).find(({ ref }) => ref.document === document)?.checkpoints
}

describe('a file beside a document of another engine', () => {
  const states = '.tapps-agents/workflow-state'
  test.each([
    ['awf', completed, `${completed}.4242.1795249807000000000.tmp`],
    [
      'marsys/legacy-v0.2',
      'sessions/session_analysis_123.json',
      'checkpoints/checkpoint_analysis_123_after_initial_analysis_1795249807.json',
    ],
    ['multyagents', 'api-state.failed.json', 'api-state.failed.json.tmp'],
    [
      'tapps/healthy-mixed',
      `${states}/quality-20260127-070707-20261121-083138.json`,
      `${states}/history/quality-20260127-070707-20261121-083138.json`,
    ],
  ])('[F282] of %s that comes or goes is in its row', async (set, document, beside) => {
    const bench = await openForeignBench(set)
    const path = join(bench.root, beside)
    const text = await readFile(path).catch(() => readFile(join(bench.root, document)))
    await rm(path, { force: true })
    const without = await checkpointsOf(bench, document)

    await writeFile(path, text)
    const given = await checkpointsOf(bench, document)
    await rm(path)

    expect(given).toBe((without ?? 0) + 1)
    expect(await checkpointsOf(bench, document)).toBe(without)
  })
})

test('[F284] a store of several runs is found by the name and the id of any of them', async () => {
  const bench = await openForeignBench('multyagents')
  await change(bench, 'api-state.failed.json', withSecondRun)
  const found = async (text: string) => {
    const input = listCalls['run.list'].input.parse({ view: 'all', text })
    const { rows } = await queryRuns(bench.context, input, options)
    return rows.map(({ ref, workflow }) => [ref.document, workflow])
  }

  const row = ['api-state.failed.json', 'Feature delivery · run 1, Run 2']
  expect(await found('run 2')).toContainEqual(row)
  expect(await found('feature delivery')).toContainEqual(row)
  const { diagnoses } = await openRun(bench.context, {
    ref: bench.ref('multyagents', 'api-state.failed.json'),
  })
  expect(diagnoses[0]?.sentence).toMatch(/^2 runs: 2 stuck/)
})

test('[F214] the log of an engine is the history of its run', async () => {
  const bench = await openForeignBench('multyagents')
  const store = 'api-state.failed.json'
  const { foreign } = await openRun(bench.context, { ref: bench.ref('multyagents', store) })
  const item = foreign?.items[0]?.item ?? ''
  const ref = bench.ref('multyagents', store, item)

  const newest = await readHistory(
    bench.context,
    runCalls['run.history'].input.parse({ ref, limit: 2 }),
  )
  const lines = await readRecords(
    bench.context,
    readingCalls['run.records'].input.parse({ ref, limit: 2 }),
    options,
  )
  const oldest = await readHistory(
    bench.context,
    runCalls['run.history'].input.parse({ ref, descending: false, fromSeq: 2, limit: 1 }),
  )

  expect(newest.total).toBeGreaterThan(2)
  expect(newest.records.map(({ seq }) => seq)).toEqual([newest.total, newest.total - 1])
  expect(newest.nextSeq).toBe(newest.total - 2)
  expect(lines.lines.map((line) => line.kind === 'record' && line.seq)).toEqual([
    newest.total,
    newest.total - 1,
  ])
  expect(oldest.records.map(({ seq }) => seq)).toEqual([2])
  const detail = await openRun(bench.context, { ref })
  expect(detail.foreign?.events).toBe(newest.total)
  expect(detail.run?.steps.length).toBeGreaterThan(0)
})

test('[F214] pages of the entries of one kind go on where the page before ended', async () => {
  const bench = await openForeignBench('multyagents')
  const store = 'api-state.failed.json'
  const { foreign } = await openRun(bench.context, { ref: bench.ref('multyagents', store) })
  const ref = bench.ref('multyagents', store, foreign?.items[0]?.item ?? '')
  const page = async (input: object) => {
    const asked = readingCalls['run.records'].input.parse({ ref, limit: 1, ...input })
    const { lines, next } = await readRecords(bench.context, asked, options)
    return { seqs: lines.map((line) => line.kind === 'record' && line.seq), next }
  }
  const all = await readHistory(bench.context, runCalls['run.history'].input.parse({ ref }))
  const [type = ''] = all.records
    .map((record) => record.type)
    .filter((one, index, types) => types.indexOf(one) !== index)
  const seqs = all.records.filter((record) => record.type === type).map(({ seq }) => seq)

  const newest = await page({ types: [type] })
  const before = await page({ types: [type], from: newest.next })
  const oldest = await page({ types: [type], descending: false })

  expect(seqs.length).toBeGreaterThan(1)
  expect([...newest.seqs, ...before.seqs]).toEqual(seqs.slice(0, 2))
  expect(oldest).toMatchObject({ seqs: [seqs.at(-1)] })
})
