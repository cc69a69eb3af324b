import { useStore } from 'zustand'
import type { NavigationState } from './navigationStore.ts'
import { useStores } from './StoresProvider.tsx'

/** Where the user is, and the ways to go elsewhere. `href` of a link: `encodeRoute(route)`. */
export function useNavigation(): NavigationState {
  return useStore(useStores().navigation)
}
