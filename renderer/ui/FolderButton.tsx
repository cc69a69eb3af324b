import { Button } from './Button.tsx'
import { CopyCommand } from './CopyCommand.tsx'

export type FolderButtonProps = {
  readonly path: string
  /** Null: there is no file manager; the path is copied instead. */
  readonly onShow: (() => void) | null
  readonly size?: 's' | 'm'
}

/** The way to the files themselves. */
export function FolderButton({ path, onShow, size = 'm' }: FolderButtonProps) {
  if (onShow === null)
    return <CopyCommand text={path} label="Copy path" variant="default" size={size} />
  return (
    <Button size={size} icon="folder" title={path} onClick={onShow}>
      Show in file manager
    </Button>
  )
}
