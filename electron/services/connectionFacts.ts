import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { ServiceContext } from './context.ts'

/** Who is connected, and to what. */
export async function getConnection({
  connections,
  hostName,
  account: user,
}: ServiceContext): Promise<CallOutput<'connection.get'>> {
  const nobody = { total: 0, shown: [] }
  return connections?.facts() ?? { hostName, user, isRemote: false, address: null, people: nobody }
}

export async function noteActive(
  { connections }: ServiceContext,
  { name }: HandlerInput<'connection.active'>,
): Promise<CallOutput<'connection.active'>> {
  connections?.setName(name)
  return {}
}
