import { parseJson } from '../../schema/parseJson.ts'
import { currentVersion } from '../../schema/head.ts'
import type { Sha256 } from '../../schema/digest.ts'
import type { Run } from '../../schema/run.ts'
import { encodeHead } from '../codec/encodeHead.ts'
import { utf8Length } from '../codec/locate.ts'
import { checksumV2 } from './checksumV2.ts'
import type { MigrationRow } from './migrationPlan.ts'
import type { MigrationCause } from './migrationFailures.ts'
import { takeSteps, type MigrationOptions, type Upcast } from './upcast.ts'

export type PlannedMigration = {
  readonly row: Omit<MigrationRow, 'rev'>
  /** Null when the document cannot be migrated; the row says why. */
  readonly run: Run | null
}

/**
 * What migrating one old document would make of it. A document that does not fit its own checksum is not migrated: a new
 * checksum over it would hide that it was changed.
 */
export function planMigration(text: string, options: MigrationOptions): PlannedMigration {
  const chain = takeSteps(text, options)
  const checksum =
    chain.from === 2 && chain.kind === 'ok' ? checksumProblem(text, options.sha256) : null
  const problem = chain.kind === 'failed' ? chain.problem : checksum
  const cause = problem === null ? null : causeOf(chain)
  const run = chain.kind === 'ok' && problem === null ? chain.run : null
  const row: Omit<MigrationRow, 'rev'> = {
    document: options.document,
    from: chain.from,
    to: currentVersion,
    run: run?.id ?? null,
    steps: chain.steps.map(({ name, sentences }) => ({ name, sentences: [...sentences] })),
    notes: someOf(chain.notes),
    source: { sizeBytes: utf8Length(text) },
    target: run === null ? null : { sizeBytes: utf8Length(encodeHead(run, options.sha256)) },
    problem,
    cause,
  }
  return { row, run }
}

function causeOf(chain: Upcast): MigrationCause {
  return chain.kind === 'failed' ? chain.cause : 'It does not fit its checksum.'
}

function checksumProblem(text: string, sha256: Sha256): string | null {
  const document: unknown = parseJson(text)
  if (typeof document !== 'object' || document === null) return null
  const stated: unknown = 'checksum' in document ? document.checksum : undefined
  if (stated === undefined || stated === checksumV2(text, sha256)) return null
  return 'The document does not fit its checksum: it was changed after it was written. Put a good copy in its place, or take the checksum out to accept it as it is.'
}

/** More of them say nothing new, and would make a plan of many documents too long to be sent. */
const maxNotes = 40

function someOf(notes: readonly string[]): string[] {
  const rest = notes.length - maxNotes
  return rest > 0 ? [...notes.slice(0, maxNotes), `And ${rest} more like these.`] : [...notes]
}
