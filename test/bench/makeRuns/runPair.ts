// One run of the data set: the same number always gives the same head and the same journal.
import { hash } from 'node:crypto'
import { encodeHead } from '../../../shared/core/codec/encodeHead.ts'
import { listedFacts } from '../../../shared/core/diagnose/listedFacts.ts'
import { createRun } from '../../../shared/core/run/createRun.ts'
import { replay } from '../../../shared/core/run/replay.ts'
import { invariant } from '../../../shared/assert.ts'
import { RunId } from '../../../shared/schema/ids.ts'
import type { Envelope, KnownRecord, RecordBody } from '../../../shared/schema/journal.ts'
import { createRandom, type Random } from '../../faults/campaigns/random.ts'
import { recordsOf } from './recordsOf.ts'
import { workflows } from './workflows.ts'

export type RunPair = {
  readonly id: RunId
  readonly day: string
  readonly head: string
  readonly journal: string
}

const firstMs = Date.parse('2026-01-01T00:00:00.000Z')
const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Days over which the runs are spread, the first one first. */
export const days: readonly string[] = Array.from({ length: 60 }, (_, index) =>
  new Date(firstMs + index * dayMs).toISOString().slice(0, 10),
)

export function runPair(number: number): RunPair {
  const random = createRandom(1, number)
  const createdMs = firstMs + random.below(days.length) * dayMs + random.below(dayMs - hourMs)
  const at = new Date(createdMs).toISOString()
  const definition = workflows[number % workflows.length] ?? workflows[0]
  invariant(definition !== undefined, 'There is no workflow.')
  const compact = at.replace(/[-:]|\.\d+/g, '').toLowerCase()
  const id = RunId.parse(`${definition.name}-${compact}-${number.toString(36).padStart(6, '0')}`)
  const born = createRun({
    id,
    definition,
    source: `/srv/workflows/${definition.name}.yaml`,
    digest: `sha256:${sha256(definition.name)}`,
    inputs: { environment: 'staging', branch: `feature/${random.below(1000)}` },
    at,
    place: {
      user: 'ci',
      host: `worker-${random.below(40)}`,
      folder: '/srv/work',
      environment: ['PATH'],
    },
    lineage: null,
  })
  const lines = chain(recordsOf(born, random), { createdMs, random })
  const run = replay(lines.map(({ record }) => ({ kind: 'known', record })))
  invariant(run !== null, 'The first record brings the run.')
  const journal = lines.map(({ text }) => text).join('')
  const records = lines.map(({ record }) => record)
  const listed = listedFacts(run, { journalBytes: Buffer.byteLength(journal), records })
  const head = encodeHead(run, sha256, listed)
  return { id, day: at.slice(0, 10), head, journal }
}

type Line = { readonly text: string; readonly record: KnownRecord }

/** Lines as the store writes them; it is not asked to, because it reads each of them back. */
function chain(
  bodies: readonly RecordBody[],
  options: { readonly createdMs: number; readonly random: Random },
): readonly Line[] {
  let prev = ''
  let ms = options.createdMs
  return bodies.map((body, index) => {
    ms += 20 + options.random.below(90_000)
    const { type, ...rest } = body
    const start = { seq: index + 1, at: new Date(ms).toISOString(), epoch: 1, type }
    const open = JSON.stringify({ ...start, ...rest, prev }).slice(0, -1)
    const sum = sha256(open).slice(0, 32)
    const envelope: Envelope = { ...start, prev, sum }
    prev = sum
    return {
      text: `${open},"sum":"${sum}"}\n`,
      record: { ...body, ...envelope, type } as KnownRecord,
    } // `type` is the body's own
  })
}

function sha256(text: string): string {
  return hash('sha256', text)
}
