import { createContext, useContext, type ReactNode } from 'react'
import { AppError } from '../../shared/errors.ts'
import type { Stores } from './createStores.ts'

const StoresContext = createContext<Stores | null>(null)

export type StoresProviderProps = { readonly stores: Stores; readonly children: ReactNode }

/** Hands the stores of the window down. */
export function StoresProvider({ stores, children }: StoresProviderProps) {
  return <StoresContext value={stores}>{children}</StoresContext>
}

export function useStores(): Stores {
  const stores = useContext(StoresContext)
  if (stores === null) throw new AppError('bug', 'useStores was used outside of StoresProvider.')
  return stores
}
