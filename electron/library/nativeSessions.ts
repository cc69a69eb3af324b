import { invariant } from '../../shared/assert.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import type { Run } from '../../shared/schema/run.ts'
import { createHeldSessions, type Done } from './heldSessions.ts'
import { listSessions } from './listSessions.ts'
import {
  readSession,
  type NamedSession,
  type SessionContext,
  type StoredSession,
} from './openSession.ts'
import { checkpointRecord, restoreRecords, shownCheckpoint, stateAt } from './sessionCheckpoints.ts'
import { findCheckpoint, noSession } from './sessionErrors.ts'
import { changeRecords, newSessionRun, runIdOf, statusRecords } from './sessionRun.ts'
import type { SaveOptions, Sessions } from './sessions.ts'
import { asState, type State } from './state.ts'
import { checkKey } from './storageBackend.ts'
import { writeSession, type OpenSession } from './writeSession.ts'

export type NativeSessions = Sessions & { readonly close: () => Promise<void> }

/** Sessions as runs of a workspace: each has a journal, and a change of its state is one record, whole or not there. */
export function createNativeSessions(context: SessionContext): NativeSessions {
  const held = createHeldSessions(context)
  return {
    async save(session, changeState, options) {
      const work = async (open: OpenSession): Promise<Done<State>> => {
        const before = open.run === null ? null : structuredClone(open.run.variables)
        const result = asState(await changeState(before), { maxBytes: context.maxStateBytes })
        const bodies = saveRecords(context, open, { session, state: result, options })
        if (bodies.length === 0) return { result, run: open.run }
        return { result, run: await writeSession(context, open, bodies) }
      }
      const saved = await held.use(nameOf(session), { isMade: true, work })
      invariant(saved !== null, `Session ${session} was not made.`)
      return saved.result
    },
    load: async (session) => (await read(session)).run?.variables ?? null,
    list: () => listSessions(context),
    async remove(session) {
      const done = await held.use(nameOf(session), {
        isMade: false,
        work: (open) => trash(context, open),
      })
      return done?.result ?? false
    },
    createCheckpoint: (session, name, { progress }) =>
      change(session, async (open) => {
        const last = open.run.checkpoints.at(-1)
        const record = checkpointRecord(open.run, {
          name,
          progress: progress ?? last?.progress ?? 0,
          parent: last?.id ?? null,
          ahead: 0,
        })
        const run = await writeSession(context, open, [record])
        return { result: shownCheckpoint(findCheckpoint(session, run.checkpoints, record.id)), run }
      }),
    loadCheckpoint: async (session, checkpoint) =>
      stateAt(await existing(session), { session, checkpoint }).state,
    restoreCheckpoint: (session, checkpoint) =>
      change(session, async (open) => {
        const found = await existing(session)
        const target = stateAt(found, { session, checkpoint })
        const bodies = restoreRecords(found, target, context.user)
        return { result: target.state, run: await writeSession(context, open, bodies) }
      }),
    listCheckpoints: async (session) =>
      (await existing(session)).run.checkpoints.map(shownCheckpoint),
    close: () => held.close(),
  }

  function nameOf(session: string): NamedSession {
    checkKey(session)
    return { session, id: runIdOf(session, context.sha256) }
  }

  function read(session: string): Promise<StoredSession> {
    return readSession(context, nameOf(session))
  }

  async function existing(session: string): Promise<StoredSession & { readonly run: Run }> {
    const { run, stored } = await read(session)
    if (run === null) throw noSession(session)
    return { run, stored }
  }

  /** Of a session that exists. */
  async function change<Result>(
    session: string,
    work: (open: OpenSession & { readonly run: Run }) => Promise<Done<Result>>,
  ): Promise<Result> {
    const done = await held.use(nameOf(session), {
      isMade: false,
      work: async ({ run, ...open }) => {
        if (run === null) throw noSession(session)
        return work({ ...open, run })
      },
    })
    if (done === null) throw noSession(session)
    return done.result
  }
}

function saveRecords(
  context: SessionContext,
  { run, writer }: OpenSession,
  saved: { readonly session: string; readonly state: State; readonly options: SaveOptions },
): readonly RecordBody[] {
  const { session, state, options } = saved
  const { kind, program, user, host, folder } = context
  if (run === null) {
    const at = context.now()
    const place = { at, user, host, folder }
    const made = newSessionRun({ run: writer.run, kind, session, program, state, ...place })
    return [{ type: 'runCreated', run: made }, ...statusRecords(made.status, options, user)]
  }
  return [...changeRecords(run.variables, state, user), ...statusRecords(run.status, options, user)]
}

async function trash(
  context: SessionContext,
  { run, writer }: OpenSession,
): Promise<Done<boolean>> {
  if (run === null) return { result: false, run }
  await writer.trash({
    reason: 'Deleted by its program',
    workflow: run.workflow.name,
    keepDays: await context.trashDays(),
  })
  return { result: true, run: null }
}
