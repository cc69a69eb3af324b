import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { planResumeOf } from '../../../../electron/services/planResumeOf.ts'
import { startResume } from '../../../../electron/services/startResume.ts'
import { encodeHead } from '../../../../shared/core/codec/encodeHead.ts'
import { awf } from '../../../../shared/core/formats/awf/awf.ts'
import type { FileSet } from '../../../../shared/core/formats/format.ts'
import { replay } from '../../../../shared/core/run/replay.ts'
import type { HandlerInput } from '../../../../shared/contract/contract.ts'
import { StepId } from '../../../../shared/schema/ids.ts'
import type { Run } from '../../../../shared/schema/run.ts'
import { createWorkbench, now, sha256, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
afterEach(() => bench.close())

const fixture = (path: string) =>
  readFileSync(new URL(`../../../fixtures/foreign/${path}`, import.meta.url), 'utf8')

const document = 'states/11111111-aaaa-4aaa-8aaa-111111111111.json'

function setOf(text: string): FileSet {
  const files = [{ path: document, sizeBytes: text.length, modifiedAt: now() }]
  return { document, item: null, files, texts: new Map([[document, text]]) }
}

/** Makes a run of a state, as an import does, and writes it into the workspace. */
async function imported(set: FileSet, definition: string): Promise<Run> {
  const options = { definition, commands: {}, id: 'imported' }
  const made = awf.toRun(set, options, { sha256, now: now() })
  if (made.kind === 'refused') throw new Error(made.problems.join(' '))
  const run = { ...made.run, place: { ...made.run.place, folder: bench.root } }
  const opening = { purpose: 'run', controlSocket: null, createdAt: now() } as const
  const writer = await bench.store.create(run.id, opening)
  const records = await writer.append([{ type: 'runCreated', run }], { durable: true })
  const written = replay(records.map((record) => ({ kind: 'known', record })))
  if (written === null) throw new Error('The run has no state.')
  await writer.replaceHead(encodeHead(written, sha256))
  await writer.release()
  return bench.read(run.id)
}

async function resumed(
  run: Run,
  decisions: HandlerInput<'resume.plan'>['decisions'] = {},
): Promise<Run> {
  const input: HandlerInput<'resume.plan'> = {
    ref: { workspace: 'bench', format: 'unstuck', document: run.id, item: null },
    from: null,
    fork: false,
    inputs: null,
    decisions,
    definition: 'recorded',
    stopAfter: null,
    asOf: null,
  }
  const { digest, rev, asOf } = await planResumeOf(bench.context, input)
  await startResume(bench.context, { ...input, digest, rev, asOf })
  await bench.executor.find(run.id)?.done
  return bench.read(run.id)
}

const statuses = ({ steps }: Run) =>
  Object.fromEntries(Object.entries(steps).map(([name, { status }]) => [name, status]))

test('[F42] a failed run of AWF with its transitions is imported, fails as before, and finishes', async () => {
  bench = await createWorkbench()
  const ready = join(bench.root, 'ready')
  const definition = fixture('sets/awf/workflows/deploy.yaml').replace(
    '/var/tmp/awf-seed-ok',
    `"${ready}"`,
  )
  const original = setOf(fixture('awf/failed.json'))
  const run = await imported(original, definition)
  expect([run.status, statuses(run)]).toEqual([
    'failed',
    { build: 'succeeded', test: 'failed', release: 'pending' },
  ])
  expect(awf.fromRun(original, run, { sha256, now: now() })).toMatchObject({
    changes: [{ path: document, text: fixture('awf/failed.json') }],
  })

  const failed = await resumed(run)
  expect([failed.status, statuses(failed)]).toEqual([
    'failed',
    { build: 'succeeded', test: 'failed', release: 'skipped' },
  ])

  await writeFile(ready, '')
  const completed = await resumed(failed)
  expect([completed.status, statuses(completed)]).toEqual([
    'completed',
    { build: 'succeeded', test: 'succeeded', release: 'succeeded' },
  ])
  expect(completed.steps).toMatchObject({
    build: { attempts: [{ number: 1 }] },
    test: { output: 'tests-ok', attempts: [{}, {}, { number: 3 }] },
    release: { output: 'released staging' },
  })

  const back = awf.fromRun(original, completed, { sha256, now: now() })
  if (back.kind === 'refused') throw new Error(back.problems.join(' '))
  const text = back.changes[0]?.text ?? ''
  expect(awf.read(setOf(text), { sha256, now: now() })).toMatchObject({
    said: {
      status: 'completed',
      steps: { build: 'completed', test: 'completed', release: 'completed' },
    },
    findings: [{ rule: 'F29' }],
  })
  expect(text).toContain('"CurrentStep": "done"')
  expect(text).toContain('"replicas": 9007199254740993')
})

test('[F42] a run that was killed asks about the step that may have begun', async () => {
  bench = await createWorkbench()
  const definition = fixture('sets/awf/workflows/nofail.yaml')
    .replaceAll('/var/tmp', bench.root)
    .replace('sleep 2; ', '')
  const text = fixture('sets/awf/states/33333333-cccc-4ccc-8ccc-333333333333.json')
    .replace('"cancelled"', '"running"')
    .replace('"CurrentStep": "slow"', '"CurrentStep": "build"')
    .replace(/,\n {4}"slow": \{[^}]*\}/, '')
  const run = await imported(setOf(text), definition)
  expect(statuses(run)).toEqual({ build: 'succeeded', slow: 'running' })
  await expect(resumed(run)).rejects.toThrow('Decide about slow')
  const completed = await resumed(run, { [StepId.parse('slow')]: { kind: 'rerun' } })
  expect([completed.status, statuses(completed)]).toEqual([
    'completed',
    { build: 'succeeded', slow: 'succeeded' },
  ])
})

const branching = `
name: branching
states:
  initial: check
  check:
    type: step
    command: exit {{.inputs.code}}
    transitions:
      - when: "states.check.ExitCode == 3 and inputs.mode == 'full'"
        goto: mend
      - when: "states.check.ExitCode == 0"
        goto: fan
      - goto: broken
  mend:
    type: step
    command: echo 'mended {{.inputs.mode}}'
    on_success: fan
    on_failure: { message: "cannot mend {{.inputs.mode}}", status: 7 }
  fan:
    type: parallel
    parallel: [a, b]
    on_success: done
    on_failure: rescue
  a: { type: step, command: "echo a" }
  b: { type: step, command: "test {{.inputs.mode}} = full" }
  rescue: { type: step, command: "echo rescued", on_success: done }
  broken: { type: terminal, status: failure, message: "broke in {{.inputs.mode}}" }
  done: { type: terminal, status: success }
`

test.each([
  [
    '0',
    'full',
    'completed',
    {
      check: 'succeeded',
      mend: 'skipped',
      a: 'succeeded',
      b: 'succeeded',
      rescue: 'skipped',
      broken: 'skipped',
    },
  ],
  [
    '0',
    'some',
    'completed',
    {
      check: 'succeeded',
      mend: 'skipped',
      a: 'succeeded',
      b: 'failed',
      rescue: 'succeeded',
      broken: 'skipped',
    },
  ],
  [
    '3',
    'full',
    'completed',
    {
      check: 'failed',
      mend: 'succeeded',
      a: 'succeeded',
      b: 'succeeded',
      rescue: 'skipped',
      broken: 'skipped',
    },
  ],
  [
    '3',
    'some',
    'failed',
    {
      check: 'failed',
      mend: 'skipped',
      a: 'skipped',
      b: 'skipped',
      rescue: 'skipped',
      broken: 'failed',
    },
  ],
] as const)(
  '[F42] conditions, branches and ends take the way that AWF takes: exit %s, %s',
  async (code, mode, status, steps) => {
    bench = await createWorkbench()
    const text = fixture('sets/awf/states/77777777-pending.json')
      .replace('"deploy"', '"branching"')
      .replace('"Status": "pending"', '"Status": "failed"')
      .replace('"CurrentStep": ""', '"CurrentStep": "check"')
      .replace('"Inputs": {}', `"Inputs": {"code": ${code}, "mode": "${mode}"}`)
    const ended = await resumed(await imported(setOf(text), branching))
    expect([ended.status, statuses(ended)]).toEqual([status, steps])
    if (status === 'failed') expect(ended.error?.message).toContain('broke in some')
  },
)
