import type { AppError } from '../../../shared/errors.ts'
import { useFolder } from '../../state/useFolder.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FolderButton } from '../../ui/FolderButton.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'

export type RunFailedProps = {
  readonly document: string
  readonly error: AppError
  readonly onRetry: () => void
}

/** A run of which nothing can be shown: which one, why, and the ways on. */
export function RunFailed({ document, error, onRetry }: RunFailedProps) {
  const { go, list } = useNavigation()
  const folder = useFolder()
  const isGone = error.code === 'not-found'
  return (
    <>
      <PageHeader
        title={
          <>
            Run <code>{document}</code>
          </>
        }
      />
      <ErrorPanel
        error={error}
        place={folder?.path}
        onRetry={onRetry}
        actions={
          <>
            <Button icon="list" onClick={() => go(list)}>
              Back to the list
            </Button>
            {isGone && (
              <Button icon="trash" onClick={() => go({ kind: 'cleanup', tab: 'trash' })}>
                Trash
              </Button>
            )}
            {folder && <FolderButton {...folder} />}
          </>
        }
      />
    </>
  )
}
