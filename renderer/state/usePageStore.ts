import { useEffect, useMemo } from 'react'
import type { StoreApi } from 'zustand/vanilla'

type Opened = { readonly open: () => () => void }

/**
 * The store of a page: made again when `key` changes, opened while the page is shown, closed after.
 * `usePageStore(document, () => createRepairStore(client, { document }))`
 */
export function usePageStore<State extends Opened>(
  key: string,
  create: () => StoreApi<State>,
): StoreApi<State> {
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key says when it is another store
  const store = useMemo(create, [key])
  useEffect(() => store.getState().open(), [store])
  return store
}
