import type { Client } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import { closeCodes } from '../../shared/rpc/authFrame.ts'
import { createReconnectingClient } from './createReconnectingClient.ts'
import type { Connection } from './openConnection.ts'

/** The client of a page that a remote host serves. `first` was dialled already; null: it is dialled now. */
export function createWebSocketClient(dial: () => Connection, first: Connection | null): Client {
  let connection: Connection | null = null
  return createReconnectingClient({
    open: () => {
      connection = connection === null && first !== null ? first : dial()
      return connection.channel
    },
    after: (delayMs, action) => {
      const timer = setTimeout(action, delayMs)
      return () => clearTimeout(timer)
    },
    refusal: () => (connection?.closeCode() === closeCodes.unauthorised ? wrongToken() : null),
  })
}

function wrongToken(): AppError {
  const message = 'The host refused this page: its token is missing or wrong.'
  return new AppError('invalid-input', `${message} Open the whole address that the host printed.`)
}
