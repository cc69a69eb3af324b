import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { awf } from '../../../../shared/core/formats/awf/awf.ts'
import type { FileSet } from '../../../../shared/core/formats/format.ts'
import { StepId } from '../../../../shared/schema/ids.ts'
import type { Run } from '../../../../shared/schema/run.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'
import { formatContext, oneFile, resumeImported, statusesOf, writeImported } from './importedRun.ts'

let bench: Workbench
afterEach(() => bench.close())

const fixture = (path: string) =>
  readFileSync(new URL(`../../../fixtures/foreign/${path}`, import.meta.url), 'utf8')

const document = 'states/11111111-aaaa-4aaa-8aaa-111111111111.json'

const setOf = (text: string) => oneFile(document, text)

function imported(set: FileSet, definition: string): Promise<Run> {
  const options = { definition, commands: {}, id: 'imported' }
  return writeImported(bench, awf.toRun(set, options, formatContext))
}

test('[F42] a failed run of AWF with its transitions is imported, fails as before, and finishes', async () => {
  bench = await createWorkbench()
  const ready = join(bench.root, 'ready')
  const definition = fixture('sets/awf/workflows/deploy.yaml').replace(
    '/var/tmp/awf-seed-ok',
    `"${ready}"`,
  )
  const original = setOf(fixture('awf/failed.json'))
  const run = await imported(original, definition)
  expect([run.status, statusesOf(run)]).toEqual([
    'failed',
    { build: 'succeeded', test: 'failed', release: 'pending' },
  ])
  expect(awf.fromRun(original, run, formatContext)).toMatchObject({
    changes: [{ path: document, text: fixture('awf/failed.json') }],
  })

  const failed = await resumeImported(bench, run)
  expect([failed.status, statusesOf(failed)]).toEqual([
    'failed',
    { build: 'succeeded', test: 'failed', release: 'skipped' },
  ])

  await writeFile(ready, '')
  const completed = await resumeImported(bench, failed)
  expect([completed.status, statusesOf(completed)]).toEqual([
    'completed',
    { build: 'succeeded', test: 'succeeded', release: 'succeeded' },
  ])
  expect(completed.steps).toMatchObject({
    build: { attempts: [{ number: 1 }] },
    test: { output: 'tests-ok', attempts: [{}, {}, { number: 3 }] },
    release: { output: 'released staging' },
  })

  const back = awf.fromRun(original, completed, formatContext)
  if (back.kind === 'refused') throw new Error(back.problems.join(' '))
  const text = back.changes[0]?.text ?? ''
  expect(awf.read(setOf(text), formatContext)).toMatchObject({
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
  expect(statusesOf(run)).toEqual({ build: 'succeeded', slow: 'running' })
  await expect(resumeImported(bench, run)).rejects.toThrow('Decide about slow')
  const completed = await resumeImported(bench, run, { [StepId.parse('slow')]: { kind: 'rerun' } })
  expect([completed.status, statusesOf(completed)]).toEqual([
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
      .replace('"Status": "pending"', `"Status": "${code === '0' ? 'pending' : 'failed'}"`)
      .replace('"CurrentStep": ""', '"CurrentStep": "check"')
      .replace('"Inputs": {}', `"Inputs": {"code": ${code}, "mode": "${mode}"}`)
    const ended = await resumeImported(bench, await imported(setOf(text), branching))
    expect([ended.status, statusesOf(ended)]).toEqual([status, steps])
    if (status === 'failed') expect(ended.error?.message).toContain('broke in some')
  },
)
