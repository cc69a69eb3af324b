import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import {
  readDefinition,
  type ReadDefinition,
} from '../../../../electron/services/loadDefinition.ts'
import { loadDefinitionText } from '../../../../electron/services/loadDefinitionText.ts'
import { growth } from '../../../processorTime.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n')
}

function read(text: string) {
  const { problems } = loadDefinitionText(text, { isJson: false })
  return { first: problems[0]?.message ?? null, count: problems.length }
}

const aliases = (count: number) => `x: &a 1\nsteps:\n${lines(count, (index) => `  s${index}: *a`)}`
const steps = (count: number) =>
  `name: x\nsteps:\n${lines(count, (index) => `  s${index}: { run: x }`)}`
const needs = (count: number) => {
  const missing = (index: number) => lines(20, (at) => `zz${index}q${at}`).replaceAll('\n', ', ')
  return `name: x\nsteps:\n${lines(count, (index) => `  s${index}: { run: x, needs: [${missing(index)}] }`)}`
}

describe('a large or hostile definition', () => {
  test.each([
    ['aliases', aliases, 8000],
    ['steps', steps, 4000],
    ['needs that are missing', needs, 1000],
  ])('[E148] is read in a time that grows as its size does: %s', (_, textOf, count) => {
    const work = (size: number) => {
      const text = textOf(size)
      return () => loadDefinitionText(text, { isJson: false })
    }
    expect(growth(work, { size: count, tries: 2 })).toBeLessThan(11)
  })

  test('[E148] is told like any other', () => {
    expect(read(aliases(20_000))).toEqual({
      first: 'its aliases repeat too much: more than 1000 stand in it.',
      count: 1,
    })
    expect(read(steps(10_000))).toEqual({ first: null, count: 0 })
    expect(read(needs(500)).count).toBe(501)
  })

  test('[E148] a key that stands twice is found at any depth, also behind an anchor', () => {
    const text =
      'name: x\nsteps:\n  a: &one\n    run: x\n    environment: { A: b, A: c }\n    run: y\n'
    const { problems } = loadDefinitionText(text, { isJson: false })
    expect(problems.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
      '5:26 this key stands here a second time.',
      '6:5 this key stands here a second time.',
    ])
  })

  test('[E149] of very many problems the first are told, and how many more there are', () => {
    const text = `name: x\nsteps:\n  a:\n    run: x\n${lines(20_000, (index) => `    q${index}: 1`)}`
    const { problems } = loadDefinitionText(text, { isJson: false })
    expect(problems).toHaveLength(501)
    expect(problems.at(-1)?.message).toBe('there are 19500 more problems. Correct these first.')
    expect(JSON.stringify(problems).length).toBeLessThan(500_000)
  })

  test('[E149] what is nested beyond any sense is a problem, and no crash', () => {
    const deep = `name: x\nsteps:\n  a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`
    expect(read(deep).count).toBeGreaterThan(0)
  })
})

describe('a module that misbehaves', () => {
  let bench: Workbench
  afterEach(() => bench.close())

  async function readModule(text: string): Promise<ReadDefinition> {
    bench = await createWorkbench()
    await writeFile(join(bench.root, 'flow.mjs'), text)
    return readDefinition(bench.context, 'flow.mjs')
  }
  async function messageOf(text: string): Promise<string> {
    const { problems } = await readModule(text)
    return problems[0]?.message ?? 'sound'
  }

  test('[E150] is not waited for when what it left behind keeps its pipes open', async () => {
    const text = [
      "import { spawn } from 'node:child_process'",
      "const left = spawn('sleep', ['900'], { detached: true, stdio: 'inherit' })",
      'left.unref()',
      "export default { name: 'x', version: String(left.pid), steps: { a: { run: 'true' } } }",
    ]
    const { definition } = await readModule(text.join('\n'))
    // It is there still, or it could not be ended.
    process.kill(Number(definition?.version), 'SIGKILL')
  })

  test('[E150] too much, in letters of any size, is said as such', async () => {
    const text = "export default { name: 'x', description: 'é'.repeat(3_000_000), steps: {} }"
    expect(await messageOf(text)).toBe('what it exports is larger than 4194304 bytes.')
  })

  test.each([
    ["import { writeSync } from 'node:fs'\nwriteSync(3, 'mine')\nexport default {}", 'file 3'],
    ['export default { toJSON: () => undefined }', 'what it exports is no JSON.'],
  ])('[E150] %j is told', async (text, message) => {
    expect(await messageOf(text)).toContain(message)
  })
})
