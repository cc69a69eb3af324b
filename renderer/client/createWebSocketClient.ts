import type { Client } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import { closeCodes } from '../../shared/rpc/authFrame.ts'
import { createReconnectingClient } from '../../shared/rpc/createReconnectingClient.ts'
import type { Connection } from './openConnection.ts'

/** The client of a page that a remote host serves. `first` was dialled already; null: it is dialled now. */
export function createWebSocketClient(
  dial: (token: string | null) => Connection,
  first: Connection | null,
): Client {
  let connection: Connection | null = null
  return createReconnectingClient({
    open: (token) => {
      connection = connection === null && first !== null ? first : dial(token)
      return connection.channel
    },
    after: (delayMs, action) => {
      const timer = setTimeout(action, delayMs)
      return () => clearTimeout(timer)
    },
    refusal: () => refusals.get(connection?.closeCode() ?? 0)?.() ?? null,
    silence: { afterMs: 25_000, withinMs: 10_000 },
  })
}

const refusals: ReadonlyMap<number, () => AppError> = new Map([
  [closeCodes.unauthorised, wrongToken],
  [closeCodes.idle, idle],
])

function wrongToken(): AppError {
  const message =
    'The host does not know this page: its token is wrong, or the session has ended. Give the address that the host printed.'
  return new AppError('invalid-input', message)
}

function idle(): AppError {
  const message =
    'The session ended because nobody used it. Give the address that the host printed to connect again.'
  return new AppError('invalid-input', message)
}
