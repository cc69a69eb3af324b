import type { AppError } from '../../../shared/errors.ts'
import { useFolder } from '../../state/useFolder.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FolderButton } from '../../ui/FolderButton.tsx'

export type RunsFailedProps = { readonly error: AppError; readonly onRetry: () => void }

/** Why no run can be shown, where they should be, and the ways on. */
export function RunsFailed({ error, onRetry }: RunsFailedProps) {
  const folder = useFolder()
  return (
    <ErrorPanel
      what="The runs could not be read."
      error={error}
      place={folder?.path}
      onRetry={onRetry}
      actions={folder && <FolderButton {...folder} />}
    />
  )
}
