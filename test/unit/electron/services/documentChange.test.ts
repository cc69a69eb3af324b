import { appendFile, chmod, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  applyDocumentChange,
  undoDocumentChange,
} from '../../../../electron/services/documentChange.ts'
import { planDocumentChange } from '../../../../electron/services/documentPlan.ts'
import { applyEngineResume, planEngineResume } from '../../../../electron/services/engineResume.ts'
import { engineCommand } from '../../../../electron/services/engineCommand.ts'
import { applyImport, planImport } from '../../../../electron/services/importRun.ts'
import { findOrigin } from '../../../../electron/services/exportRun.ts'
import { openRun } from '../../../../electron/services/openRun.ts'
import { queryRuns } from '../../../../electron/services/queryRuns.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import type { Ref } from '../../../../shared/contract/call.ts'
import { documentCalls, type DocumentAction } from '../../../../shared/contract/documents.ts'
import { documentImportCalls } from '../../../../shared/contract/documentImport.ts'
import { listCalls } from '../../../../shared/contract/runList.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import { openForeignBench, type ForeignBench } from './foreignBench.ts'

const completed = 'states/22222222-bbbb-4bbb-8bbb-222222222222.json'
const failed = 'states/11111111-aaaa-4aaa-8aaa-111111111111.json'
const setReplicas: DocumentAction = {
  kind: 'edit',
  edits: [{ kind: 'set', path: '/Inputs/replicas', json: '9007199254740993' }],
}

describe('an edit of another engine', () => {
  test('[E180] [F211] writes the value as it was typed, and no other byte; the mode stays', async () => {
    const bench = await openForeignBench('awf')
    const ref = bench.ref('awf', completed)
    await chmod(join(bench.root, completed), 0o640)
    const before = await bench.text(completed)

    const { plan, applied } = await change(bench, ref, setReplicas)

    expect(plan.files).toMatchObject([{ path: completed, kind: 'changed', truncated: false }])
    expect(plan.files[0]?.before).toContain('"replicas": 3')
    expect(plan.files[0]?.after).toContain('"replicas": 9007199254740993')
    expect(applied.observed).toBe(true)
    expect(await bench.text(completed)).toBe(
      before.replace('"replicas": 3', '"replicas": 9007199254740993'),
    )
    expect((await stat(join(bench.root, completed))).mode & 0o777).toBe(0o640)
    const { backups } = await openRun(bench.context, { ref })
    expect(backups).toMatchObject([{ id: applied.backup, reason: 'test' }])
  })

  test('[E181] is taken back byte for byte, and not once the file was written since', async () => {
    const bench = await openForeignBench('awf')
    const ref = bench.ref('awf', completed)
    const before = await bench.text(completed)
    await change(bench, ref, setReplicas)

    const undone = await undoDocumentChange(bench.context, { ref, backup: null })
    expect(undone.observed).toBe(true)
    expect(await bench.text(completed)).toBe(before)

    const { applied } = await change(bench, ref, setReplicas)
    await writeFile(join(bench.root, completed), `${before} `)
    const refused = undoDocumentChange(bench.context, { ref, backup: applied.backup })
    await expect(refused).rejects.toMatchObject({ code: 'stale' })
  })

  test('[E180] is refused when the file changed since the plan was shown', async () => {
    const bench = await openForeignBench('awf')
    const ref = bench.ref('awf', completed)
    const input = documentCalls['document.plan'].input.parse({ ref, action: setReplicas })
    const { rev, digest, asOf } = await planDocumentChange(bench.context, input)
    const text = await bench.text(completed)
    await writeFile(join(bench.root, completed), text.replace('prod', 'test'))

    const refused = applyDocumentChange(bench.context, { ...input, rev, digest, asOf, reason: 'r' })

    await expect(refused).rejects.toMatchObject({ code: 'stale' })
    expect(await bench.text(completed)).toBe(text.replace('prod', 'test'))
  })

  test('[F211] of what is not there, or of a step, says why it cannot be', async () => {
    const bench = await openForeignBench('awf')
    const ref = bench.ref('awf', completed)
    const asked = (edit: unknown) =>
      planDocumentChange(
        bench.context,
        documentCalls['document.plan'].input.parse({
          ref,
          action: { kind: 'edit', edits: [edit] },
        }),
      )

    const { plan } = await asked({ kind: 'succeed', step: 'build', json: '1' })
    expect(plan).toMatchObject({ ready: false, problems: [expect.stringContaining('AWF')] })
    expect((await asked({ kind: 'remove', path: '/nowhere' })).plan.ready).toBe(false)
    const same = await asked({ kind: 'set', path: '/Inputs/replicas', json: '3' })
    expect(same.plan.problems).toEqual(['Nothing would be different.'])
  })

  test('[E180] takes its checksum, its description and its copies with it', async () => {
    const bench = await openForeignBench('tapps/healthy-mixed')
    const folder = '.tapps-agents/workflow-state'
    const document = `${folder}/full-sdlc-20260130-091500-20261121-083138.json`
    const ref = bench.ref('tapps', document)

    const { plan, applied } = await change(bench, ref, {
      kind: 'edit',
      edits: [{ kind: 'set', path: '/status', json: '"paused"' }],
    })

    expect(plan.files.length).toBeGreaterThan(1)
    expect(new Set(plan.files.map(({ why }) => why)).size).toBeGreaterThan(1)
    expect(applied).toMatchObject({ observed: true, findings: [] })
    await undoDocumentChange(bench.context, { ref, backup: null })
    expect((await openRun(bench.context, { ref })).findings).toEqual([])
  })
})

describe('a repair of another engine', () => {
  test('[F205] is one of those that its format finds, and leaves no error', async () => {
    const bench = await openForeignBench('tapps/corruptions/checksum-mismatch-latest-good-history')
    const folder = '.tapps-agents/workflow-state'
    const ref = bench.ref('tapps', `${folder}/wf-20260130-090000-20261121-084044.json`)

    const { plan, applied } = await change(bench, ref, { kind: 'repair', repair: null })

    expect(plan.repairs.length).toBeGreaterThan(0)
    expect(plan.repair).toBe(plan.repairs[0]?.id)
    expect(plan.findings.length).toBeGreaterThan(0)
    expect(applied.findings.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  test('[F205] that is not there any more is refused by name', async () => {
    const bench = await openForeignBench('awf')
    const ref = bench.ref('awf', completed)
    const action = { kind: 'repair', repair: 'history:1' }
    const input = documentCalls['document.plan'].input.parse({ ref, action })

    const { plan } = await planDocumentChange(bench.context, input)

    expect(plan).toMatchObject({ ready: false, problems: [expect.stringContaining('history:1')] })
  })
})

describe("an engine's own command", () => {
  test('[E182] runs only in a trusted workspace; what came of it is what the files say', async () => {
    const bench = await openForeignBench('awf')
    await bench.put('awf/failed.json', failed)
    const script = `sed -i 's/"Status": "failed"/"Status": "completed"/' {document}; echo went on`
    await writeFile(join(bench.root, 'engine.sh'), script.replace('{document}', '"$1"'))
    const context = withCommand(bench, 'sh engine.sh {document}')
    const input = documentCalls['document.resume.plan'].input.parse({
      ref: bench.ref('awf', failed),
    })
    const { plan, rev, digest, asOf } = await planEngineResume(context, input)
    const told: string[] = []
    const options = {
      signal: neverCancelled,
      progress: ({ text }: { readonly text: string }) => void told.push(text),
    }
    const approved = { ...input, rev, digest, asOf }

    await bench.context.trust.setTrusted(false)
    await expect(applyEngineResume(context, approved, options)).rejects.toMatchObject({
      code: 'untrusted',
    })
    await bench.context.trust.setTrusted(true)
    const done = await applyEngineResume(context, approved, options)

    expect(plan).toMatchObject({ ready: true, command: ['sh', 'engine.sh', failed] })
    expect(plan.warnings.length).toBeGreaterThan(0)
    expect(told.join('')).toBe('went on\n')
    expect(done).toMatchObject({
      exitCode: 0,
      output: 'went on\n',
      before: 'failed',
      after: 'completed',
      changedFiles: [failed],
    })
  })

  test('[E182] that is not there says so', async () => {
    const bench = await openForeignBench('awf')
    await bench.put('awf/failed.json', failed)
    const context = withCommand(bench, '/nowhere/awf {document}')
    const input = documentCalls['document.resume.plan'].input.parse({
      ref: bench.ref('awf', failed),
    })
    const { rev, digest, asOf } = await planEngineResume(context, input)
    const options = { signal: neverCancelled, progress: () => undefined }

    const refused = applyEngineResume(context, { ...input, rev, digest, asOf }, options)

    await expect(refused).rejects.toMatchObject({
      code: 'io',
      message: expect.stringContaining('unstuck.json'),
    })
  })

  test('[E183] can be given whole for an engine that has none, and the plan says where it is from', async () => {
    const bench = await openForeignBench('marsys')
    const document = 'v0.3-snapshots/sess-paused-at-coordinator/snapshot.json'
    const input = documentCalls['document.resume.plan'].input.parse({
      ref: bench.ref('marsys', document),
    })
    const without = await planEngineResume(bench.context, input)
    const { settings } = bench.context
    const value = {
      ...settings.value,
      resume: { commands: { marsys: 'python3 resume.py {document}' } },
    }
    const context = { ...bench.context, settings: { ...settings, value } }

    const { plan } = await planEngineResume(context, input)

    expect(without.plan).toMatchObject({
      ready: false,
      command: null,
      configured: null,
      setting: 'resume.commands.marsys',
      problems: [expect.stringContaining('no command')],
    })
    expect(plan).toMatchObject({
      ready: true,
      command: ['python3', 'resume.py', document],
      configured: 'python3 resume.py {document}',
      problems: [],
    })
    expect(plan.warnings[0]).toContain('counts its ids from br_0000 again')
  })

  test.each([
    [null, ['awf', 'resume', 'x']],
    ['/opt/awf --storage "a b"', ['/opt/awf', '--storage', 'a b', 'resume', 'x']],
    ["run '{name}' {from} {folder}", ['run', 'x', 'two words', 'states']],
  ])('[E183] configured as %s is %j', (configured, expected) => {
    const call = { configured, document: 'states/x.json', from: 'two words' }

    expect(engineCommand(['awf', 'resume', 'x'], call)).toEqual(expected)
    expect(engineCommand(null, { ...call, configured: 'awf' })).toBeNull()
  })
})

describe('the state of another engine that is imported', () => {
  test('[F285] names its document, which needs nobody any more until it changes', async () => {
    const bench = await openForeignBench('awf')
    await bench.put('awf/failed.json', failed)
    const ref = bench.ref('awf', failed)
    const input = documentImportCalls['document.import.plan'].input.parse({ ref })
    const { plan, rev, digest, asOf } = await planImport(bench.context, input)
    const run = RunId.parse(plan.run)
    const inAttention = async () => {
      const asked = listCalls['run.list'].input.parse({ view: 'attention' })
      const options = { signal: neverCancelled, progress: () => undefined }
      const { rows } = await queryRuns(bench.context, asked, options)
      return rows.some(({ ref: { document } }) => document === failed)
    }
    const before = await inAttention()

    const made = await applyImport(bench.context, { ...input, run, rev, digest, asOf })
    const after = await inAttention()
    const { forks } = await openRun(bench.context, { ref })
    const { run: imported } = await openRun(bench.context, { ref: made.ref })
    await appendFile(join(bench.root, failed), '\n')

    expect([before, after, await inAttention()]).toEqual([true, false, true])
    expect(forks).toEqual([{ run, checkpoint: null }])
    expect(imported?.origin).toEqual({
      format: 'awf',
      document: failed,
      item: null,
      digest: expect.stringMatching(/^sha256:/),
    })
    expect((await openRun(bench.context, { ref })).forks).toEqual([])
  })

  test('[F212] [F213] becomes a run with its document among the backups, and is exported unchanged', async () => {
    const bench = await openForeignBench('awf')
    await bench.put('awf/failed.json', failed)
    const ref = bench.ref('awf', failed)
    const input = documentImportCalls['document.import.plan'].input.parse({ ref })
    const planned = await planImport(bench.context, input)
    const { plan, rev, digest, asOf } = planned
    expect(plan).toMatchObject({ ready: true, workflow: 'deploy', problems: [] })
    const run = RunId.parse(plan.run)
    const before = await readFile(join(bench.root, failed))

    const made = await applyImport(bench.context, { ...input, run, rev, digest, asOf })

    expect(made).toMatchObject({ observed: true, ref: { format: 'unstuck', document: run } })
    const opened = await bench.read(run)
    expect(opened.annotations.note).toContain(failed)
    expect((await bench.store.backups(run))[0]?.files).toEqual([failed])
    const { origin } = await findOrigin(bench.context, { ref: made.ref })
    expect(origin).toEqual(ref)
    const action = { kind: 'export', run } as const
    const exported = await planDocumentChange(
      bench.context,
      documentCalls['document.plan'].input.parse({ ref, action }),
    )
    expect(exported.plan.problems).toEqual(['Nothing would be different.'])

    await writeFile(join(bench.root, failed), `${before.toString()}\n`)
    const late = await planDocumentChange(
      bench.context,
      documentCalls['document.plan'].input.parse({ ref, action }),
    )
    expect(late.plan.problems).toMatchObject([expect.stringContaining('changed since run')])
  })

  test('[F212] is refused by name where something of it cannot be expressed', async () => {
    const bench = await openForeignBench('tapps/healthy-mixed')
    const document = '.tapps-agents/workflow-state/full-sdlc-20260130-091500-20261121-083138.json'
    const ref = bench.ref('tapps', document)

    const { plan } = await planImport(
      bench.context,
      documentImportCalls['document.import.plan'].input.parse({ ref }),
    )

    expect(plan.ready).toBe(false)
    expect(plan.problems.length).toBeGreaterThan(0)
  })
})

async function change(bench: ForeignBench, ref: Ref, action: DocumentAction) {
  const input = documentCalls['document.plan'].input.parse({ ref, action })
  const { plan, rev, digest, asOf } = await planDocumentChange(bench.context, input)
  expect(plan.problems).toEqual([])
  const approved = { ...input, rev, digest, asOf, reason: 'test' }
  return { plan, applied: await applyDocumentChange(bench.context, approved) }
}

function withCommand(bench: ForeignBench, command: string): ForeignBench['context'] {
  const { value } = bench.context.settings
  const resume = { commands: { awf: command } }
  return { ...bench.context, settings: { value: { ...value, resume }, problem: null } }
}
