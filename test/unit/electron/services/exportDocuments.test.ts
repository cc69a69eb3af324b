import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  openExport,
  planExport,
  readExport,
} from '../../../../electron/services/exports/exportRuns.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import type { CallInput } from '../../../../shared/contract/contract.ts'
import { exportCalls } from '../../../../shared/contract/exports.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

const fixtures = new URL('../../../fixtures/foreign/', import.meta.url)
const schema = new URL('../../../../docs/schema/export.schema.json', import.meta.url)
const secret = 'hunter2-and-more'

let bench: Workbench
beforeEach(async () => {
  bench = await createWorkbench()
})
afterEach(() => bench.close())

async function exported(input: CallInput<'export.open'>) {
  const asked = exportCalls['export.open'].input.parse(input)
  const { export: token, name } = await openExport(bench.context, asked)
  let text = ''
  for (let piece = 0; ; piece += 1) {
    const read = await readExport(bench.context, { export: token, piece })
    text += read.text
    if (read.end !== null) return { text, name, end: read.end, total: read.total }
  }
}

const formats = [
  ['awf', 'awf/failed.json'],
  ['marsys', 'marsys/session.json'],
  ['multyagents', 'multyagents/api-state.created.json'],
  ['tapps', 'tapps/durable-checkpoint.json'],
  ['task-runner', 'task-runner/snapshot.failed.json'],
] as const

test.each(formats)(
  '[X98] a document of %s is in an export as it is written, without its secrets, and told where',
  async (format, fixture) => {
    const plain = (await readFile(new URL(fixture, fixtures), 'utf8')).trim()
    const seeded = plain.replace('{', `{"api_token": "${secret}", "exact": 9007199254740993.10,`)
    await writeFile(join(bench.root, 'state.json'), seeded)
    const documents = [{ format, document: 'state.json', item: null }]

    const masked = await exported({ documents, as: 'json' })
    const open = await exported({ documents, as: 'json', redact: false, reason: 'for the vendor' })

    expect(open.text).toContain(seeded)
    expect(masked.text).not.toContain(secret)
    expect(masked.text).toContain('"exact": 9007199254740993.10')
    expect(masked).toMatchObject({ name: 'state.export.json', total: 1, end: { problems: [] } })
    expect(masked.end.redaction?.rows).toContainEqual(
      expect.objectContaining({ file: 'state.json', place: '/api_token' }),
    )
    const document = JSON.parse(masked.text)
    expect(document).toMatchObject({ runs: [], documents: [{ document: 'state.json', format }] })
    const isValid = new Ajv({ allowUnionTypes: true }).compile(
      JSON.parse(await readFile(schema, 'utf8')),
    )
    expect(isValid(document), JSON.stringify(isValid.errors)).toBe(true)
  },
)

test('[X98] what its engine keeps beside it comes along; a text that is no JSON is a text, masked; what is gone is told', async () => {
  await cp(new URL('awf/', fixtures), join(bench.root, 'states'), { recursive: true })
  const cut = (await readFile(new URL('awf/truncated.json', fixtures), 'utf8')).trim()
  const broken = cut.replace('{', `{"api_token": "${secret}",`)
  await writeFile(join(bench.root, 'states/truncated.json'), broken)

  const { text, end } = await exported({
    documents: [ref('failed.json'), ref('truncated.json'), ref('nothing.json')],
    as: 'json',
  })

  const [, damaged, ...more] = JSON.parse(text).documents
  expect(more).toEqual([])
  expect(damaged.files[0].text).toContain(broken.slice(-40))
  expect(text).not.toContain(secret)
  expect(end.problems).toMatchObject([{ run: 'states/nothing.json' }])
})

test('[X98] any other form is refused, with what to do; so is an export of nothing', async () => {
  const documents = [{ format: 'awf', document: 'a.json', item: null } as const]

  for (const as of ['jsonl', 'otlp'] as const)
    await expect(plan({ documents, as })).rejects.toThrow('Import it first')
  await expect(plan({ as: 'json' })).rejects.toThrow('Name a run or a document')
})

function ref(name: string) {
  return { format: 'awf', document: `states/${name}`, item: null } as const
}

function plan(input: CallInput<'export.plan'>) {
  return planExport(bench.context, exportCalls['export.plan'].input.parse(input), {
    signal: neverCancelled,
    progress: () => undefined,
  })
}
