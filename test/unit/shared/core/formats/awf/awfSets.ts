import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { awf } from '../../../../../../shared/core/formats/awf/awf.ts'
import type {
  FileSet,
  FormatContext,
  FormatReading,
} from '../../../../../../shared/core/formats/format.ts'

const fixtures = new URL('../../../../../fixtures/foreign/', import.meta.url)

/** A real file of AWF. */
export function awfText(name: string): string {
  return readFileSync(new URL(name, fixtures), 'utf8')
}

export const context: FormatContext = {
  sha256: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
  now: '2026-11-22T00:00:00.000Z',
}

/** Real files under the names that they had; the first is the document. */
export const failedId = '11111111-aaaa-4aaa-8aaa-111111111111'
export const samples = {
  failed: [`states/${failedId}.json`, 'awf/failed.json'],
  completed: [
    'states/22222222-bbbb-4bbb-8bbb-222222222222.json',
    'sets/awf/states/22222222-bbbb-4bbb-8bbb-222222222222.json',
  ],
  resumed: [`states/${failedId}.json`, `sets/awf/states/${failedId}.json`],
  cancelled: [
    'states/33333333-cccc-4ccc-8ccc-333333333333.json',
    'sets/awf/states/33333333-cccc-4ccc-8ccc-333333333333.json',
  ],
  pending: ['states/77777777-pending.json', 'sets/awf/states/77777777-pending.json'],
  old: ['states/deploy-20251210-101010.json', 'awf/old-0.1.json'],
  truncated: ['states/99999999-truncated.json', 'sets/awf/states/99999999-truncated.json'],
} as const

export type Sample = keyof typeof samples

export function sampleText(sample: Sample): string {
  return awfText(samples[sample][1])
}

export function sampleSet(sample: Sample, beside: Readonly<Record<string, string>> = {}): FileSet {
  const [document] = samples[sample]
  return setOf(document, sampleText(sample), beside)
}

export function setOf(
  document: string,
  text: string,
  beside: Readonly<Record<string, string>> = {},
): FileSet {
  const texts = new Map([[document, text], ...Object.entries(beside)])
  const files = [...texts].map(([path, one]) => ({
    path,
    sizeBytes: Buffer.byteLength(one),
    modifiedAt: '2026-11-21T09:00:00.000Z',
  }))
  return { document, item: null, files, texts }
}

export function reading(
  sample: Sample,
  change: (text: string) => string = (text) => text,
): FormatReading {
  const [document] = samples[sample]
  return awf.read(setOf(document, change(sampleText(sample))), context)
}

/** A state of the workflow `deploy` with these fields and steps, as AWF writes it. */
export function madeState(fields: object, steps: Readonly<Record<string, object>> = {}): FileSet {
  const states = Object.entries(steps).map(([name, step]) => [
    name,
    { ...awfStep, Name: name, ...step },
  ])
  const state = {
    ...JSON.parse(sampleText('pending')),
    ...fields,
    States: Object.fromEntries(states),
  } as object
  return setOf(samples.pending[0], JSON.stringify(state, null, 2))
}

const awfStep = {
  Name: '',
  Status: 'completed',
  Output: 'done\n',
  Stderr: '',
  ExitCode: 0,
  Attempt: 1,
  Error: '',
  StartedAt: '2026-11-21T08:00:00Z',
  CompletedAt: '2026-11-21T08:00:01Z',
}
