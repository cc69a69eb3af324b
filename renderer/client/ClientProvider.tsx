import { createContext, useContext, type ReactNode } from 'react'
import type { Client } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'

const ClientContext = createContext<Client | null>(null)

export type ClientProviderProps = { readonly client: Client; readonly children: ReactNode }

export function ClientProvider({ client, children }: ClientProviderProps) {
  return <ClientContext value={client}>{children}</ClientContext>
}

/** The way to the host. For store factories; components read stores. */
export function useClient(): Client {
  const client = useContext(ClientContext)
  if (client === null) throw new AppError('bug', 'useClient was used outside of ClientProvider.')
  return client
}
