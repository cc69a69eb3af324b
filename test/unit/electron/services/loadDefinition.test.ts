import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadDefinition } from '../../../../electron/services/loadDefinition.ts'
import { AppError } from '../../../../shared/errors.ts'
import { createWorkbench, sha256, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await createWorkbench()
})
afterEach(() => bench.close())

async function load(text: string | Uint8Array, name = 'flow.yaml') {
  await writeFile(join(bench.root, name), text)
  return loadDefinition(bench.context, name)
}

/** The lines of the error. */
async function problems(text: string | Uint8Array, name?: string): Promise<readonly string[]> {
  const error = await load(text, name).then(
    () => null,
    (caught: unknown) => caught,
  )
  if (error instanceof AppError && error.code === 'invalid-input') return error.message.split('\n')
  throw error ?? new Error('It was taken as valid.')
}

describe('a definition', () => {
  test('[E22] is read from YAML or JSON, with the digest of its bytes', async () => {
    const yaml =
      'name: deploy\nsteps:\n  build: &b { run: make, retry: { attempts: 2 } }\n  other: *b\n'
    const loaded = await load(yaml)
    expect(loaded).toEqual({
      definition: {
        name: 'deploy',
        steps: {
          build: { run: 'make', retry: { attempts: 2 } },
          other: { run: 'make', retry: { attempts: 2 } },
        },
      },
      digest: `sha256:${sha256(yaml)}`,
      source: join(bench.root, 'flow.yaml'),
    })
    const json = '\uFEFF{\n\t"name": "x", "steps": {"a": {"command": ["\\ud83d\\ude00\\/"]}}\n}'
    expect((await load(json, 'flow.json')).definition.steps).toEqual({ a: { command: ['😀/'] } })
  })

  test('[E22] every problem stands with its line, its column and what may have been meant', async () => {
    const text = [
      'nam: deploy',
      'steps:',
      '  build:',
      '    run: make',
      '    need: [x]',
      '    timeout: 5 minutes',
      '    retry: { atempts: 2 }',
      '  a b: { run: x }',
      '  both: { run: x, command: [y] }',
      '  wrong: { run: 7, parallel: 2 }',
    ].join('\n')
    expect(await problems(text)).toEqual([
      'flow.yaml:1:1: the workflow needs a `name`.',
      'flow.yaml:1:1: the workflow has no setting `nam`. Did you mean `name`?',
      'flow.yaml:5:5: step build has no setting `need`. Did you mean `needs`?',
      'flow.yaml:6:14: `timeout` of step build: expected a duration such as 500ms, 30s, 5m, 2h or 1d.',
      'flow.yaml:7:12: `retry` of step build needs a `attempts`.',
      'flow.yaml:7:14: `retry` of step build has no setting `atempts`. Did you mean `attempts`?',
      'flow.yaml:8:3: the name `a b` cannot be used: expected 1 to 100 of A-Z a-z 0-9 . _ -, starting with a letter, digit or _.',
      'flow.yaml:9:3: step both: a step has exactly one of run, command, module, http, wait, gate, workflow.',
      'flow.yaml:10:17: `run` of step wrong: expected string, received number.',
      'flow.yaml:10:20: step wrong has no setting `parallel`.',
    ])
  })

  test('[E22] a need that names no step is found, and a circle', async () => {
    const text = [
      'name: x',
      'steps:',
      '  build: { run: x }',
      '  test:',
      '    run: x',
      '    needs: [build, biuld]',
      '  a: { run: x, needs: [b] }',
      '  b: { run: x, needs: [a] }',
    ].join('\n')
    const error = await load(text).catch((caught: unknown) => caught as AppError)
    expect((error as AppError).details['problems']).toEqual([
      {
        line: 6,
        column: 20,
        path: 'steps.test.needs[1]',
        message: 'The step test needs biuld, which is no step of the workflow.',
        suggestion: 'build',
      },
      {
        line: 7,
        column: 23,
        path: 'steps.a.needs',
        message: 'The steps a -> b -> a need each other in a circle: none of them can start.',
        suggestion: null,
      },
    ])
  })

  test('[E22] what a YAML file can hide is refused', async () => {
    expect(await problems('name: x\nsteps:\n  a: {run: x}\n  a: {run: y}')).toEqual([
      'flow.yaml:4:3: this key stands here a second time.',
    ])
    expect(await problems('name: x\nsteps:\n  a: {run: !secret y}')).toEqual([
      'flow.yaml:3:12: tags are not supported.',
    ])
    expect(await problems('name: x\nsteps:\n  a: *nowhere')).toEqual([
      'flow.yaml:3:6: `*nowhere` names no anchor that stands before it.',
    ])
    expect(await problems('name: x\nsteps:\n  __proto__: {run: x}')).toEqual([
      'flow.yaml:3:3: the name `__proto__` cannot be used.',
    ])
    expect(await problems('name: x\nsteps: {a: {run: x}}\n---\nname: y')).toEqual([
      'flow.yaml:3:1: a file holds one workflow only, and here another document begins.',
    ])
    const bomb = ['a: &a [x,x,x,x,x,x,x,x]']
    for (const [name, from] of ['ba', 'cb', 'dc', 'ed'])
      bomb.push(`${name}: &${name} [*${from},*${from},*${from},*${from},*${from}]`)
    expect(await problems(bomb.join('\n'))).toEqual([
      'flow.yaml:1:1: its aliases repeat too much: more than 100 values would be copied.',
    ])
    expect(await problems(new Uint8Array([0x61, 0xff]))).toEqual([
      'flow.yaml is not UTF-8 text: Byte 1 is not valid UTF-8.',
    ])
    expect((await problems('{"name": "x",\n "steps": {"a": {run: x}}}', 'flow.json'))[0]).toMatch(
      /^flow.json:2:18: this is not JSON/,
    )
    expect(await problems('')).toEqual([
      'flow.yaml:1:1: the workflow: expected object, received null.',
    ])
  })

  test('[E22] a variable that no shell could name is refused', async () => {
    const text = 'name: x\nsteps:\n  a:\n    run: x\n    environment: { "A-B": c }'
    expect(await problems(text)).toEqual([
      'flow.yaml:5:20: the variable `A-B` cannot be passed on: expected letters, digits and _, not starting with a digit.',
    ])
  })

  test('[E22] a file that is missing, or of another kind, is named', async () => {
    await expect(loadDefinition(bench.context, 'none.yaml')).rejects.toMatchObject({
      code: 'not-found',
      message: 'There is no file none.yaml. Name an existing workflow.',
    })
    await expect(loadDefinition(bench.context, 'flow.toml')).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })
})
