import type { CallName } from '../../shared/contract/contract.ts'

const contract = 'test/contract/samples.ts'
const host = 'test/contract/cli.test.ts'

/**
 * Which tests exercise a call: over every transport with doubles of its handler, and with a real host on a real folder.
 * A new call does not compile until it has its row.
 */
export const callTests: { readonly [N in CallName]: readonly string[] } = {
  'workspace.get': [contract, host],
  'workspace.trust': [contract, host],
  'sample.create': [contract, host],
  'workflow.list': [contract, host],
  'workflow.read': [contract, host],
  'run.list': [contract, host],
  'run.get': [contract, host],
  'run.forks': [contract, host],
  'run.steps': [contract, host],
  'run.checkpoints': [contract, host],
  'run.history': [contract, host],
  'run.log': [contract, host],
  'run.raw': [contract, host],
  'state.read': [contract, host],
  'state.value': [contract, host],
  'run.check': [contract, host],
  'run.start': [contract, host],
  'run.wait': [contract, host],
  'run.pause': [contract, host],
  'run.cancel': [contract, host],
  'run.decide': [contract, host],
  'run.retry': [contract, host],
  'run.checkpoint': [contract, host],
  'step.try': [contract, host],
  'run.archive': [contract, host],
  'run.unarchive': [contract, host],
  'lock.get': [contract, host],
  'lock.break': [contract, host],
  'checkpoint.compare': [contract, host],
  'checkpoint.patch': [contract, host],
  'resume.plan': [contract, host],
  'resume.apply': [contract, host],
  'repair.plan': [contract, host],
  'repair.apply': [contract, host],
  'repair.undo': [contract, host],
  'migrate.plan': [contract, host],
  'migrate.apply': [contract, host],
  'migrate.rollback': [contract, host],
  'cleanup.plan': [contract, host],
  'cleanup.apply': [contract, host],
  'trash.list': [contract, host],
  'cleanup.restore': [contract, host],
  'purge.plan': [contract, host],
  'purge.apply': [contract, host],
  'storage.get': [contract, host],
  'operations.list': [contract, host],
  'host.get': [contract, host],
  'host.dismiss': [contract, host],
}
