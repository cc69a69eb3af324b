import { untrustedProblem } from '../../shared/core/resume/untrustedProblem.ts'
import { AppError } from '../../shared/errors.ts'
import type { ServiceContext } from './context.ts'

/** Throws unless steps of this workspace's workflows may be executed and their records written. */
export async function requireExecution(context: ServiceContext): Promise<void> {
  await requireTrust(context)
  const { access } = context.store
  if (!access.writable)
    throw new AppError('read-only', `Nothing can be started here: ${access.reason}`)
}

/** Throws unless a person said that what this folder's workflows do may be done. */
export async function requireTrust(context: ServiceContext): Promise<void> {
  if (await context.trust.isTrusted()) return
  throw new AppError('untrusted', untrustedProblem)
}
