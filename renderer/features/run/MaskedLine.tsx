import { useMask } from '../../state/useMask.ts'
import { TimedText } from '../../ui/TimedText.tsx'

export type MaskedLineProps = { readonly text: string }

/** A line that may be cut off, whole in its title, with its secrets masked. For cells, which have no hooks. */
export function MaskedLine({ text }: MaskedLineProps) {
  const shown = useMask().text(text)
  return (
    <span title={shown}>
      <TimedText text={shown} />
    </span>
  )
}
