import { useStores } from '../../state/StoresProvider.tsx'
import { Button } from '../../ui/Button.tsx'

export type CopyLineProps = { readonly line: string }

/** The command line that does the same. */
export function CopyLine({ line }: CopyLineProps) {
  const { notify } = useStores().notices.getState()
  return (
    <Button
      variant="quiet"
      icon="copy"
      title={line}
      onClick={() => {
        navigator.clipboard.writeText(line).then(
          () => notify('done', 'The command line is on the clipboard.'),
          () => notify('error', `The clipboard refused the command line: ${line}`),
        )
      }}
    >
      Copy as command line
    </Button>
  )
}
