import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { ServiceContext } from './context.ts'

export async function listKnownHosts({
  knownHosts,
}: ServiceContext): Promise<CallOutput<'hosts.list'>> {
  return (await knownHosts?.list()) ?? { hosts: [], canConnect: false, whyNotKept: null }
}

export async function connectToHost(
  { knownHosts }: ServiceContext,
  input: HandlerInput<'hosts.connect'>,
): Promise<CallOutput<'hosts.connect'>> {
  if (knownHosts === undefined) throw onlyDesktop()
  return knownHosts.connect(input)
}

export async function forgetHost(
  { knownHosts }: ServiceContext,
  { address }: HandlerInput<'hosts.forget'>,
): Promise<CallOutput<'hosts.forget'>> {
  if (knownHosts === undefined) throw onlyDesktop()
  return { forgotten: knownHosts.forget(address) }
}

function onlyDesktop(): AppError {
  const message =
    'Only the desktop application connects to other hosts. In a browser, open the address that the host printed.'
  return new AppError('invalid-input', message)
}
