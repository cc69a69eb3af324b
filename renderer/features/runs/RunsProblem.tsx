import { useStore } from 'zustand'
import { listProblem } from '../../state/runsStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useFolder } from '../../state/useFolder.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { FolderButton } from '../../ui/FolderButton.tsx'

/** Why the list that is shown may not be what is on disk. */
export function RunsProblem() {
  const { runs } = useStores()
  const problem = useStore(runs, listProblem)
  const folder = useFolder()
  if (problem === null) return null
  return (
    <Banner
      tone="bad"
      icon="alert"
      actions={
        <>
          {folder && <FolderButton {...folder} size="s" />}
          <Button size="s" onClick={() => void runs.getState().retry()}>
            Try again
          </Button>
        </>
      }
    >
      The list may be old. {problem.message}
    </Banner>
  )
}
