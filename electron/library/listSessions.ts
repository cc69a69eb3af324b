import { toAppError } from '../../shared/errors.ts'
import { mapBounded } from '../../shared/mapBounded.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { readRun } from '../../shared/core/reading/readRun.ts'
import { decodeLossy, decodeUtf8 } from '../services/decodeUtf8.ts'
import type { Entry } from '../store/store.ts'
import type { SessionContext } from './openSession.ts'
import { keptIdOf, type KeptKind } from './sessionRun.ts'
import type { Session } from './sessions.ts'

/** Newest change first. A session that is damaged is listed with what is wrong, as far as it can be told to be one. */
export async function listSessions(context: SessionContext): Promise<readonly Session[]> {
  const entries = (await context.store.list()).filter(({ run }) => run !== null)
  const documents = entries.map(({ document }) => document)
  const starts = await context.store.readStarts(documents, summaryBytes)
  const maybe = entries.filter((_entry, place) => {
    const start = starts[place]
    return start === undefined || 'problem' in start || !isOtherKind(context.kind, start.bytes)
  })
  const found = await mapBounded(maybe, readsAtOnce, (entry) => readOne(context, entry))
  return found
    .flat()
    .toSorted((one, other) =>
      one.updatedAt < other.updatedAt ? 1 : one.updatedAt > other.updatedAt ? -1 : 0,
    )
}

/** The summary of a head says so within its first bytes; a session of which only the journal is there has none. */
function isOtherKind(kind: KeptKind, start: Uint8Array): boolean {
  const said = /"kind":"([a-z]+)"/.exec(decodeLossy(start))?.[1]
  return said !== undefined && said !== kind
}

async function readOne(context: SessionContext, { run }: Entry): Promise<readonly Session[]> {
  if (run === null) return []
  try {
    const found = await readAny(context, run)
    return found === null ? [] : [found]
  } catch (error) {
    const { code } = toAppError(error)
    // It was deleted while the list was made.
    if (code === 'not-found') return []
    throw error
  }
}

async function readAny(context: SessionContext, id: RunId): Promise<Session | null> {
  const stored = await context.store.read(id)
  const head = stored.head === null ? null : decodeUtf8(stored.head.bytes)
  const { run, health, findings } = readRun({ head, journal: stored.journal }, context.sha256)
  const session = run === null ? null : keptIdOf(run, context.kind)
  if (run === null || session === null) return null
  const flaw = findings.find(({ severity }) => severity === 'error')
  const problem =
    health === 'ok'
      ? null
      : `${flaw?.sentence ?? 'Its files do not fit.'} Repair it (unstuck repair ${id}).`
  return { id: session, ...shown(run), problem }
}

function shown(run: Run): Omit<Session, 'id' | 'problem'> {
  const { id, status, createdAt, updatedAt, checkpoints } = run
  return { run: id, status, createdAt, updatedAt, checkpoints: checkpoints.length }
}

const summaryBytes = 1024
const readsAtOnce = 8
