import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadDefinition, readDefinition } from '../../../../electron/services/loadDefinition.ts'
import { listWorkflows } from '../../../../electron/services/listWorkflows.ts'
import { readWorkflow } from '../../../../electron/services/readWorkflow.ts'
import { createWorkbench, sha256, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await createWorkbench()
})
afterEach(() => bench.close())

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(bench.root, name, '..'), { recursive: true })
    await writeFile(join(bench.root, name), text)
  }
}

async function flawsOf(text: string): Promise<readonly string[]> {
  await write({ 'flow.ts': text })
  const { problems } = await readDefinition(bench.context, 'flow.ts')
  return problems.map(({ line, column, message }) => `${line}:${column} ${message}`)
}

describe('a definition in TypeScript', () => {
  test('[E61] is what the module exports, with types taken away and imports followed', async () => {
    await write({
      'lib.ts': 'export const names: readonly string[] = ["a", "b"]\n',
      'flow.ts': [
        "import { names } from './lib.ts'",
        'type Step = { run: string }',
        'console.log("this is no part of it")',
        'const steps: Record<string, Step> = Object.fromEntries(names.map((n) => [n, { run: `echo ${n}` }]))',
        'export default await Promise.resolve({ name: "made", steps })',
      ].join('\n'),
    })
    const loaded = await loadDefinition(bench.context, 'flow.ts')
    expect(loaded.definition).toEqual({
      name: 'made',
      steps: { a: { run: 'echo a' }, b: { run: 'echo b' } },
    })
    expect(loaded.digest).toBe(`sha256:${sha256(JSON.stringify(loaded.definition))}`)
  })

  test('[E62] is not executed where the workspace is not trusted', async () => {
    await write({
      'flow.ts': 'import { writeFileSync } from "node:fs"\nwriteFileSync("/dev/null", "")\n',
    })
    const untrusted = {
      ...bench.context,
      trust: { isTrusted: async () => false, setTrusted: async () => undefined },
    }
    await expect(readDefinition(untrusted, 'flow.ts')).rejects.toMatchObject({ code: 'untrusted' })
  })

  test('[E63] errors have their line and column', async () => {
    expect(await flawsOf('const x: number = 1\n\nthrow new Error("no such luck")\n')).toEqual([
      '3:7 the module cannot be executed: Error: no such luck',
    ])
    const [syntax] = await flawsOf('export default {\n  name: "x",\n  steps: { a: { run: } },\n}\n')
    expect(syntax).toBe('3:22 the module cannot be executed: SyntaxError: Expression expected')
    expect(await flawsOf('import "./gone.ts"\nexport default {}\n')).toEqual([
      expect.stringMatching(
        /^1:1 the module cannot be executed: Error: Cannot find module .*gone\.ts/,
      ),
    ])
    await write({ 'lib.ts': 'export const a = 1\nnull.b\n' })
    expect(await flawsOf('import { a } from "./lib.ts"\nexport default a\n')).toEqual([
      expect.stringMatching(/^1:1 .*TypeError.* \(in lib\.ts:2\)$/),
    ])
    expect(await flawsOf('export const x = 1\n')).toEqual([
      '1:1 it exports no workflow: write `export default defineWorkflow({ … })`.',
    ])
    expect(await flawsOf('process.exit(3)\n')).toEqual([
      '1:1 it ended before it exported a workflow.',
    ])
    expect(await flawsOf('export default { name: "x", steps: { a: { run: () => 1 } } }\n')).toEqual(
      [
        '1:1 `run` is a function: a workflow in a file is plain data. Steps that are functions are written as `module: ./file.ts#name`.',
      ],
    )
  })

  test('[E63] problems of what it exports are found in its source where it says so', async () => {
    const text =
      'export default {\n  name: "x",\n  steps: {\n    a: { run: "x" },\n    b: { run: "y", needs: ["aa"] },\n  },\n}\n'
    expect(await flawsOf(text)).toEqual([
      '5:20 The step b needs aa, which is no step of the workflow.',
    ])
  })
})

describe('workflows of a workspace', () => {
  test('[E64] are found by what they are, without executing any', async () => {
    await write({
      'flows/deploy.yaml':
        'name: deploy\nversion: "2"\ndescription: To production\nsteps:\n  a: { run: x }\n',
      'flows/broken.yml': 'name: broken\nsteps:\n  a: { rn: x }\n',
      'etl.json': '{"name": "etl", "steps": {"a": {"run": "x"}, "b": {"run": "y"}}}',
      'made.workflow.ts': 'throw new Error("executed")',
      'other.yaml': 'services:\n  web: {}\n',
      'steps.yaml': 'steps:\n  - script: x\n',
      'node_modules/x/flow.yaml': 'name: no\nsteps: { a: { run: x } }',
      '.hidden/flow.yaml': 'name: no\nsteps: { a: { run: x } }',
    })
    const { workflows } = await listWorkflows(bench.context, {
      signal: new AbortController().signal,
    })
    const nothing = { name: null, version: null, description: null }
    expect(workflows).toEqual([
      { ...nothing, path: 'etl.json', name: 'etl', steps: 2, problems: 0 },
      { ...nothing, path: 'flows/broken.yml', steps: 0, problems: 2 },
      {
        path: 'flows/deploy.yaml',
        name: 'deploy',
        version: '2',
        description: 'To production',
        steps: 1,
        problems: 0,
      },
      { ...nothing, path: 'made.workflow.ts', steps: 0, problems: 0 },
    ])
  })

  test('[E65] are read with what they ask for, their steps and their problems', async () => {
    await write({
      'flow.yaml': [
        'name: deploy',
        'inputs:',
        '  region: eu',
        '  amount: { type: integer, default: 3 }',
        'steps:',
        '  a: { run: x, title: Build }',
        '  b: { http: "https://x.test", needs: [a, nowhere], forEach: [1] }',
      ].join('\n'),
    })
    expect(await readWorkflow(bench.context, { definition: 'flow.yaml' })).toEqual({
      path: 'flow.yaml',
      name: 'deploy',
      version: null,
      description: null,
      fields: [
        { name: 'region', field: null, default: 'eu' },
        { name: 'amount', field: { type: 'integer', default: 3 }, default: 3 },
      ],
      steps: [
        {
          id: 'a',
          title: 'Build',
          kind: 'run',
          needs: [],
          forEach: false,
          conditional: false,
          sideEffects: 'external',
        },
        {
          id: 'b',
          title: null,
          kind: 'http',
          needs: ['a', 'nowhere'],
          forEach: true,
          conditional: false,
          sideEffects: 'none',
        },
      ],
      problems: [
        {
          message: 'The step b needs nowhere, which is no step of the workflow.',
          line: 7,
          column: 43,
          path: 'steps.b.needs[1]',
          suggestion: null,
        },
      ],
    })
  })
})
