import { useState } from 'react'
import { IconButton } from './IconButton.tsx'

export type CopyButtonProps = {
  readonly text: string
  /** What is copied, such as "run id". */
  readonly what: string
  /** What else is to be known of the copy, in the tooltip. */
  readonly note?: string | undefined
}

/** Says "copied" only when the clipboard took it. */
export function CopyButton({ text, what, note }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'refused'>('none')
  const label = {
    none: `Copy ${what}`,
    copied: `Copied ${what}`,
    refused: `The clipboard refused ${what}`,
  }[outcome]
  return (
    <IconButton
      icon={
        { none: 'copy', copied: 'check', refused: 'alert' }[outcome] as 'copy' | 'check' | 'alert'
      } // the table holds these three
      size="s"
      label={label}
      title={note === undefined ? label : `${label}. ${note}`}
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => setOutcome('copied'),
          () => setOutcome('refused'),
        )
      }}
      onBlur={() => setOutcome('none')}
    />
  )
}
