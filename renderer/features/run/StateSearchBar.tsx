import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { pointerOfPath } from '../../../shared/core/tree/paths.ts'
import type { StateSearchStore } from '../../state/stateSearchStore.ts'
import type { StateTreeStore } from '../../state/stateTreeStore.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import { SearchSteps } from './SearchSteps.tsx'

export type StateSearchBarProps = {
  readonly store: StateSearchStore
  readonly tree: StateTreeStore
  readonly checkpoint: string | null
}

/** Searches keys, values and paths; a path that begins with `/` or `$` is gone to with Enter. */
export function StateSearchBar({ store, tree, checkpoint }: StateSearchBarProps) {
  const { query, scope, search, step } = useStore(store)
  const [path, setPath] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  useEffect(() => {
    // The same is searched where somebody goes to.
    if (scope !== checkpoint && query !== '') void search(query, checkpoint)
  }, [scope, checkpoint, query, search])
  const type = (text: string) => {
    const isPath = /^[/$]/.test(text)
    setPath(isPath ? text : null)
    setWrong(null)
    void search(isPath ? '' : text, checkpoint)
  }
  const enter = async () => {
    if (path === null) return step(1)
    const pointer = pointerOfPath(path)
    const isThere = pointer !== null && (await tree.getState().reveal(pointer))
    setWrong(isThere ? null : pointer === null ? 'This is no path.' : 'Nothing is at this path.')
  }
  return (
    <>
      <SearchField
        label="Search the state"
        placeholder="Search, or go to /a/path"
        shortcut="/"
        value={path ?? query}
        onChange={type}
        onEnter={() => void enter()}
      />
      {path !== null && <output>{wrong ?? 'Enter goes to this path'}</output>}
      <SearchSteps store={store} what="places" />
    </>
  )
}
