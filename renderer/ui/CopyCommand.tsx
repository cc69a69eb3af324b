import { useState } from 'react'
import { Button, type ButtonVariant } from './Button.tsx'

export type CopyCommandProps = {
  readonly text: string
  /** The line as it may be shown, where that is not the line itself. */
  readonly shown?: string
  readonly label?: string
  readonly variant?: ButtonVariant
  readonly size?: 's' | 'm'
}

/** Says "copied" only when the clipboard took it; else it shows the line, so that it can be copied by hand. */
export function CopyCommand(props: CopyCommandProps) {
  const { text, shown = text, label, variant = 'quiet', size = 'm' } = props
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
      {current?.isDone === false && <code>{shown}</code>}
      <Button
        variant={variant}
        size={size}
        icon={current?.isDone === true ? 'check' : 'copy'}
        title={shown}
        onClick={() => void copy()}
      >
        {current?.isDone === true ? 'Copied' : (label ?? 'Copy as command line')}
      </Button>
    </>
  )
}
