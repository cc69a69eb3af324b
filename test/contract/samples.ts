import type { CallInput, CallName, Handlers } from '../../shared/contract/contract.ts'
import { callNames } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'

export const ref = {
  workspace: 'w',
  format: 'unstuck',
  document: 'build-20260102-030405-ab12',
  item: null,
} as const

export const workspace = {
  id: 'w',
  name: 'flows',
  path: '/home/ada/flows',
  document: null,
  writable: true,
  readOnlyReason: null,
  trusted: true,
  isSample: false,
  application: { version: '0.1.0', host: 'cli' },
  settingsProblem: null,
} as const

const approval = { rev: 'r', digest: 'd', asOf: '2026-01-02T03:04:05.678Z' }
const policy = {
  days: { completed: 30, failed: null, cancelled: null },
  maxRunsPerWorkflow: null,
  maxBytes: null,
}

const edit = { kind: 'set', path: '/inputs/amount', json: '42' } as const

/** One valid input for every call. */
export const validInputs: { readonly [N in CallName]: CallInput<N> } = {
  'workspace.get': {},
  'workspace.trust': { trusted: true },
  'sample.create': {},
  'workflow.list': {},
  'workflow.read': { definition: 'flow.yaml' },
  'run.list': {},
  'run.get': { ref },
  'run.forks': { ref },
  'run.steps': { ref },
  'run.checkpoints': { ref },
  'run.history': { ref },
  'run.log': { ref, step: 'build', attempt: 1 },
  'run.raw': { ref, file: 'head' },
  'state.read': { ref },
  'state.value': { ref },
  'run.check': { ref },
  'run.start': { definition: 'flow.yaml' },
  'run.wait': { ref },
  'run.pause': { ref },
  'run.cancel': { ref },
  'run.decide': { ref, step: 'approve', decision: 'approved' },
  'run.retry': { ref, step: 'build' },
  'run.checkpoint': { ref, name: 'before the cut' },
  'step.try': { ref, step: 'build' },
  'run.archive': { runs: ['etl-7'] },
  'run.unarchive': { runs: ['etl-7'] },
  'lock.get': { ref },
  'lock.break': { ref, holder: { pid: 7, epoch: 1, since: '2026-01-02T03:04:05.678Z' } },
  'checkpoint.compare': {
    left: { ref, checkpoint: 'cp-1' },
    right: { ref, checkpoint: null },
  },
  'checkpoint.patch': { left: { ref, checkpoint: 'cp-1' }, right: { ref, checkpoint: null } },
  'resume.plan': { ref },
  'resume.apply': { ref, ...approval },
  'repair.plan': { ref },
  'repair.apply': { ref, ...approval },
  'repair.undo': { ref, backup: 'b' },
  'edit.plan': { ref, edits: [edit] },
  'edit.apply': { ref, edits: [edit], ...approval, reason: 'wrong bill' },
  'edit.undo': { ref },
  'edit.batch.plan': { runs: ['etl-7'], edit },
  'edit.batch.apply': { runs: ['etl-7'], edit, ...approval, reason: 'wrong bill' },
  'migrate.plan': {},
  'migrate.apply': approval,
  'migrate.rollback': { runs: ['etl-7'] },
  'cleanup.plan': { policy },
  'cleanup.apply': { policy, ...approval },
  'trash.list': {},
  'cleanup.restore': { entries: ['e'] },
  'purge.plan': {},
  'purge.apply': approval,
  'storage.get': {},
  'operations.list': {},
  'host.get': {},
  'host.dismiss': {},
}

/** One input for every call that does not fit it. A call without fields is given what is no object. */
export const invalidInputs: { readonly [N in CallName]: unknown } = {
  'workspace.get': null,
  'workspace.trust': { trusted: 'yes' },
  'sample.create': 'all',
  'workflow.list': null,
  'workflow.read': { definition: '' },
  'run.list': { limit: 501 },
  'run.get': { ref: { ...ref, format: 'sqlite' } },
  'run.forks': { ref: 'latest' },
  'run.steps': { ref, offset: -1 },
  'run.checkpoints': { ref, limit: 0 },
  'run.history': { ref, limit: 0 },
  'run.log': { ref, step: '../../etc', attempt: 1 },
  'run.raw': { ref, file: '/etc/passwd' },
  'state.read': { ref, pointer: 7 },
  'state.value': { ref, limitBytes: 262_145 },
  'run.check': {},
  'run.start': { definition: '' },
  'run.wait': { ref: 'latest' },
  'run.pause': { ref: { ...ref, document: '' } },
  'run.cancel': { ref, reason: 7 },
  'run.decide': { ref, step: 'approve', decision: 'perhaps' },
  'run.retry': { ref, step: '../../etc' },
  'run.checkpoint': { ref, name: '' },
  'step.try': { ref, step: 7 },
  'run.archive': { runs: [] },
  'run.unarchive': { runs: ['../x'] },
  'lock.get': { ref: null },
  'lock.break': { ref, holder: { pid: 7 } },
  'checkpoint.compare': { left: { ref, checkpoint: null } },
  'checkpoint.patch': { left: ref, right: ref },
  'resume.plan': { ref, decisions: { build: { kind: 'perhaps' } } },
  'resume.apply': { ref, ...approval, rev: '' },
  'repair.plan': { ref, rejected: 'all' },
  'repair.apply': { ref },
  'repair.undo': { ref },
  'edit.plan': { ref, edits: [{ kind: 'set', path: 'inputs', json: '42' }] },
  'edit.apply': { ref, edits: [edit], ...approval, reason: ' ' },
  'edit.undo': { ref, seq: 0 },
  'edit.batch.plan': { runs: [], edit },
  'edit.batch.apply': { runs: ['etl-7'], edit, ...approval },
  'migrate.plan': { documents: 'all' },
  'migrate.apply': { ...approval, asOf: 'now' },
  'migrate.rollback': { runs: ['../x'] },
  'cleanup.plan': { policy: { ...policy, maxBytes: -1 } },
  'cleanup.apply': { ...approval },
  'trash.list': [],
  'cleanup.restore': { entries: [] },
  'purge.plan': { recent: 'yes' },
  'purge.apply': { ...approval, digest: '' },
  'storage.get': 7,
  'operations.list': { since: 'yesterday' },
  'host.get': 'all',
  'host.dismiss': { batches: 'all' },
}

/** Handlers of a host where every call but the given ones fails with its own name. */
export function handlersWith(given: Partial<Handlers>): Handlers {
  const failing = callNames.map((name) => [
    name,
    async () => {
      throw new AppError('not-found', name, { call: name })
    },
  ])
  return { ...(Object.fromEntries(failing) as Handlers), ...given } // one for every name of the contract
}
