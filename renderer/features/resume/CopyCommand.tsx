import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'

export type CopyCommandProps = { readonly text: string; readonly label?: string }

/** Says "copied" only when the clipboard took it; else it shows the line, so that it can be copied by hand. */
export function CopyCommand({ text, label }: CopyCommandProps) {
  const [copied, setCopied] = useState<{ readonly text: string; readonly isDone: boolean } | null>(
    null,
  )
  const current = copied?.text === text ? copied : null
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied({ text, isDone: true }),
      () => setCopied({ text, isDone: false }),
    )
  return (
    <>
      {current?.isDone === false && <code>{text}</code>}
      <Button
        variant="quiet"
        icon={current?.isDone === true ? 'check' : 'copy'}
        title={text}
        onClick={() => void copy()}
      >
        {current?.isDone === true ? 'Copied' : (label ?? 'Copy as command line')}
      </Button>
    </>
  )
}
