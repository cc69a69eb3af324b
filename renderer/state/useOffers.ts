import { useEffect, useRef } from 'react'
import type { ReadOffers } from './offers.ts'
import { useStores } from './StoresProvider.tsx'

/** Offers this to the palette for as long as the component is shown; `read` is called when somebody opens it. */
export function useOffers(read: ReadOffers): void {
  const { offers } = useStores()
  const latest = useRef(read)
  useEffect(() => {
    latest.current = read
  })
  useEffect(() => offers.put(() => latest.current()), [offers])
}
