import { AppError } from '../../shared/errors.ts'
import type { ServiceContext } from './context.ts'

export type Planned<Plan> = {
  readonly plan: Plan
  readonly digest: string
  readonly rev: string
  readonly asOf: string
}

/** A plan with what its approval has to name: the digest of the plan itself and the revision it was made from. */
export function planned<Plan>(
  context: ServiceContext,
  plan: Plan,
  from: { readonly rev: string; readonly asOf: string },
): Planned<Plan> {
  const digest = `sha256:${context.sha256(JSON.stringify([from.asOf, plan]))}`
  return { plan, digest, rev: from.rev, asOf: from.asOf }
}

/** Throws `stale` unless what was approved is what would be done now. */
export function requireApproved(
  now: Planned<unknown>,
  approved: { readonly rev: string; readonly digest: string },
  item: string,
): void {
  if (now.rev === approved.rev && now.digest === approved.digest) return
  throw new AppError('stale', `${item} changed on disk since you looked. Review the plan again.`, {
    item,
    changed: now.rev === approved.rev ? 'plan' : 'document',
  })
}
