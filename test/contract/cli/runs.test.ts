import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCliBench } from './cliBench.ts'

const cli = createCliBench()
const { write, workflow, unstuck, output, call, started, refOf } = cli

describe('[X1] through the command line: reading and comparing runs', () => {
  it('[X1] run.start and run.wait', async () => {
    const rested = await output('run.wait', ['run', 'ok.yaml', '--trust'])

    expect(rested).toEqual({ status: 'completed', liveness: 'none', error: null })
  })

  it('[X1] run.get, run.forks, run.steps, run.checkpoints and run.history', async () => {
    const run = await started('ok.yaml')
    const detail = await output('run.get', ['show', run])
    const history = await output('run.history', ['show', run, '--history'])
    const { ref } = detail
    const { forks } = await call('run.forks', { ref })
    const { steps } = await call('run.steps', { ref })
    const { checkpoints } = await call('run.checkpoints', { ref })

    expect(forks).toEqual(detail.forks)
    expect(steps.map(({ id, status }) => [id, status])).toEqual([
      ['a', 'succeeded'],
      ['b', 'succeeded'],
    ])
    expect(checkpoints).toEqual(detail.run?.checkpoints)
    expect(history.total).toBe(detail.run?.seq)
  })

  it('[X1] run.log and run.raw', async () => {
    const run = await started('ok.yaml')
    const log = await output('run.log', ['show', run, '--log', 'a'])
    const raw = await output('run.raw', ['show', run, '--raw', 'journal'])

    expect(log.text).toBe('hello\n')
    expect(raw.text).toMatch(/^\{.*\}\n$/s)
  })

  it('[X1] state.read and state.value', async () => {
    const run = await started('ok.yaml')
    const { children } = await output('state.read', ['show', run, '--state', '/steps'])
    const value = await output('state.value', ['show', run, '--value', '/steps/a/status'])

    expect(children.map(({ key }) => key)).toEqual(['a', 'b'])
    expect(value.text).toBe('"succeeded"')
  })

  it('[X1] state.search, log.search, step.uses and run.records', async () => {
    const run = await started('ok.yaml')
    const found = await output('state.search', ['show', run, '--find', 'steps.a.output'])
    const lines = await output('log.search', ['show', run, '--grep', 'WORLD'])
    const uses = await output('step.uses', ['show', run, '--uses', 'b'])
    const records = await call('run.records', { ref: await refOf(run), limit: 1 })

    expect(found.matches.map(({ node }) => node.pointer)).toEqual(['/steps/a/output'])
    expect(lines.matches).toEqual([{ step: 'b', attempt: 1, line: 1, offset: 0, text: 'world' }])
    expect(uses.reads.map(({ pointer }) => pointer)).toEqual(['/steps/a'])
    expect(records.lines).toMatchObject([{ type: 'keyframe' }])
    const said = await unstuck(['show', run, '--grep', 'o', '--limit', '1'])
    expect(said.out).toBe('a.1:1: hello\nThere may be more: --limit.\n')
  })

  it('[X1] run.check', async () => {
    const run = await started('ok.yaml')

    const checked = await output('run.check', ['check', run])

    expect(checked).toEqual({ item: run, health: 'ok', findings: [] })
  })

  it('[X1] run.checkAll', async () => {
    const runs = [await started('ok.yaml'), await started('ok.yaml')].toSorted()
    write('torn.json', '{"open": [1')

    const checked = await output('run.checkAll', ['check'], 4)

    expect(checked.total).toBe(checked.items.length)
    const flawed = checked.items.flatMap(({ item, findings }) =>
      findings.map(({ rule }) => [item, rule]),
    )
    expect(flawed).toEqual([['torn.json', 'I28']])
    expect(checked.items.map(({ item }) => item)).toEqual(expect.arrayContaining(runs))
  })

  it('[X1] checkpoint.compare and checkpoint.patch', async () => {
    const run = await started('ok.yaml')
    const { checkpoints } = await call('run.checkpoints', { ref: await refOf(run) })
    const [first] = checkpoints
    const changes = await output('checkpoint.compare', ['diff', `${run}@${first?.id}`, run])
    const patch = await output('checkpoint.patch', ['diff', `${run}@${first?.id}`, run, '--patch'])

    expect(changes.changes.map(({ path }) => path)).toContain('/steps/a/status')
    expect(JSON.parse(patch.text)).toHaveLength(patch.operations)
  })

  it('[T155] values of edits and operations are masked as on a screen', async () => {
    write('unstuck.json', JSON.stringify({ redaction: { keys: ['pin'], values: ['Z\\d{4}'] } }))
    const flow = { name: 'flow', inputs: { pin: '', code: '', password: '' } }
    write('secret.yaml', JSON.stringify({ ...flow, steps: { a: { run: 'true' } } }))
    const run = await started('secret.yaml')
    const edits = ['pin="4711-x"', 'code="Z1234"', 'password="hunter2"'].flatMap((text) => [
      '--set',
      `/inputs/${text}`,
    ])
    const planned = await unstuck(['edit', run, ...edits])
    const applied = await unstuck(['edit', run, ...edits, '--reason', 'try', '--apply'])
    const listed = await unstuck(['operations', '--call', 'edit.apply'])
    const { operations } = await output('operations.list', ['operations', '--call', 'edit.apply'])
    const one = await unstuck(['operations', '--id', operations[0]?.id ?? ''])

    for (const { out } of [planned, applied, listed, one])
      expect(out).not.toMatch(/4711|Z1234|hunter/)
    expect(one.out).toContain('→ "••••••"')
  })

  it('[X1] [T154] export.plan, export.open, export.read and export.close', async () => {
    const run = await started('ok.yaml')
    const planned = await output('export.plan', ['export', run, '--as', 'json', '--plan'])
    const shown = await unstuck(['export', run, '--as', 'json', '-o', '-'])
    const made = await unstuck(['export', run, '--as', 'otlp', '-o', 'trace.json', '--json'])
    const again = await unstuck(['export', run, '--as', 'otlp', '-o', 'trace.json'])
    const bare = await unstuck(['export', run, '--as', 'jsonl', '--no-redact'])

    expect(shown.out).toContain('"format":"unstuck-export"')
    expect(shown.out.length).toBe(planned.sizeBytes)
    expect(JSON.parse(made.out)).toMatchObject({
      path: join(cli.workspace, 'trace.json'),
      problems: [],
    })
    const trace = readFileSync(join(cli.workspace, 'trace.json'), 'utf8')
    expect(JSON.parse(trace).resourceSpans).toHaveLength(1)
    expect(again).toMatchObject({ exit: 2, err: expect.stringContaining('is there already') })
    expect(bare).toMatchObject({ exit: 2, err: expect.stringContaining('Say why') })
    expect(readdirSync(cli.workspace).filter((name) => name.endsWith('.part'))).toEqual([])
    await expect(call('export.read', { export: 'a1', piece: 0 })).rejects.toThrow('no such export')
    expect(await call('export.close', { export: 'a1' })).toEqual({})
    const { operations } = await output('operations.list', ['operations', '--call', 'export.open'])
    expect(operations.map(({ state, error }) => [state, error?.code])).toEqual([
      ['failed', 'cancelled'],
      ['done', undefined],
      ['done', undefined],
    ])
  })

  it('[X1] run.divergence and state.blame', async () => {
    const good = await started('ok.yaml')
    write('ok.yaml', workflow({ a: 'echo hello', b: 'echo moon' }))
    const bad = await started('ok.yaml')
    const { first, steps } = await output('run.divergence', ['diff', good, bad, '--divergence'])
    const blamed = await output('state.blame', ['blame', bad, '/steps/b/output'])
    const shown = await unstuck(['diff', good, bad])

    expect(first).toMatchObject({ step: 'b', part: 'definition', after: '"echo moon"' })
    expect(steps.map(({ step, verdict }) => [step, verdict])).toEqual([
      ['a', 'same'],
      ['b', 'parted'],
    ])
    expect(blamed.changes[0]).toMatchObject({ type: 'stepSucceeded', step: 'b', before: 'null' })
    expect(shown.out).toMatch(/^Both runs agree up to step a; at step b the definition differs/)
  })

  it('[X18] settings that are not used are told before a run starts or goes on without them', async () => {
    write('unstuck.json', '{ "compression": "json+zstd" }')
    const { out, exit } = await unstuck(['run', 'ok.yaml', '--trust'])
    expect([exit, out]).toEqual([0, expect.stringMatching(/^unstuck.json is not used: /)])
  })
})
