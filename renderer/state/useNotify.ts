import type { NoticesState } from './noticesStore.ts'
import { useStores } from './StoresProvider.tsx'

/** Shows what just happened in the notice region. */
export function useNotify(): NoticesState['notify'] {
  return useStores().notices.getState().notify
}
