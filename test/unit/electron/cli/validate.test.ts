import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runCli, type CliEnvironment } from '../../../../electron/cli/runCli.ts'
import { createHost } from '../../../../electron/host/createHost.ts'
import type { Handlers } from '../../../../shared/contract/contract.ts'
import { ref } from '../../../contract/samples.ts'
import { unstuck as unstuckOn } from './cliDouble.ts'

let folder: string
let workspace: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unstuck-validate-'))
  workspace = mkdtempSync(join(folder, 'workspace-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(name: string, text: string): void {
  writeFileSync(join(workspace, name), text)
}

async function unstuck(argv: readonly string[]) {
  const out: string[] = []
  const err: string[] = []
  const openHost: CliEnvironment['createHost'] = (options) =>
    createHost({ ...options, configFolder: join(folder, 'config') })
  const environment = {
    stdout: { write: (text: string) => out.push(text) },
    stderr: { write: (text: string) => err.push(text) },
    env: {},
    cwd: workspace,
    isTty: false,
    createHost: openHost,
    version: '0.0.0',
    rendererDirectory: join(folder, 'nowhere'),
    nowMs: Date.now,
    ask: async () => 'no',
    onInterrupt: () => () => undefined,
  }
  const exit = await runCli(argv, environment)
  return { exit, out: out.join(''), err: err.join('') }
}

describe('unstuck validate', () => {
  test('[X19] says each problem with its place and what may have been meant, and exits with 2', async () => {
    write('flow.yaml', 'name: x\nsteps:\n  a: { run: x }\n  b: { run: y, needs: [a], wen: true }\n')
    expect(await unstuck(['validate', 'flow.yaml'])).toEqual({
      exit: 2,
      out: 'flow.yaml:4:28: step b has no setting `wen`. Did you mean `when`?\nflow.yaml has 1 problem.\n',
      err: '',
    })
    const json = await unstuck(['validate', 'flow.yaml', '--json'])
    expect(JSON.parse(json.out)).toMatchObject({
      problems: [{ line: 4, column: 28, path: 'steps.b.wen', suggestion: 'when' }],
    })
  })

  test('[X19] says that a sound one is valid; a missing file is not found', async () => {
    write('flow.yaml', 'name: deploy\nsteps:\n  a: { run: x }\n')
    expect(await unstuck(['validate', 'flow.yaml'])).toEqual({
      exit: 0,
      out: 'flow.yaml is valid: deploy, 1 step.\n',
      err: '',
    })
    expect((await unstuck(['validate', 'gone.yaml'])).exit).toBe(3)
  })

  test('[X20] [L270] executes a program only where it is trusted', async () => {
    write('flow.ts', 'export default { name: "made", steps: { a: { run: "x" as string } } }\n')
    const refused = await unstuck(['validate', 'flow.ts'])
    expect(refused).toMatchObject({ exit: 2, out: '' })
    expect(refused.err).toContain('is a program: it has to be executed to be read')
    expect(refused.err).toContain('Read what it runs, then add --trust.')
    expect(await unstuck(['validate', 'flow.ts', '--trust'])).toMatchObject({
      exit: 0,
      out: 'flow.ts is valid: made, 1 step.\n',
    })
  })
})

const fields: Handlers['workflow.read'] = async () => ({
  path: 'flow.yaml',
  name: 'flow',
  version: null,
  description: null,
  fields: [
    { name: 'amount', field: { type: 'integer' }, default: null },
    { name: 'tag', field: { type: 'string' }, default: null },
    { name: 'list', field: { type: 'json' }, default: null },
  ],
  steps: [],
  problems: [],
})

describe('--input', () => {
  test('[X21] is read by the type of its field; @ is what a file holds', async () => {
    write('list.json', '\uFEFF["a", 1]\n')
    const { given } = await started('amount=3', 'tag=3', 'list=@list.json')
    expect(given).toEqual([{ amount: 3, tag: '3', list: ['a', 1] }])
    expect((await started('tag=@@ada', 'other=1')).given).toEqual([{ tag: '@ada', other: 1 }])
  })

  test('[X21] that does not fit, or names a file that is gone, is refused before anything starts', async () => {
    const wrong = await started('amount=three')
    expect(wrong).toMatchObject({ exit: 2, given: [] })
    expect(wrong.err).toContain('--input `amount`: expected a whole number, found "three".')
    const gone = await started('tag=@ada')
    expect(gone).toMatchObject({ exit: 3, given: [] })
    expect(gone.err).toContain(
      'there is no file ada. Write tag=@@ada for a text that begins with @.',
    )
  })
})

async function started(...pairs: readonly string[]) {
  const given: unknown[] = []
  const said = await unstuckOn(
    ['run', 'flow.yaml', ...pairs.flatMap((pair) => ['--input', pair])],
    {
      'workflow.read': fields,
      'run.start': async ({ inputs }) => {
        given.push(inputs)
        return { ref }
      },
      'run.wait': async () => ({ status: 'completed', liveness: 'none', error: null }),
    },
    { cwd: workspace },
  )
  return { given, ...said }
}
