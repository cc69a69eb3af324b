import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { HostAccount, ServiceContext } from './context.ts'

/** What the host holds in memory, what it began with, and where that is not so any more. */
export async function getHost(context: ServiceContext): Promise<CallOutput<'host.get'>> {
  return accountOf(context).get()
}

/** Cut batches and differences that were seen are not shown again. */
export async function dismissOfHost(
  context: ServiceContext,
  input: HandlerInput<'host.dismiss'>,
): Promise<CallOutput<'host.dismiss'>> {
  const facts = await accountOf(context).dismiss(input.batches)
  context.emit('workspace.changed', {})
  return facts
}

function accountOf({ hostAccount }: ServiceContext): HostAccount {
  if (hostAccount !== undefined) return hostAccount
  throw new AppError('bug', 'A part of a host was asked for the account that only the host has.')
}
